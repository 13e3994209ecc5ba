"""The problems of siting: what contradicts is told, and what a choice is worth."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.siting.draws import covering, solved

from maillage.kernel.errors import ImpossibleDemand
from maillage.siting.model import Choice, Covering, PMedian, Sited


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (Choice(0), ("0 site demandé",)),
        (
            Choice(2, frozenset({1}), frozenset({1, 3})),
            ("mêmes candidats imposés et interdits (n° 2)",),
        ),
        (Choice(1, frozenset({0, 1})), ("2 sites imposés, mais 1 à choisir",)),
        (Choice(5), ("5 sites à choisir, mais 4 permis",)),
        (Choice(1, forbidden=frozenset(range(4))), ("1 sites à choisir, mais 0 permis",)),
        (
            Choice(3, frozenset({0}), frozenset({0, 1})),
            ("mêmes candidats", "3 sites à choisir, mais 2 permis"),
        ),
    ],
)
def test_each_contradiction_is_told(choice: Choice, told: tuple[str, ...]) -> None:
    """A choice that nothing can answer says every constraint that contradicts, in French."""
    with pytest.raises(ImpossibleDemand) as refused:
        PMedian(np.ones((2, 4)), choice)
    assert len(refused.value.contradictions) == len(told)
    for clause, words in zip(refused.value.contradictions, told, strict=True):
        assert clause.startswith(words)
    assert "Aucune réponse n'est possible" in str(refused.value)


def test_a_number_that_is_no_candidate_is_a_mistake_of_the_caller() -> None:
    """A site outside the candidates is a ValueError, not a contradiction."""
    with pytest.raises(ValueError, match="none of the 4"):
        PMedian(np.ones((2, 4)), Choice(1, frozenset({4})))


@pytest.mark.parametrize("wrong", [np.nan, -1.0, np.inf])
def test_costs_are_numbers_not_negative(wrong: float) -> None:
    """A cost that is not a number, negative, or infinite without ``unserved`` is refused."""
    with pytest.raises(ValueError, match="costs must be numbers"):
        PMedian(np.array([[1.0, wrong]]), Choice(1))


def test_no_way_there_needs_the_cost_of_going_without() -> None:
    """A demand that no chosen site can serve pays what going without costs."""
    problem = PMedian(np.array([[np.inf, 1.0], [2.0, np.inf]]), Choice(1), np.array([5.0, 30.0]))
    assert problem.value((0,)) == 7.0
    assert problem.value((1,)) == 31.0
    assert problem.value(()) == 35.0
    assert solved(problem).sites == (0,)


@pytest.mark.parametrize(
    ("reached", "shares", "told"),
    [
        (((0, 0),), None, "twice"),
        (((7,),), None, "not there"),
        (((0,),), (1.5,), "between 0 and 1"),
        (((0,),), (0.5, 0.5), "shares must be"),
    ],
)
def test_a_covering_is_checked(
    reached: tuple[tuple[int, ...], ...], shares: tuple[float, ...] | None, told: str
) -> None:
    """A demand reached twice or not there, and a share that is none, are refused."""
    with pytest.raises(ValueError, match=told):
        covering((1.0, 2.0), reached, Choice(1), shares)


def test_pairs_must_be_told_whole() -> None:
    """``first`` that does not end with the pairs is refused."""
    with pytest.raises(ValueError, match="first must rise"):
        Covering(np.ones(2), np.array([0, 1]), np.array([0, 1]), Choice(1))


def test_a_demand_is_covered_by_its_best_site_alone() -> None:
    """Two sites that each cover a part of a demand do not cover the sum."""
    problem = covering((10.0,), ((0,), (0,)), Choice(2), (0.4, 0.5))
    assert problem.value((0, 1)) == 5.0


def test_the_gap_is_a_share_of_the_value() -> None:
    """A value of 80 under a bound of 100 is 25 % from the best at most; 0 from 0 is no gap."""
    assert Sited((0,), 80.0, 100.0, proved=False, stopped=None, engine="").gap == 0.25
    assert Sited((0,), 0.0, 0.0, proved=True, stopped=None, engine="").gap == 0.0
    assert Sited((0,), 0.0, 1.0, proved=False, stopped=None, engine="").gap == math.inf
