"""Shares of everybody from the answers of some: weights, intervals, the silent, the hidden."""

from __future__ import annotations

import datetime as dt
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.survey.estimates.samples import FORM, answer, counted, drawn

from maillage.kernel.parameters import load_parameters
from maillage.survey.estimates.bounds import bounds_of
from maillage.survey.estimates.estimate import Asked, estimate
from maillage.survey.estimates.intervals import mid_p, mid_p_above
from maillage.survey.estimates.model import Estimated, Share
from maillage.survey.estimates.weights import Margin, Weighting, weigh

PARAMETERS = load_parameters(dt.date(2026, 11, 23))
GENRE = Margin("genre", {"ccas": 20, "mairie": 100, "asso": 40})


def _aide(told: Estimated) -> Share:
    question = told.question("aide")
    assert question is not None
    choice = question.choice("oui")
    assert choice is not None
    return choice.told


def test_a_share_without_weights_has_the_mid_p_interval() -> None:
    """46 of 140 drawn from so many that nobody counts: 33 %, between 25 and 41."""
    told = _aide(estimate(counted(46, 140), FORM, Asked(), PARAMETERS))
    assert (told.n, told.effect) == (46, pytest.approx(1.0, abs=0.01))
    assert told.share == pytest.approx(46 / 140)
    assert told.low is not None and told.high is not None
    assert (round(told.low, 2), round(told.high, 2)) == (0.25, 0.41)


def test_who_asks_nearly_all_is_nearly_sure() -> None:
    """140 of 160: the interval is a third of what it would be of an infinity; 160 of 160: none."""
    whole, nearly, all_of_them = (
        _aide(estimate(counted(46, 140), FORM, Asked(Weighting(population=of)), PARAMETERS))
        for of in (None, 160, 140)
    )
    width = [(one.high or 0) - (one.low or 0) for one in (whole, nearly, all_of_them)]
    assert width[1] < 0.4 * width[0]
    assert width[2] == 0


@given(st.integers(0, 400), st.integers(1, 400))
def test_an_interval_holds_its_share_and_stays_between_none_and_all(n_yes: int, n: int) -> None:
    """Even at 0 and 100 %, where the usual formula has no width."""
    share = np.array([min(n_yes, n) / n])
    low, high = mid_p(share, np.array([float(n)]))
    assert 0 <= low[0] <= share[0] <= high[0] <= 1
    assert high[0] - low[0] > 0


def test_the_ends_are_where_the_tails_are() -> None:
    """At the low end as many or more would be told once in forty, half of the same counted."""
    low, high = mid_p(np.array([0.3]), np.array([50.0]))
    assert mid_p_above(np.array([0.3]), np.array([50.0]), low)[0] == pytest.approx(0.025)
    assert mid_p_above(np.array([0.3]), np.array([50.0]), high)[0] == pytest.approx(0.975)


@settings(max_examples=40, deadline=None)
@given(st.integers(30, 300), st.integers(0, 1000))
def test_weights_hold_their_margins_and_their_sum_is_the_population(n: int, seed: int) -> None:
    """Whatever was drawn, as long as each class has somebody."""
    answers = drawn(n, seed)
    told = {"genre": [str(one.values["genre"]) for one in answers]}
    weights = weigh(told, n, Weighting((GENRE,), 160, least=1, most=1e9))
    assert weights.values.sum() == pytest.approx(160)
    for name, total in GENRE.totals.items():
        mine = [w for w, said in zip(weights.values, told["genre"], strict=True) if said == name]
        if mine:
            assert sum(mine) == pytest.approx(total, rel=1e-6)


def test_post_strata_correct_who_answered_more() -> None:
    """CCAS answer most and never have an answer to give: weighted, they count as they are."""
    answers = [answer(i, genre="ccas", aide="non") for i in range(18)]
    answers += [answer(20 + i, genre="mairie", aide="oui") for i in range(30)]
    answers += [answer(60 + i, genre="asso", aide="oui") for i in range(12)]
    plain = _aide(estimate(answers, FORM, Asked(), PARAMETERS))
    weighted = _aide(estimate(answers, FORM, Asked(Weighting((GENRE,), 160)), PARAMETERS))
    assert plain.share == pytest.approx(42 / 60)
    assert weighted.share == pytest.approx(140 / 160)


def test_margins_that_cannot_be_told_are_findings() -> None:
    """A class of nobody, one of few, a word that no margin knows: said, and counted."""
    answers = [answer(i, genre="mairie") for i in range(40)]
    answers += [answer(50 + i, genre="asso") for i in range(2)] + [answer(60, genre="autre")]
    found = estimate(answers, FORM, Asked(Weighting((GENRE,), 160)), PARAMETERS).findings
    assert {one.code for one in found} == {
        "weights-empty-class",
        "weights-merged-class",
        "weights-unknown-choice",
    }


def test_no_answer_weighs_more_than_the_limit() -> None:
    """Who is alone of their kind does not decide for all; it is said."""
    told = {"genre": ["mairie"] * 60 + ["ccas"] * 5}
    margin = Margin("genre", {"mairie": 50, "ccas": 950})
    weights = weigh(told, 65, Weighting((margin,), 1000, most=5.0))
    assert weights.values.max() <= 5.01 * np.median(weights.values)
    assert "weights-trimmed" in {one.code for one in weights.findings}


def test_who_was_not_asked_is_not_silent() -> None:
    """A question that a condition skips is not one left without answer."""
    answers = [answer(1, aide="non"), answer(2, aide="oui", quoi="caf")] * 10
    answers += [answer(3, aide="oui")] * 6
    told = estimate(answers, FORM, Asked(), PARAMETERS).question("quoi")
    assert told is not None
    assert (told.n_asked, told.n_answered, told.n_silent) == (16, 10, 6)


def test_numbers_have_a_mean_and_a_median_within_their_intervals() -> None:
    """With the comma of French typing; the silent are left out."""
    told = estimate(drawn(200), FORM, Asked(), PARAMETERS).question("heures")
    assert told is not None and told.mean is not None
    mean = told.mean
    assert mean.low < mean.mean < mean.high
    assert mean.median_low <= mean.median <= mean.median_high
    assert mean.low < 10 < mean.high


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.integers(0, 500))
def test_no_count_of_few_is_told_nor_given_back(n: int, seed: int) -> None:
    """What is shown leaves at least two values to each count of fewer than five."""
    told = estimate(drawn(n, seed), FORM, Asked(by=("genre",)), PARAMETERS)
    for question in told.questions:
        counts = [one.told.n for one in question.choices]
        shown = [n for n in counts if n is not None]
        assert all(n == 0 or n >= 5 for n in shown)
        if question.several or not question.n_answered:
            continue
        hidden, rest = counts.count(None), question.n_answered - sum(shown)
        assert hidden != 1
        assert hidden == 0 or len(_ways(hidden, rest)) > 1


def _ways(hidden: int, rest: int) -> list[tuple[int, ...]]:
    """Return the first ways in which hidden counts may add up to what is left."""
    tries = itertools.product(range(min(rest, 30) + 1), repeat=hidden - 1)
    fits = ((*one, rest - sum(one)) for one in tries if rest >= sum(one))
    return list(itertools.islice(fits, 2))


def test_bounds_hold_whatever_the_silent_would_say() -> None:
    """20 of 160 did not answer: the share may move by an eighth, and no further."""
    told = bounds_of(46 / 140, 140, 20, 0.2)
    assert told is not None
    assert told.worst_low == pytest.approx(46 / 160)
    assert told.worst_high == pytest.approx(66 / 160)
    assert told.worst_low < told.soft_low < 46 / 140 < told.soft_high < told.worst_high
    assert bounds_of(0.5, 140, 0, 0.2) is None


def test_a_census_tells_what_those_who_did_not_answer_could_change() -> None:
    """Those of a census who never answered are silent too."""
    asked = Asked(Weighting(population=160), census=True)
    question = estimate(counted(46, 140), FORM, asked, PARAMETERS).question("aide")
    assert question is not None
    choice = question.choice("oui")
    assert choice is not None and choice.bounds is not None
    assert choice.bounds.n_silent == 20


def test_nobody_answered_is_no_crash() -> None:
    """Nothing is known: no share, no mean, nobody asked."""
    told = estimate([], FORM, Asked(Weighting((GENRE,), 160), by=("genre",)), PARAMETERS)
    assert told.n == 0
    assert all(one.told.is_hidden for each in told.questions for one in each.choices)


def test_same_answers_same_bits() -> None:
    """Twice the same arguments give the same result."""
    asked = Asked(Weighting((GENRE,), 160), by=("genre",))
    one, two = (estimate(drawn(140), FORM, asked, PARAMETERS) for _ in range(2))
    assert one == two
