"""The grounds of siting without some lines, made from one that stands ready."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
from tests.access.journeys.timetables import DAY, run
from tests.access.unreached.test_line_ends import unreached_of
from tests.access.unreached.test_new_reach import reach_of
from tests.access.visits.journeys_week import (
    NINE,
    PARAMETERS,
    STOPS,
    network_at_stops,
    searched_of,
)
from tests.builders import make_directory, make_territory

from maillage.access.timetable.model import Network, Services
from maillage.access.travel import StraightLine
from maillage.access.visits.find import ReadyWeek
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.geometry import Point
from maillage.kernel.progress import Silent
from maillage.siting.scenarios.line_ends import KnownLines
from maillage.wiring.line_ends import known_lines
from maillage.wiring.unreached import GroundAsked, SitingGround

LAND = make_territory(points=[Point(*stop) for stop in STOPS.tolist()])
DRAWN = network_at_stops(
    [
        run((0, NINE), (1, NINE + 900)),
        run((1, NINE + 3600), (0, NINE + 4500)),
        run((2, NINE), (1, NINE + 900)),
    ]
)
BEFORE = Services(("every",), DAY - dt.timedelta(days=1), np.ones((1, 2), dtype=np.bool_))
BOTH_WAYS = replace(DRAWN, services=BEFORE)
"""Networks are told from the eve of the week on."""


def _known(network: Network, at_most: int = 6) -> KnownLines | None:
    searched = searched_of(network)
    made = SitingGround(
        TerritoryWork(LAND, make_directory(), ()),
        unreached_of(searched),
        reach_of(searched),
        StraightLine(PARAMETERS),
        ReadyWeek(searched, (), ()),
    )
    few = PARAMETERS.replaced("posts.lines_tried", at_most)
    return known_lines(made, GroundAsked(), few, Silent())


def test_each_line_that_calls_is_ended_in_turn() -> None:
    """Without the way there or the way back a visit fails; the third line changes nothing."""
    found = _known(BOTH_WAYS)
    assert found is not None
    assert found.n_calling == len(found.ended) == 3
    lacking = [line.setting.unreached.lacks.low[-1] for line in found.ended]
    assert [bool(one[0]) for one in lacking] == [True, True, False]
    assert len({line.label for line in found.ended}) == 3
    for line in found.ended:
        assert np.array_equal(line.setting.unreached.lacks.low, line.setting.unreached.lacks.high)


def test_no_more_lines_are_ended_than_the_parameter_says() -> None:
    """All that call are counted all the same."""
    found = _known(BOTH_WAYS, at_most=1)
    assert found is not None
    assert (found.n_calling, len(found.ended)) == (3, 1)
