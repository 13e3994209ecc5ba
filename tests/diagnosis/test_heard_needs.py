"""Needs by commune take answers into account as far as they are sure, and no further."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.diagnosis.heard_needs import Resident, needs_heard
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 11, 1))


def answers(code: str, n: int, n_yes: int, weight: float = 1.0) -> list[Resident]:
    """Return so many answers of a commune."""
    return [Resident(code, rank < n_yes, weight) for rank in range(n)]


def test_a_commune_of_few_answers_keeps_its_score() -> None:
    """Nine answers change nothing where ten are asked for; no answer at all tells nothing."""
    model = {"A": (1000.0, 1.0), "B": (1000.0, 1.0)}
    told = needs_heard([*answers("A", 40, 8), *answers("B", 9, 9)], model, PARAMETERS)
    assert told is not None
    assert [one.code_insee for one in told.communes] == ["A"]
    assert told.n_alone == 1
    assert needs_heard(answers("B", 9, 9), model, PARAMETERS) is None
    assert needs_heard([], model, PARAMETERS) is None


def test_one_commune_worked_by_hand() -> None:
    """Of two communes of one score, each is pulled by the usual spread against its variance."""
    model = {"A": (500.0, 2.0), "B": (500.0, 2.0)}
    told = needs_heard([*answers("A", 50, 20), *answers("B", 50, 10)], model, PARAMETERS)
    assert told is not None
    assert told.share == pytest.approx(0.3)
    assert not told.measured
    variance, squared = 0.3 * 0.7 / 50, 0.1**2
    pull = squared / (squared + variance)
    first = told.communes[0]
    assert first.model == pytest.approx(0.3)
    assert first.pull == pytest.approx(pull)
    assert first.kept == pytest.approx(pull * 0.4 + (1 - pull) * 0.3)
    error = min(pull * variance + (1 - pull) ** 2 * 0.3 * 0.7 / 100, variance)
    assert first.high - first.kept == pytest.approx(1.959964 * error**0.5)


@given(
    st.lists(
        st.tuples(st.integers(10, 60), st.floats(0.0, 1.0), st.floats(0.2, 5.0)),
        min_size=1,
        max_size=9,
    )
)
def test_what_is_kept_lies_between_both(told: list[tuple[int, float, float]]) -> None:
    """The share kept is between the survey's and the score's, inside its interval, in 0-1."""
    people = [one for rank, (n, share, _) in enumerate(told)
              for one in answers(str(rank), n, round(n * share))]  # fmt: skip
    model = {str(rank): (1000.0, score) for rank, (_, _, score) in enumerate(told)}
    found = needs_heard(people, model, PARAMETERS)
    for one in () if found is None else found.communes:
        low, high = sorted((one.survey, one.model))
        assert low - 1e-9 <= one.kept <= high + 1e-9
        assert 0.0 <= one.low <= one.kept <= one.high <= 1.0
        assert 0.0 < one.pull < 1.0


def test_more_answers_pull_harder() -> None:
    """The commune of more answers leans more on them."""
    model = {"A": (1.0, 1.0), "B": (1.0, 1.0)}
    told = needs_heard([*answers("A", 200, 60), *answers("B", 20, 6)], model, PARAMETERS)
    assert told is not None
    assert told.communes[0].pull > told.communes[1].pull


def test_answers_that_count_for_more_are_worth_fewer() -> None:
    """Unequal weights make a share less sure than its number of answers."""
    model = {"A": (1.0, 1.0)}
    even = needs_heard(answers("A", 40, 10), model, PARAMETERS)
    uneven = needs_heard(
        [*answers("A", 20, 5), *answers("A", 20, 5, weight=4.0)], model, PARAMETERS
    )
    assert even is not None
    assert uneven is not None
    assert uneven.communes[0].pull < even.communes[0].pull


@pytest.mark.parametrize("spread", [0.02, 0.08])
def test_intervals_hold_the_truth(spread: float) -> None:
    """Drawn two hundred times around a score, nine intervals of ten and more hold the true share,
    and what is kept is nearer to it than answers alone or the score alone.
    """
    generator = np.random.default_rng(8)
    held, kept, alone = [], [], []
    scores = generator.uniform(0.1, 0.35, 20)
    sizes = generator.integers(6, 60, 20)
    for _ in range(200):
        truth = np.clip(scores + generator.normal(0, spread, 20), 0.01, 0.99)
        yes = generator.binomial(sizes, truth)
        people = [
            one
            for rank in range(20)
            for one in answers(str(rank), int(sizes[rank]), int(yes[rank]))
        ]
        model = {str(rank): (1000.0, float(scores[rank])) for rank in range(20)}
        told = needs_heard(people, model, PARAMETERS)
        assert told is not None
        for one in told.communes:
            true = truth[int(one.code_insee)]
            held.append(one.low <= true <= one.high)
            kept.append((one.kept - true) ** 2)
            alone.append((one.survey - true) ** 2)
    assert np.mean(held) > 0.9
    assert np.mean(kept) < np.mean(alone)
