"""What changed between two waves, and what did not visibly."""

from __future__ import annotations

import csv
import datetime as dt
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.parameters import load_parameters
from maillage.reports.survey.changed_files import by_chance, changes_bytes, changes_shown
from maillage.survey.answers.model import Answer, Channel
from maillage.survey.estimates.changes import (
    Change,
    WaveTold,
    changes,
    moved_apart,
    moved_paired,
)
from maillage.survey.estimates.estimate import Asked, estimate
from maillage.survey.estimates.intervals import mid_p
from maillage.survey.estimates.model import HIDDEN, Share
from maillage.survey.estimates.weights import Weighting
from maillage.survey.forms.model import Choice, Form, Question, QuestionKind

LEAST = 5
YES_NO = (Choice("oui", "Oui"), Choice("non", "Non"))
FORM = Form("essai", "Essai", "1", (Question("q", QuestionKind.SELECT_ONE, "Q ?", choices=YES_NO),))


def _wave(name: str, yes: set[int], n: int, *, known: bool, population: float | None) -> WaveTold:
    answers = [
        Answer(
            f"{name}{at}", "essai", "1", name, Channel.PHONE,
            {"q": "oui" if at in yes else "non"}, f"c{at}" if known else None,
        )
        for at in range(n)
    ]  # fmt: skip
    told = estimate(
        answers, FORM, Asked(Weighting((), population)), load_parameters(dt.date(2026, 11, 24))
    )
    return WaveTold(answers, told)


def _change(yes: tuple[set[int], set[int]], n: int = 60, *, known: bool) -> Change:
    waves = [_wave(name, one, n, known=known, population=None) for name, one in zip("ab", yes)]  # noqa: B905
    return changes(waves[0], waves[1], LEAST)[0]


def test_the_same_structures_tell_more_surely_than_others() -> None:
    """Of the same shares, those heard twice of whom few moved show a change that others hide."""
    yes = set(range(30)), set(range(22))
    same, others = (_change(yes, known=known) for known in (True, False))
    assert same.on_same is not None and same.on_same.n_pairs == 60
    assert same.surest.is_visible and same.surest.difference == pytest.approx(-8 / 60)
    assert others.on_same is None and not others.surest.is_visible


def test_waves_of_the_same_answers_show_no_change() -> None:
    """Nothing moved: no change visible, on all and on the same."""
    told = _change((set(range(20)), set(range(20))), known=True)
    assert not told.on_all.is_visible and not told.surest.is_visible
    assert told.on_all.difference == 0


def test_a_choice_of_few_is_compared_with_nothing() -> None:
    """What a wave may not tell, the comparison does not tell either."""
    few = changes(
        _wave("a", set(range(2)), 60, known=True, population=None),
        _wave("b", set(range(30)), 60, known=True, population=None),
        LEAST,
    )
    assert few == ()
    assert moved_apart(HIDDEN, Share(20, 0.5, 0.4, 0.6)) is None
    assert moved_paired([1, 0, -1], None, LEAST) is None


@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98), st.floats(0.01, 0.2))
def test_the_other_way_round_is_the_opposite(first: float, last: float, half: float) -> None:
    """From the last wave to the first, the change and its ends change sign."""
    ends = [Share(9, p, max(p - half, 0), min(p + half, 1)) for p in (first, last)]
    there, back = moved_apart(ends[0], ends[1]), moved_apart(ends[1], ends[0])
    assert there is not None and back is not None
    assert (there.difference, there.low) == pytest.approx((-back.difference, -back.high))
    assert there.low <= there.difference <= there.high


def test_intervals_of_changes_hold_what_they_say() -> None:
    """Drawn 2,000 times, the true change lies within at least 93 times in 100."""
    draw = np.random.default_rng(8)
    for n, before, after in ((40, 0.1, 0.25), (80, 0.33, 0.19), (140, 0.5, 0.5), (60, 0.9, 0.95)):
        counts = draw.binomial(n, (before, after), size=(2_000, 2))
        lows, highs = mid_p(counts / n, np.full(counts.shape, float(n)))
        held = [
            moved_apart(
                *(
                    Share(
                        1, float(counts[row, at]) / n, float(lows[row, at]), float(highs[row, at])
                    )
                    for at in (0, 1)
                )
            )
            for row in range(2_000)
        ]
        inside = sum(one is not None and one.low <= after - before <= one.high for one in held)
        assert inside / 2_000 >= 0.93


def test_a_change_reads_as_a_sentence_and_as_a_row() -> None:
    """Points with their ends and whom they are of; what chance alone would show is said."""
    told = (_change((set(range(30)), set(range(15))), known=True),)
    (question,) = changes_shown(told)
    row = question["rows"][0]  # type: ignore[index]
    assert row["verdict"] == "en baisse"
    assert row["moved"] == "−25 points (entre −36 et −14), sur 60 entendues les deux fois"
    assert "environ 1 par hasard" in by_chance(told)
    (line,) = csv.DictReader(io.StringIO(changes_bytes(told).decode("utf-8-sig")), delimiter=";")
    assert (line["entendues_deux_fois"], line["ecart_memes"]) == ("60", "-0,2500")
    assert line["lecture"] == "en baisse"
