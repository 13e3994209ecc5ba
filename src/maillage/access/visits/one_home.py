"""Every visit of one home: its journeys are searched once each way, for all the lieux together.

A week of a whole territory searches from each lieu to all homes; here it is the other way round, so
that one person's answer does not wait for a territory's.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from maillage.access.journeys.model import Profiles, Window
from maillage.access.matrix import walks_of
from maillage.access.timetable.model import DAY_SECONDS, IntArray
from maillage.access.visits.all_visits import Searches
from maillage.access.visits.any_time import at_any_time
from maillage.access.visits.model import RoundTrips, Starts, VisitKind
from maillage.access.visits.round_trips import Terms, Ways, no_profiles
from maillage.access.visits.territory_visits import AskedWeek, WeekGround, visit_windows
from maillage.access.visits.week import DayVisits

Direct = tuple[IntArray, IntArray]
"""The (1, m) seconds from the home to the m lieux and back, without any timetable."""
NIGHT = 2 * DAY_SECONDS
"""A second by which whatever leaves in a day has arrived: the last ways home are among those."""


def profile_of(profiles: Profiles, place: int) -> Profiles:
    """Return the journeys of one place alone."""
    row = slice(int(profiles.first[place]), int(profiles.first[place + 1]))
    first = np.array([0, row.stop - row.start], dtype=np.int32)
    return Profiles(first, profiles.departures[row], profiles.arrivals[row])


def visits_of_home(
    asked: AskedWeek, searches: Searches | None, ground: WeekGround, direct: Direct
) -> Iterator[DayVisits]:
    """Give what the one home asked can do of each presence on each of its days.

    Of the first kind of visit asked, as ``weeks_without_car`` finds it; without engines or
    timetables, by ``direct`` alone.
    """
    kind = asked.kinds[0]
    ways = HomeWays(searches, ground, direct, kind)
    lieux = {lieu: at for at, lieu in enumerate(ground.lieu_ids)}
    for number, presence in enumerate(asked.to.presences):
        at = lieux[presence.lieu_id]
        for opening in asked.to.opened[presence.permanence_id]:
            begin = visit_windows(opening, kind, asked.noon)
            trips = None
            if len(begin.earliest):
                trips = ways.best(at, ground.numbers.get(opening.date), begin)
            yield DayVisits(number, opening, begin, trips)


class HomeWays:
    """How one home and each lieu are joined under each timetable, searched once."""

    def __init__(
        self, searches: Searches | None, ground: WeekGround, direct: Direct, kind: VisitKind
    ) -> None:
        """Search nothing yet; ``direct`` are the ways without a timetable."""
        self._searches, self._ground, self.direct = searches, ground, direct
        self._terms = Terms.of(kind)
        self._found: dict[int | None, tuple[Profiles, Profiles]] = {}

    def best(self, lieu: int, timetable: int | None, begin: Starts) -> RoundTrips:
        """Return the best visits of a lieu in each window of a day."""
        out, back = (way[:, lieu] for way in self.direct)
        if self._searches is None:
            return at_any_time(out, back, begin, self._terms)
        there, home = (profile_of(one, lieu) for one in self.profiles(timetable))
        return self._searches.visits.best(Ways(there, home, out, back), begin, self._terms)

    def profiles(self, timetable: int | None) -> tuple[Profiles, Profiles]:
        """Return the journeys to each lieu and home again under one timetable."""
        if timetable not in self._found:
            self._found[timetable] = self._searched(timetable)
        return self._found[timetable]

    def _searched(self, timetable: int | None) -> tuple[Profiles, Profiles]:
        ground, transport = self._ground, self._ground.transport
        nothing = no_profiles(len(ground.lieu_ids))
        if transport is None or ground.near is None or timetable is None or self._searches is None:
            return nothing, nothing
        home = walks_of(transport.homes, 0)
        if not len(home[0]):
            return nothing, nothing
        day, between, journeys = (
            transport.days[timetable],
            transport.between,
            self._searches.journeys,
        )
        window = Window(self._terms.leave_after, self._terms.back_by)
        return (
            journeys.from_place(day, between, ground.near, home, window),
            journeys.to_place(day, between, ground.near, home, window),
        )
