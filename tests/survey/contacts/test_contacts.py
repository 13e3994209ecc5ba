"""Whom to hear: where each stands, how many are missing, what that does to the results."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.parameters import load_parameters
from maillage.survey.answers.model import Answer, Channel
from maillage.survey.contacts.missing import missing_effects, missing_words
from maillage.survey.contacts.model import (
    ContactEvent,
    Outcome,
    Pace,
    State,
    holding,
    pace_of,
    standing_of,
    targets_of,
)
from maillage.survey.estimates.estimate import Asked, estimate
from maillage.survey.forms.model import Choice, Form, Question, QuestionKind

PARAMETERS = load_parameters(dt.date(2026, 11, 24))
PACE = Pace(retry=3, remind=7, most=3)
START = dt.date(2026, 11, 2)
AT = dt.datetime(2026, 11, 10, 10, 0, tzinfo=dt.UTC)
OUTCOMES = [one for one in Outcome if one is not Outcome.UNDONE]


def _event(outcome: Outcome, days: int = 0, on: dt.date | None = None) -> ContactEvent:
    return ContactEvent(outcome, AT + dt.timedelta(days=days), on)


@pytest.mark.parametrize(
    ("events", "state", "due"),
    [
        ([], State.TO_CALL, START),
        ([_event(Outcome.NO_ANSWER)], State.TO_CALL, dt.date(2026, 11, 13)),
        ([_event(Outcome.NO_ANSWER, day) for day in range(3)], State.UNREACHED, None),
        ([_event(Outcome.CALL_BACK)], State.CALL_BACK, dt.date(2026, 11, 11)),
        (
            [_event(Outcome.CALL_BACK, on=dt.date(2026, 12, 1))],
            State.CALL_BACK,
            dt.date(2026, 12, 1),
        ),
        ([_event(Outcome.LINK_SENT)], State.LINK_SENT, dt.date(2026, 11, 17)),
        ([_event(Outcome.REFUSED)], State.REFUSED, None),
        ([_event(Outcome.REFUSED), _event(Outcome.UNDONE)], State.TO_CALL, START),
    ],
)
def test_the_last_note_that_holds_says_where_one_stands(
    events: list[ContactEvent], state: State, due: dt.date | None
) -> None:
    """And on which day to come back."""
    told = standing_of(events, PACE, START, answered=False)
    assert (told.state, told.due) == (state, due)


@given(st.lists(st.sampled_from(OUTCOMES), max_size=8))
def test_a_note_taken_back_is_as_if_never_made(outcomes: list[Outcome]) -> None:
    """Whatever was noted before, and whoever answered is heard."""
    events = [_event(one, at) for at, one in enumerate(outcomes)]
    again = [*events, _event(Outcome.REFUSED, 20), _event(Outcome.UNDONE, 21)]
    assert holding(again) == tuple(events)
    assert standing_of(again, PACE, START, answered=False) == standing_of(
        events, PACE, START, answered=False
    )
    assert standing_of(events, PACE, START, answered=True).state is State.DONE


def test_the_pace_is_that_of_the_parameters() -> None:
    """Dated, and said."""
    assert pace_of(PARAMETERS).most >= 2


GROUPS = st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=30)


@given(GROUPS, st.dictionaries(st.sampled_from("abc"), st.integers(0, 40)))
def test_targets_add_up(groups: list[tuple[str, bool]], wanted: dict[str, int]) -> None:
    """Everybody listed is in one group; nobody wants more than are listed; none missing twice."""
    told = targets_of(groups, wanted)
    assert sum(one.n_listed for one in told) == len(groups)
    for one in told:
        assert one.n_heard <= one.n_listed and one.n_wanted <= one.n_listed
        assert one.n_missing == max(one.n_wanted - one.n_heard, 0)


YES_NO = (Choice("oui", "Oui"), Choice("non", "Non"))
FORM = Form("essai", "Essai", "1", (Question("q", QuestionKind.SELECT_ONE, "Q ?", choices=YES_NO),))


def _answers(told: dict[str, bool]) -> list[Answer]:
    return [
        Answer(key, "essai", "1", "w", Channel.PHONE, {"q": "oui" if yes else "non"}, key)
        for key, yes in told.items()
    ]


def test_those_missing_move_a_share_as_their_kind_answers() -> None:
    """Nine of ten libraries were heard, half of twenty town halls: the halls are to weigh more."""
    kinds = {f"b{at}": "mediatheque" for at in range(10)} | {f"m{at}": "mairie" for at in range(20)}
    told = {f"b{at}": False for at in range(9)} | {f"m{at}": True for at in range(10)}
    answers = _answers(told)
    made = estimate(answers, FORM, Asked(), PARAMETERS)
    (yes, _) = missing_effects(made, answers, kinds, 5)
    assert yes.told == pytest.approx(10 / 19) and yes.by_kind == pytest.approx(20 / 30)
    assert (yes.low, yes.high) == (pytest.approx(10 / 30), pytest.approx(21 / 30))
    said = missing_words(yes, 11).replace("\xa0", " ").replace("\u202f", " ")
    assert "53 % de ceux" in said and "irait à 67 %" in said
    assert "les 11 qui manquent, elle est entre 33 % et 70 %" in said


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from("xy")), min_size=12))
def test_the_ends_hold_whatever_those_missing_would_say(
    people: list[tuple[bool, bool, str]],
) -> None:
    """The share of all, known here, lies between them; so does that by kind."""
    kinds = {f"c{at}": kind for at, (_, _, kind) in enumerate(people)}
    told = {f"c{at}": yes for at, (yes, heard, _) in enumerate(people) if heard}
    answers = _answers(told)
    truth = sum(yes for yes, _, _ in people) / len(people)
    for one in missing_effects(estimate(answers, FORM, Asked(), PARAMETERS), answers, kinds, 9):
        share = truth if one.choice.name == "oui" else 1 - truth
        assert one.low - 1e-9 <= share <= one.high + 1e-9
        assert one.low - 1e-9 <= one.by_kind <= one.high + 1e-9
