"""The people served, said by levels or by planes, are the same."""

from __future__ import annotations

import math

import numpy as np
import pytest

from maillage.engines.highs_rounds import HighsChoice
from maillage.kernel.budget import Budget
from maillage.rounds.choice import Program
from maillage.rounds.serving import Ladder, Row, Serving, Tangents

N_RHYTHMS, N_POINTS = 8, 15


def best(serving: Serving, *, n_chosen: int, n_whole: int) -> float:
    """Return the most people that so many rhythms serve, planes added as they are missed."""
    rows = [Row(tuple(range(N_RHYTHMS)), (1.0,) * N_RHYTHMS, -math.inf, n_chosen), *serving.rows]
    gains = np.concatenate((np.zeros(N_RHYTHMS), serving.gains))
    upper = np.concatenate((np.ones(N_RHYTHMS), serving.upper))
    while True:
        program = Program(gains, np.zeros(len(gains)), upper, n_whole, tuple(rows))
        chosen = HighsChoice().solve(program, None, Budget())
        assert chosen.values is not None
        more = serving.tightened(chosen.values[:N_RHYTHMS], chosen.values[N_RHYTHMS:])
        rows += more
        if not more:
            return chosen.bound


@pytest.mark.parametrize("n_whole", [0, N_RHYTHMS])
def test_levels_and_planes_agree(n_whole: int) -> None:
    """Whole or not, both ways of saying the people served have the same best."""
    for seed in range(5):
        draw = np.random.default_rng(seed)
        good = np.round(np.clip(draw.uniform(-1, 1, (N_RHYTHMS, N_POINTS)), 0, 1), 1)
        good[0] = 0.1
        wanting = draw.uniform(1, 9, N_POINTS)
        told = [
            best(kind(good, wanting, N_RHYTHMS), n_chosen=2, n_whole=n_whole)
            for kind in (Ladder, Tangents)
        ]
        assert told[0] == pytest.approx(told[1], rel=1e-5)


def test_a_start_tells_the_people_really_served() -> None:
    """The variables of chosen rhythms add up to the best good of each point."""
    good = np.array([[1.0, 0.5, 0.0], [0.4, 0.7, 0.0]])
    wanting = np.array([10.0, 2.0, 5.0])
    for kind in (Ladder, Tangents):
        told = kind(good[:, :2], wanting[:2], 2)
        assert told.gains @ told.start(np.ones(2)) == pytest.approx(11.4)
        assert told.gains @ told.start(np.zeros(2)) == 0
