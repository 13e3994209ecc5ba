"""A questionnaire being filled: what is asked, what is wrong, what is kept."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.survey.forms.writing import form_of

from maillage.survey.answers.model import Values
from maillage.survey.forms.checking import ProblemKind
from maillage.survey.forms.model import Choice, Form, Group, Question, QuestionKind
from maillage.survey.forms.running import (
    Asked,
    Repeated,
    Run,
    Section,
    added,
    answers_in,
    removed,
    with_answer,
)

NOW = dt.datetime(2026, 11, 23, 18, 0, tzinfo=ZoneInfo("Europe/Paris"))

HOUSE = (Path(__file__).parent / "kinds" / "household.md").read_text("utf-8")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return the form of a household, made ready."""
    return Run(form_of(tmp_path, HOUSE), NOW)


def _names(run: Run, values: Values) -> dict[str, list[str]]:
    return {s.id: [one.key for one in s.asked()] for s in run.screens(values)}


def test_only_what_concerns_the_person_is_asked(run: Run) -> None:
    """Questions, pages and repeats follow the answers, and so do the numbers of pages."""
    begun = _names(run, {})
    assert begun == {"qui": ["age"], "fin": ["canton", "quoi", "jour"]}
    told: Values = {"age": "40", "enfants": "oui", "canton": "sud", "quoi": "other"}
    told = added(added(told, "enfant"), "enfant")
    assert _names(run, told) == {
        "qui": ["age", "enfants"],
        "enfant": [
            "enfant[1]/prenom",
            "enfant[1]/son_age",
            "enfant[2]/prenom",
            "enfant[2]/son_age",
        ],
        "fin": ["bilan", "canton", "ville", "quoi", "quoi_other", "jour"],
    }
    screens = run.screens(told)
    assert [(one.number, one.n_screens) for one in screens] == [(1, 3), (2, 3), (3, 3)]
    assert screens[1].progress == pytest.approx(1 / 3)
    assert screens[1].title == "Vos enfants"


def test_one_goes_on_and_back_past_what_is_not_asked(run: Run) -> None:
    """The next and the previous screen are those asked, even from one that is no longer."""
    assert [one.id for one in (run.after({}, "qui"), run.before({}, "fin")) if one] == [
        "fin",
        "qui",
    ]
    assert (run.before({}, "qui"), run.after({}, "fin")) == (None, None)
    after_gone = run.after({}, "enfant")
    assert after_gone is not None
    assert after_gone.id == "fin"


def test_calculations_see_every_instance_of_a_repeat(run: Run) -> None:
    """Sums and counts run over instances, places and texts are those of each."""
    values: Values = {"age": "40", "enfants": "oui"}
    for key, text in (("prenom", "Zoé"), ("son_age", "7")):
        values = with_answer(values, f"enfant[1]/{key}", text)
    values = with_answer(values, "enfant[2]/son_age", "9")
    kept = run.finished(values)
    assert (kept["somme"], kept["n"]) == ("16", "2")
    assert kept["enfant"] == (
        {"prenom": "Zoé", "son_age": "7", "rang": "1"},
        {"son_age": "9", "rang": "2"},
    )
    labels = {one.key: one.label for s in run.screens(values) for one in s.asked()}
    assert labels["enfant[1]/son_age"] == "Âge de Zoé"
    assert labels["bilan"] == "2 enfants, 16 ans"


def test_what_is_no_longer_asked_is_left_out_and_comes_back(run: Run) -> None:
    """A draft loses nothing: what is closed by an answer is there again when it is opened."""
    values: Values = {"age": "40", "enfants": "oui", "enfant": ({"prenom": "Zoé"},)}
    closed = with_answer(values, "enfants", "non")
    assert "enfant" not in run.finished(closed)
    assert "n" not in run.finished(closed) or run.finished(closed)["n"] == "0"
    again = run.finished(with_answer(closed, "enfants", "oui"))
    assert again["enfant"] == ({"prenom": "Zoé", "rang": "1"},)


def test_each_problem_says_what_to_do(run: Run) -> None:
    """What is missing, unreadable, not offered or against a rule is told in French, once each."""
    assert [(p.key, p.message) for p in run.problems({}, "qui")] == [
        ("age", "Répondez à cette question.")
    ]
    values: Values = {"age": "douze", "canton": "est", "jour": "30/02/2026"}
    told = {p.key: p.kind for p in run.problems(values)}
    assert told == {
        "age": ProblemKind.UNREADABLE,
        "canton": ProblemKind.NOT_OFFERED,
        "jour": ProblemKind.UNREADABLE,
    }
    (old,) = run.problems({"age": "130", "enfants": "non"}, "qui")
    assert (old.kind, old.message) == (ProblemKind.CONSTRAINT, "Moins de 120 ans !")
    child: Values = {"age": "30", "enfants": "oui", "enfant": ({"prenom": "Zoé", "son_age": "31"},)}
    assert [p.key for p in run.problems(child)] == ["enfant[1]/son_age"]
    assert run.problems({"age": "7", "quoi": "x" * 60_000}, "fin")[0].kind is ProblemKind.TOO_LONG


def test_a_choice_that_is_no_more_offered_is_a_problem_and_is_not_kept(run: Run) -> None:
    """After the filter changes, the town chosen before must be chosen again."""
    values: Values = {"age": "7", "canton": "nord", "ville": "lens"}
    assert run.finished(values)["ville"] == "lens"
    moved = with_answer(values, "canton", "sud")
    (problem,) = run.problems(moved, "fin")
    assert problem.kind is ProblemKind.NOT_OFFERED
    assert "ville" not in run.finished(moved)


def test_a_default_begins_an_answer_that_may_be_taken_away(run: Run) -> None:
    """A default stands where nothing was ever sent; an empty answer takes it away."""
    assert run.finished({"age": "7"})["jour"] == "2026-11-23"
    assert "jour" not in run.finished({"age": "7", "jour": ""})


def test_answers_are_kept_in_one_form(tmp_path: Path) -> None:
    """Numbers, dates and hours as people type them are kept as files keep them."""
    form = form_of(
        tmp_path,
        """
        | survey |
        | | type | name | label | parameters |
        | | decimal | a | A | |
        | | integer | b | B | |
        | | date | c | C | |
        | | time | d | D | |
        | | dateTime | e | E | |
        | | geopoint | f | F | |
        | | acknowledge | g | G | |
        | | range | h | H | start=0 end=10 step=2 |
        | | select_multiple l | i | I | |
        | choices |
        | | list_name | name | label |
        | | l | x | X |
        | | l | y | Y |
        """,
    )
    run = Run(form, NOW)
    typed = {
        "a": " 1\u202f234,50", "b": "1 200", "c": "3/2/2026", "d": "14h30", "e": "3/2/2026 à 9h",
        "f": "50,53 2.64", "g": "on", "h": "4", "i": "y  x y",
    }  # fmt: skip
    assert run.problems(typed) == ()
    assert run.finished(typed) == {
        "a": "1234.5", "b": "1200", "c": "2026-02-03", "d": "14:30", "e": "2026-02-03T09:00",
        "f": "50.53 2.64", "g": "OK", "h": "4", "i": "y x",
    }  # fmt: skip
    wrong = {"a": "1e5", "b": "1,5", "c": "2026-13-01", "d": "25:00", "e": "demain", "f": "91 0",
             "g": "peut-être", "h": "5", "i": "x z"}  # fmt: skip
    assert [p.key for p in run.problems(wrong)] == list(wrong)
    assert run.finished(wrong) == {"h": "5", "i": "x"}


def test_a_counted_repeat_is_asked_that_many_times(tmp_path: Path) -> None:
    """repeat_count makes and hides instances; nobody adds any; a wild count stays bounded."""
    form = form_of(
        tmp_path,
        """
        | survey |
        | | type | name | label | repeat_count | calculation |
        | | integer | n | Combien ? | | |
        | | begin repeat | r | Chacun | ${n} | |
        | | text | nom | Nom | | |
        | | begin repeat | s | Ses outils | | |
        | | text | outil | Outil | | |
        | | end repeat | | | | |
        | | end repeat | | | | |
        | | calculate | tous | | | join(' ', ${outil}) |
        | | calculate | premier | | | indexed-repeat(${nom}, ${r}, 1) |
        """,
    )
    run = Run(form, NOW)
    assert _names(run, {"n": "2"})["r"] == ["r[1]/nom", "r[2]/nom"]
    page = next(s for s in run.screens({"n": "2"}) if s.id == "r")
    (repeat,) = page.parts
    assert isinstance(repeat, Repeated)
    assert (repeat.may_add, [one.may_remove for one in repeat.instances]) == (False, [False, False])
    inner = repeat.instances[0].parts[1]
    assert isinstance(inner, Repeated)
    assert inner.key == "r[1]/s"
    assert inner.may_add
    values = added(added({"n": "2", "r": ({"nom": "A"}, {"nom": "B"})}, "r[1]/s"), "r[2]/s")
    values = with_answer(with_answer(values, "r[1]/s[1]/outil", "clé"), "r[2]/s[1]/outil", "vis")
    kept = run.finished(values)
    assert (kept["tous"], kept["premier"]) == ("clé vis", "A")
    assert len(_names(run, {"n": "99999"})["r"]) == 200
    assert removed(values, "r[1]/s", 1)["r"] == (
        {"nom": "A", "s": ()},
        {"nom": "B", "s": ({"outil": "vis"},)},
    )


def test_a_page_holds_a_group_its_sections_and_its_repeats_apart(tmp_path: Path) -> None:
    """A group is a page; groups inside are sections; a repeat inside has a page of its own."""
    form = form_of(
        tmp_path,
        """
        | survey |
        | | type | name | label |
        | | text | seul | Seul |
        | | begin group | g | Grand groupe |
        | | text | a | A |
        | | begin group | petit | Petit groupe |
        | | text | b | B |
        | | end group | | |
        | | begin repeat | r | Plusieurs |
        | | text | c | C |
        | | end repeat | | |
        | | text | d | D |
        | | end group | | |
        """,
    )
    screens = Run(form, NOW).screens({"r": ({},)})
    assert [(one.id, one.title) for one in screens] == [
        ("seul", ""), ("g", "Grand groupe"), ("r", "Grand groupe"), ("d", "Grand groupe"),
    ]  # fmt: skip
    section = screens[1].parts[1]
    assert isinstance(section, Section)
    assert section.title == "Petit groupe"


def test_a_form_with_what_cannot_run_runs_without_it(tmp_path: Path) -> None:
    """Wrong conditions ask, wrong constraints let pass, circles are broken, odd kinds passed."""
    form = form_of(tmp_path, (Path(__file__).parent / "kinds" / "broken.md").read_text("utf-8"))
    run = Run(form, NOW)
    keys = [one.key for s in run.screens({}) for one in s.asked()]
    assert keys[:4] == ["a", "a_2", "b", "c"]
    assert "d" not in keys
    assert "g" not in keys
    assert run.problems({"n": "3"}) == ()
    assert run.finished({"a": "x"})["a"] == "x"


def test_keys_go_there_and_back(run: Run) -> None:
    """Every answer of a draft has a key, by which it is written again."""
    values: Values = {"age": "4", "enfant": ({"prenom": "Zoé"}, {"prenom": "Ali"})}
    again: Values = {}
    for key, text in answers_in(values):
        again = with_answer(again, key, text)
    assert again == values
    for wrong in ("enfant[0]/prenom", "enfant/prenom", "enfant[x]/prenom"):
        with pytest.raises(KeyError):
            with_answer({}, wrong, "x")
    assert run.shown("quoi", "oui non") == "Oui, Non"


def _long_form() -> Form:
    """Return a form of 200 questions, each asked if the one before is answered yes."""
    choices = (Choice("oui", "Oui"), Choice("non", "Non"))
    questions = tuple(
        Question(
            f"q{n}",
            QuestionKind.SELECT_ONE,
            f"Question {n}",
            relevant=f"${{q{n - 1}}} = 'oui'" if n else "",
            constraint="count-selected(.) < 2 and regex(., '[a-z]+')",
            choices=choices,
        )
        for n in range(200)
    )
    groups = (Group(f"g{at}", questions[at : at + 10], "Groupe") for at in range(0, 200, 10))
    return Form("long", "Long", "1", tuple(groups))


def test_two_hundred_questions_are_worked_out_in_milliseconds() -> None:
    """Screens, problems and what is kept of 200 chained questions take a few hundredths."""
    run = Run(_long_form(), NOW)
    values = {f"q{n}": "oui" for n in range(200)}
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        assert len(run.screens(values)) == 20
        seconds.append(time.perf_counter() - began)
    assert min(seconds) < 0.05
    assert run.problems(values) == ()
    assert len(run.finished(values)) == 200
    assert list(run.finished({**values, "q3": "non"})) == ["q0", "q1", "q2", "q3"]


_VALUES = st.dictionaries(
    st.sampled_from(["age", "enfants", "canton", "ville", "quoi", "quoi_other", "jour", "inconnu"]),
    st.one_of(
        st.sampled_from(["oui", "non", "nord", "sud", "lens", "40", ""]), st.text(max_size=5)
    ),
)
_CHILDREN = st.lists(
    st.dictionaries(st.sampled_from(["prenom", "son_age"]), st.text(max_size=4)), max_size=3
)


@settings(max_examples=80, deadline=None)
@given(values=_VALUES, children=_CHILDREN)
def test_what_is_kept_was_asked_and_can_be_read(
    tmp_path_factory: pytest.TempPathFactory,
    values: dict[str, str],
    children: list[dict[str, str]],
) -> None:
    """Whatever was typed: what is kept can be read, and answers what was asked."""
    run = Run(form_of(tmp_path_factory.mktemp("form"), HOUSE), NOW)
    drafts: Values = {**values, "enfant": tuple(children)}
    kept = run.finished(drafts)
    kinds = {p.kind for p in run.problems(kept)}
    assert ProblemKind.UNREADABLE not in kinds
    asked = {one.question.name for s in run.screens(drafts) for one in s.asked()}
    hidden = {"plafond", "somme", "n", "enfant"}
    assert set(kept) <= asked | hidden


def test_an_asked_question_tells_its_answer(run: Run) -> None:
    """An asked question bears what was answered so far, and which choices were taken."""
    (page,) = [s for s in run.screens({"quoi": "oui other"}) if s.id == "fin"]
    quoi = next(one for one in page.asked() if one.key == "quoi")
    assert isinstance(quoi, Asked)
    assert (quoi.answered, quoi.chosen) == (True, ("oui", "other"))
    assert [choice.name for choice in quoi.choices] == ["oui", "non", "other"]
