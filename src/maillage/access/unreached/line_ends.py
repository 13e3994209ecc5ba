"""Who would lack help, and what new help would reach, if a line of the timetables were no more.

Only what is sure is told: a bus that is supposed has no line to end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from maillage.access.unreached.model import NewReach, Unreached
from maillage.access.unreached.new_reach import sure_reach
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.find import ReadyWeek
from maillage.access.visits.half_days import HalfDaySearch
from maillage.access.visits.model import Certainty
from maillage.access.visits.territory_visits import ground_without_lines
from maillage.access.visits.week import CERTAINTIES
from maillage.kernel.progress import Progress


def without_lines(
    found: tuple[Unreached, NewReach],
    ready: ReadyWeek,
    lines: Mapping[str, frozenset[str]],
    progress: Progress,
    certainty: Certainty = Certainty.POSSIBLE,
) -> Iterator[tuple[str, Unreached, NewReach]]:
    """Give, for each name of ``lines``, who lacks help without its lines, what venues reach then.

    ``found`` is what the week made ready told while all lines run, with the same ``certainty``.
    Both bounds of what is given are its low one.
    """
    unreached, reach = found
    sure = replace(
        ready.searched,
        a_bus_is_missing=False,
        ground=replace(ready.searched.ground, untold=None),
    )
    search = HalfDaySearch(sure, progress)
    column = CERTAINTIES.index(certainty)
    for name, left in sure_reach(reach, ready, lines, progress):
        ground = ground_without_lines(sure.asked, sure.by, sure.ground, lines[name])
        lacks = search.on(ground)[0].low.half_days[:, column] == 0
        yield name, replace(unreached, lacks=Bounds(lacks, lacks)), left
