"""Why a home can make no visit, with the facts of its own journeys: looked up where it is asked.

The week keeps only which place and which day come closest to a visit; the journeys of that place
are searched again, once for each, when somebody wants to know.
"""

from __future__ import annotations

from maillage.access.journeys.first_ride import first_rides
from maillage.access.journeys.legs import JourneyFinder
from maillage.access.journeys.model import Profiles, Window
from maillage.access.matrix import walks_of
from maillage.access.visits.any_time import at_any_time
from maillage.access.visits.model import Obstacle, OpeningOn, VisitKind
from maillage.access.visits.one_home import NIGHT, profile_of
from maillage.access.visits.round_trips import NEVER, Terms, Ways, no_profiles
from maillage.access.visits.starts import starts
from maillage.access.visits.territory_visits import AskedWeek, Movement, WeekGround
from maillage.access.visits.week import VisitWeek
from maillage.access.visits.why import Facts, LastRide, facts_of, why

_TELLING = (Obstacle.NO_WAY_OUT, Obstacle.NO_WAY_BACK, Obstacle.TOO_LONG)


class WhyNot:
    """Tells, home by home, what stands in the way of a visit."""

    def __init__(self, asked: AskedWeek, by: Movement, ground: WeekGround) -> None:
        self._asked, self._by, self._ground = asked, by, ground
        self._lieux = {lieu: at for at, lieu in enumerate(ground.lieu_ids)}
        self._ways: dict[tuple[int, int | None], Ways] = {}
        self._finders: dict[int, JourneyFinder] = {}

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
        lieu, timetable = self._lieux[lieu_id], self._ground.numbers.get(opening.date)
        ways, terms = self._ways_of(lieu, timetable), Terms.of(kind)
        ridden, walked = last_returns(ways, home, terms.back_by)
        last = max((one for one in (ridden, walked) if one is not None), default=None)
        ride = None
        if timetable is not None and last is not None and last == ridden:
            ride = self._last_ride((home, lieu, timetable), last, terms.back_by)
        return Facts(
            ranges=opening.ranges,
            first_arrival=first_arrival_of(ways, home, terms.leave_after),
            last_return=last,
            last_ride=ride,
            away=self._away(ways, opening, kind, home),
        )

    def _last_ride(self, ends: tuple[int, int, int], leave: int, back_by: int) -> LastRide | None:
        """Return what one boards first on the last way home, leaving the lieu at ``leave``."""
        home, lieu, timetable = ends
        ground, network = self._ground, self._by.network
        if ground.transport is None or ground.near is None or network is None:
            return None
        door, near = walks_of(ground.transport.homes, home), walks_of(ground.near, lieu)
        rides = first_rides(network, ground.transport.days[timetable], near, leave)
        if len(rides) > 1:  # different vehicles, or at different times: which one brings home?
            journey = self._finder(timetable).arriving_by(near, door, back_by, leave)
            found = journey.rides[:1] if journey else ()
            rides = {(ride.depart, ride.vehicle) for ride in found} or rides
        depart, vehicle = min(rides, key=lambda ride: (ride[0], ride[1].code))
        later = _comes_later(self._ways_of(lieu, timetable).back, home, back_by)
        return LastRide(depart, vehicle, later)

    def _finder(self, timetable: int) -> JourneyFinder:
        """Return what finds single journeys under one timetable, made once."""
        transport, network = self._ground.transport, self._by.network
        if transport is None or network is None:
            raise ValueError("no timetable")
        if timetable not in self._finders:
            day = transport.days[timetable]
            self._finders[timetable] = JourneyFinder(network, day, transport.between)
        return self._finders[timetable]

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
        first = min(kind.leave_after for kind in self._asked.kinds) * 60
        last = max(kind.back_by for kind in self._asked.kinds) * 60
        homes = ground.transport.homes
        return (
            searches.journeys.to_place(day, between, homes, near, Window(first, last)),
            searches.journeys.from_place(day, between, homes, near, Window(first, NIGHT)),
        )

    def _away(self, ways: Ways, opening: OpeningOn, kind: VisitKind, home: int) -> int | None:
        """Return the least seconds of travel and waiting, None where no visit can be done."""
        searches = self._by.searches
        begin = starts(opening, kind, self._asked.noon)
        direct = ways.direct_out[home : home + 1], ways.direct_back[home : home + 1]
        if searches is None:
            trips = at_any_time(*direct, begin, Terms.of(kind))
        else:
            alone = Ways(profile_of(ways.out, home), profile_of(ways.back, home), *direct)
            trips = searches.visits.best(alone, begin, Terms.of(kind))
        done = trips.obstacle[0] == Obstacle.NONE.number
        if not done.any():
            return None
        return int((trips.back - trips.leave)[0][done].min()) - kind.minutes * 60


def first_arrival_of(ways: Ways, home: int, leave_after: int) -> int | None:
    """Return the second of the day at which one can be there at the earliest."""
    ridden = profile_of(ways.out, home)
    left = ridden.arrivals[ridden.departures >= leave_after]
    found = left[:1].tolist()
    if ways.direct_out[home] < NEVER:
        found.append(leave_after + int(ways.direct_out[home]))
    return min(found, default=None)


def _comes_later(back: Profiles, home: int, back_by: int) -> bool:
    """Tell whether something brings home after that second."""
    return bool((profile_of(back, home).arrivals > back_by).any())


def last_returns(ways: Ways, home: int, back_by: int) -> tuple[int | None, int | None]:
    """Return the latest seconds of the day at which to set off: riding, and on one's own."""
    back = profile_of(ways.back, home)
    ridden = back.departures[back.arrivals <= back_by]
    walk = int(ways.direct_back[home])
    return (
        int(ridden[-1]) if len(ridden) else None,
        back_by - walk if walk < NEVER else None,
    )
