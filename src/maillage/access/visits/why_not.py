"""Why a home can make no visit, with the facts of its own journeys: looked up where it is asked.

The week keeps only which place and which day come closest to a visit; the journeys of that place
are searched again, once for each, when somebody wants to know.
"""

from __future__ import annotations

import numpy as np

from maillage.access.journeys.model import Profiles, Window
from maillage.access.matrix import walks_of
from maillage.access.visits.any_time import at_any_time
from maillage.access.visits.model import Obstacle, OpeningOn, VisitKind
from maillage.access.visits.round_trips import NEVER, Terms, Ways, no_profiles
from maillage.access.visits.starts import starts
from maillage.access.visits.territory_visits import AskedWeek, Movement, WeekGround
from maillage.access.visits.week import VisitWeek
from maillage.access.visits.why import Facts, facts_of, why

_TELLING = (Obstacle.NO_WAY_OUT, Obstacle.NO_WAY_BACK, Obstacle.TOO_LONG)


class WhyNot:
    """Tells, home by home, what stands in the way of a visit."""

    def __init__(self, asked: AskedWeek, by: Movement, ground: WeekGround) -> None:
        self._asked, self._by, self._ground = asked, by, ground
        self._lieux = {lieu: at for at, lieu in enumerate(ground.lieu_ids)}
        self._ways: dict[tuple[int, int | None], Ways] = {}

    def sentence(self, week: VisitWeek, service: int, certainty: int, home: int) -> str:
        """Return the French reason, "" where a visit can be done.

        ``service``, ``certainty`` and ``home`` are numbers along the axes of the week.
        """
        numbers = {one.number: one for one in Obstacle}
        obstacle = numbers[int(week.obstacles.number[service, certainty, home])]
        if obstacle is Obstacle.NONE:
            return ""
        presence = int(week.obstacles.presence[service, certainty, home])
        day = int(week.obstacles.day[service, certainty, home])
        if presence < 0:
            return obstacle.label
        asked = week.presences[presence]
        opening = self._asked.to.opened[asked.permanence_id][day]
        facts = facts_of(opening)
        if obstacle in _TELLING:
            facts = self._facts(asked.lieu_id, opening, week.kind, home)
        return why(obstacle, facts, week.kind)

    def _facts(self, lieu_id: str, opening: OpeningOn, kind: VisitKind, home: int) -> Facts:
        ways = self._ways_of(self._lieux[lieu_id], self._ground.numbers.get(opening.date))
        terms = Terms.of(kind)
        ridden, walked = _last_returns(ways, home, terms.back_by)
        last = max((one for one in (ridden, walked) if one is not None), default=None)
        return Facts(
            ranges=opening.ranges,
            first_arrival=_first_arrival(ways, home, terms.leave_after),
            last_return=last,
            away=self._away(ways, opening, kind, home),
            vehicle=self._vehicle() if last is not None and last == ridden else None,
        )

    def _ways_of(self, lieu: int, timetable: int | None) -> Ways:
        """Return how all homes and one lieu are joined all day long, searched once."""
        if (lieu, timetable) not in self._ways:
            out, back = self._profiles(lieu, timetable)
            ground = self._ground
            self._ways[lieu, timetable] = Ways(out, back, ground.out[:, lieu], ground.back[:, lieu])
        return self._ways[lieu, timetable]

    def _profiles(self, lieu: int, timetable: int | None) -> tuple[Profiles, Profiles]:
        ground, searches = self._ground, self._by.searches
        near = None if ground.near is None else walks_of(ground.near, lieu)
        if (
            ground.transport is None
            or searches is None
            or near is None
            or timetable is None
            or not len(near[0])
        ):
            nothing = no_profiles(len(self._asked.homes))
            return nothing, nothing
        day, between = ground.transport.days[timetable], ground.transport.between
        window = Window(
            min(kind.leave_after for kind in self._asked.kinds) * 60,
            max(kind.back_by for kind in self._asked.kinds) * 60,
        )
        homes = ground.transport.homes
        return (
            searches.journeys.to_place(day, between, homes, near, window),
            searches.journeys.from_place(day, between, homes, near, window),
        )

    def _away(self, ways: Ways, opening: OpeningOn, kind: VisitKind, home: int) -> int | None:
        """Return the least seconds of travel and waiting, None where no visit can be done."""
        searches = self._by.searches
        begin = starts(opening, kind, self._asked.noon)
        direct = ways.direct_out[home : home + 1], ways.direct_back[home : home + 1]
        if searches is None:
            trips = at_any_time(*direct, begin, Terms.of(kind))
        else:
            alone = Ways(_row(ways.out, home), _row(ways.back, home), *direct)
            trips = searches.visits.best(alone, begin, Terms.of(kind))
        done = trips.obstacle[0] == Obstacle.NONE.number
        if not done.any():
            return None
        return int((trips.back - trips.leave)[0][done].min()) - kind.minutes * 60

    def _vehicle(self) -> str | None:
        """Return what brings home, where everything that runs is of one kind."""
        network = self._by.network
        kinds = set() if network is None else {line.vehicle.label for line in network.lines}
        return kinds.pop() if len(kinds) == 1 else None


def _row(profiles: Profiles, home: int) -> Profiles:
    row = slice(int(profiles.first[home]), int(profiles.first[home + 1]))
    first = np.array([0, row.stop - row.start], dtype=np.int32)
    return Profiles(first, profiles.departures[row], profiles.arrivals[row])


def _first_arrival(ways: Ways, home: int, leave_after: int) -> int | None:
    """Return the second of the day at which one can be there at the earliest."""
    ridden = _row(ways.out, home)
    left = ridden.arrivals[ridden.departures >= leave_after]
    found = left[:1].tolist()
    if ways.direct_out[home] < NEVER:
        found.append(leave_after + int(ways.direct_out[home]))
    return min(found, default=None)


def _last_returns(ways: Ways, home: int, back_by: int) -> tuple[int | None, int | None]:
    """Return the latest seconds of the day at which to set off: riding, and walking."""
    back = _row(ways.back, home)
    ridden = back.departures[back.arrivals <= back_by]
    walk = int(ways.direct_back[home])
    return (
        int(ridden[-1]) if len(ridden) else None,
        back_by - walk if walk < NEVER else None,
    )
