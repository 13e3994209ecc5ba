"""Who should meet whom: each introduction brings most, exactly; nobody is asked too much."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from tests.ties.networks import PARAMETERS, blocks, network, networks

from maillage.ties.completing import told_matrix
from maillage.ties.introductions import gains_of, introductions, total_worth, worth_of
from maillage.ties.model import Network


def _knows(made: Network) -> np.ndarray:  # type: ignore[type-arg]
    told = told_matrix(made)
    return told | told.T


@settings(max_examples=40, deadline=None)
@given(networks(9))
def test_what_an_introduction_brings_is_counted_exactly(made: Network) -> None:
    """The gain of each pair is the worth of all with it, less that without."""
    knows, worth = _knows(made), worth_of(made.members, 0.4, 0.6)
    gains, base = gains_of(knows, worth), total_worth(knows, worth)
    for a, b in combinations(range(len(knows)), 2):
        after = knows.copy()
        after[a, b] = after[b, a] = True
        assert abs(total_worth(after, worth) - base - gains[a, b]) < 1e-9


@settings(max_examples=20, deadline=None)
@given(networks(7))
def test_two_introductions_bring_nearly_what_the_best_two_would(made: Network) -> None:
    """Beside every choice of two, those chosen one after the other bring at least six tenths."""
    parameters = PARAMETERS.replaced("ties.introductions", 2)
    knows, worth = _knows(made), worth_of(made.members, 0.4, 0.6)
    base = total_worth(knows, worth)

    def after(pairs: tuple[tuple[int, int], ...]) -> float:
        changed = knows.copy()
        for a, b in pairs:
            changed[a, b] = changed[b, a] = True
        return total_worth(changed, worth) - base

    chosen = introductions(made, parameters).chosen
    places = tuple((made.place[one.guest], made.place[one.host]) for one in chosen)
    every = combinations(combinations(range(len(knows)), 2), 2)
    best = max((after(one) for one in every), default=after(places))
    assert after(places) >= 0.6 * best - 1e-9


def test_an_isolated_member_is_presented_first() -> None:
    """To who knows most; nobody is presented to who it knows."""
    told = introductions(network("ab ac ad bc", alone="z"), PARAMETERS)
    first = told.chosen[0]
    assert (first.guest, first.host, first.steps, first.known_by) == ("z", "a", None, (0, 3))
    assert told.within_two[1] > told.within_two[0]


def test_nobody_is_asked_more_often_than_is_fair() -> None:
    """Each meets at most so many; two silent members are never proposed."""
    told = introductions(blocks(5), PARAMETERS.replaced("ties.introductions", 30))
    often = Counter(key for one in told.chosen for key in (one.guest, one.host))
    assert max(often.values()) <= PARAMETERS.number("ties.introductions_each")
    silent = introductions(network("ab", silent="yz"), PARAMETERS)
    assert {"y", "z"} not in [{one.guest, one.host} for one in silent.chosen]


def test_who_all_know_each_other_need_no_introduction() -> None:
    """Nothing is proposed where everybody is within reach already."""
    assert introductions(network("ab bc ca"), PARAMETERS).chosen == ()
