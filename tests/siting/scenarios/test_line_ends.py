"""How a plan stands when a line ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as effort
from tests.siting.scenarios.fields import EXACT, asked, goals, setting, settings

from maillage.access.unreached.model import NewReach
from maillage.access.visits.bounds import Bounds
from maillage.siting.posts.judge import better, value
from maillage.siting.posts.model import Goal
from maillage.siting.scenarios.line_ends import KnownLines, LineEnds, WithoutLine, end_lines
from maillage.siting.scenarios.present import in_reach
from maillage.siting.scenarios.worlds import Setting, worlds


def _without(drawn: Setting, points: list[int], label: str = "ligne") -> WithoutLine:
    """Return a line that some points alone live by: without it they have nothing at all."""
    lacks, reached = drawn.unreached.lacks.low.copy(), drawn.reach.reached.low.copy()
    minutes = drawn.reach.minutes.low.copy()
    lacks[:, points], reached[:, :, points], minutes[:, points] = True, False, np.nan
    return WithoutLine(
        label,
        Setting(
            replace(drawn.unreached, lacks=Bounds(lacks, lacks)),
            NewReach(drawn.venues, Bounds(reached, reached), Bounds(minutes, minutes)),
        ),
    )


def _ends(drawn: Setting, lines: tuple[WithoutLine, ...], goal: Goal = Goal.REACHED) -> LineEnds:
    demand = asked(goal)
    problem = worlds(drawn, demand).low
    held = EXACT.solve(problem).held
    return end_lines((problem, demand), held, KnownLines(9, lines), EXACT, at_most=2)


@effort(max_examples=12, deadline=None)
@given(settings, goals)
def test_no_plan_without_the_line_is_better_than_the_best_told(drawn: Setting, goal: Goal) -> None:
    """The plan as it stands is no better than the best then, by just the regret."""
    line = _without(drawn, [0, 1, 2])
    told = _ends(drawn, (line,), goal)
    same = replace(asked(goal), unreached_minutes=worlds(drawn, asked(goal)).low.unreached_minutes)
    problem = worlds(line.setting, same).low
    for one in told.worst:
        assert one.losing > 0
        held = EXACT.solve(worlds(drawn, asked(goal)).low).held
        assert np.isclose(one.under.as_is.value, value(problem, held))
        assert not better(problem, one.under.as_is.value, one.under.best.value)
        assert one.under.regret >= 0


def test_a_line_that_takes_nothing_is_not_told() -> None:
    """It is tried, and nobody loses."""
    drawn = setting(4)
    told = _ends(drawn, (WithoutLine("vide", drawn),))
    assert (told.n_calling, told.n_tried, told.n_losing, told.worst) == (9, 1, 0, ())


def test_the_lines_by_which_the_most_lose_come_first() -> None:
    """Losses are those of help in reach, present and held; no more lines are told than asked."""
    drawn = setting(4)
    problem = worlds(drawn, asked()).low
    held = EXACT.solve(problem).held
    some = (_without(drawn, [0], "a"), _without(drawn, list(range(8)), "b"))
    told = _ends(drawn, (*some, _without(drawn, [0, 1, 2, 3, 4], "c")))
    assert [one.under.label for one in told.worst] == ["b", "c"]
    assert told.worst[0].losing == pytest.approx(in_reach(problem, held))
    assert told.n_losing == 3
