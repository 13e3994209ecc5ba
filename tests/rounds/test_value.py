"""What a plan is worth is what its words say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.rounds.test_checks import problem, sessions

from maillage.rounds.model import Frequency, Often, Session
from maillage.rounds.value import kilometres_of, most_people, people_of, regularity_of


def test_a_point_counts_once_by_the_better_stop() -> None:
    """Two stops that reach the same point are worth the better of them, as often as it is held."""
    both = replace(problem(), reach=np.array([[1.0, 0.5], [1.0, 1.0]]), wanting=np.array([10.0, 4]))
    held = {0: Often(Frequency.WEEKLY, 4), 1: Often(Frequency.FORTNIGHTLY, 2)}
    assert people_of(both, held) == pytest.approx(10 * 1.0 + 4 * 0.7)
    assert people_of(both, {}) == 0
    assert most_people(both) == pytest.approx(14)


def test_a_stop_receives_no_more_than_its_sessions_can() -> None:
    """All who would come have the same chance: ten and four share the room of four sessions."""
    both = replace(problem(), reach=np.array([[1.0, 0.5], [0.0, 1.0]]), wanting=np.array([10.0, 4]))
    narrow = replace(both, capacity=1.5)
    weekly, monthly = Often(Frequency.WEEKLY, 4), Often(Frequency.MONTHLY, 1)
    assert narrow.would_come(0, Frequency.WEEKLY) == pytest.approx(12)
    assert people_of(narrow, {0: weekly}) == pytest.approx(6)
    assert people_of(narrow, {0: monthly}) == pytest.approx(1.5)
    assert people_of(narrow, {0: weekly, 1: monthly}) == pytest.approx(10 * 0.5 + 4 * 0.375)
    assert people_of(replace(both, capacity=99.0), {0: weekly}) == pytest.approx(12)
    assert most_people(narrow) == pytest.approx(5 + 4)


def test_kilometres_go_by_the_depot_each_day() -> None:
    """A day of two stops drives three roads, whatever the order they are told in."""
    day = (*sessions(1, (0,), 800), *sessions(0, (0,)))
    assert kilometres_of(problem(), day) == 90
    assert kilometres_of(problem(), (*day, *sessions(0, (3,)))) == 150


def test_regularity_is_the_share_at_the_usual_day_and_minute() -> None:
    """Of four sessions one stands at another hour: three quarters; a stop held once is regular."""
    month = problem()
    odd = (*sessions(0, (0, 5, 10)), Session(0, 15, 0, 600, 720))
    assert regularity_of(month, sessions()) == 1
    assert regularity_of(month, odd) == pytest.approx(0.75)
    assert regularity_of(month, (*odd, *sessions(1, (2,)))) == pytest.approx(0.8)
    assert regularity_of(month, ()) == 1
