"""The ways there and back of one visit, found again leg by leg for its sheet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillage.access.journeys.legs import Journey, JourneyFinder, Leg, Place, RideLeg
from maillage.access.matrix import walks_of
from maillage.access.timetable.model import Network
from maillage.access.travel import Mode
from maillage.access.visits.one_home import Direct
from maillage.access.visits.round_trips import NEVER
from maillage.access.visits.sheet import LastReturn, SheetLeg, SheetWay
from maillage.access.visits.territory_visits import WeekGround


@dataclass(frozen=True, slots=True)
class Pace:
    """By what one goes without any vehicle, and how many metres a second on foot (else None)."""

    mode: Mode
    metres_a_second: float | None

    def metres(self, seconds: int) -> int | None:
        """Return the metres gone in some seconds."""
        return None if self.metres_a_second is None else round(seconds * self.metres_a_second)


class WayFinder:
    """Finds the ways between one home and the lieux of a ground, one timetable at a time."""

    def __init__(
        self, ground: WeekGround, direct: Direct, network: Network | None, pace: Pace
    ) -> None:
        self._ground, self._network, self._pace = ground, network, pace
        self._out, self._back = direct[0][0].tolist(), direct[1][0].tolist()
        self._finders: dict[int, JourneyFinder] = {}

    def there(self, lieu: int, date: dt.date, times: tuple[int, int]) -> SheetWay:
        """Return the way to a lieu by its number, leaving and being served at the seconds told.

        Raises LookupError where there is none: the times are not those of a visit found here.
        """
        leave, start = times
        if leave + self._out[lieu] <= start:
            return self._on_ones_own(leave, self._out[lieu])
        home, place = self._ends(lieu)
        journey = self._finder(date).leaving_at(home, place, leave)
        if journey is None or journey.arrive > start:
            raise LookupError(f"no way to lieu {lieu} at {leave}")
        return self._told(journey)

    def back(self, lieu: int, date: dt.date, times: tuple[int, int]) -> SheetWay:
        """Return the way home, the visit over and home reached at the seconds told.

        Raises LookupError where there is none.
        """
        end, home_at = times
        if end + self._back[lieu] <= home_at:
            return self._on_ones_own(end, self._back[lieu])
        home, place = self._ends(lieu)
        journey = self._finder(date).leaving_at(place, home, end)
        if journey is None or journey.arrive > home_at:
            raise LookupError(f"no way home from lieu {lieu} at {end}")
        return self._told(journey)

    def last(self, lieu: int, date: dt.date, end: int, back_by: int) -> LastReturn:
        """Return the last way home, from the end of the visit on, that is there by ``back_by``."""
        own = back_by - self._back[lieu] if self._back[lieu] < NEVER else -1
        journey, later = self._last_ridden(lieu, date, end, back_by)
        if journey is None or journey.depart <= own:
            return LastReturn(own, None, later=True)
        ride = next(leg for leg in self._told(journey).legs if leg.mode is None)
        return LastReturn(journey.depart, ride, later)

    def _last_ridden(
        self, lieu: int, date: dt.date, end: int, back_by: int
    ) -> tuple[Journey | None, bool]:
        if self._ground.transport is None or date not in self._ground.numbers:
            return None, False
        home, place = self._ends(lieu)
        finder = self._finder(date)
        journey = finder.arriving_by(place, home, back_by, end)
        if journey is None:
            return None, False
        return journey, finder.leaving_at(place, home, journey.depart + 1) is not None

    def _ends(self, lieu: int) -> tuple[Place, Place]:
        ground = self._ground
        if ground.transport is None or ground.near is None:
            raise LookupError("no timetable")
        return walks_of(ground.transport.homes, 0), walks_of(ground.near, lieu)

    def _finder(self, date: dt.date) -> JourneyFinder:
        transport, number = self._ground.transport, self._ground.numbers.get(date)
        if transport is None or number is None or self._network is None:
            raise LookupError("no timetable")
        if number not in self._finders:
            day = transport.days[number]
            self._finders[number] = JourneyFinder(self._network, day, transport.between)
        return self._finders[number]

    def _on_ones_own(self, depart: int, seconds: int) -> SheetWay:
        leg = SheetLeg(
            depart, depart + seconds, None, None, self._pace.mode, self._pace.metres(seconds)
        )
        return SheetWay((leg,))

    def _told(self, journey: Journey) -> SheetWay:
        return SheetWay(tuple(self._leg(leg) for leg in journey.legs), journey)

    def _leg(self, leg: Leg) -> SheetLeg:
        ends = leg.from_name, leg.to_name
        if isinstance(leg, RideLeg):
            return SheetLeg(
                leg.depart,
                leg.arrive,
                *ends,
                mode=None,
                vehicle=leg.vehicle,
                line=leg.line,
                headsign=leg.headsign,
            )
        at_a_door = leg.from_stop is None or leg.to_stop is None  # a change takes a fixed time too
        metres = self._pace.metres(leg.arrive - leg.depart) if at_a_door else None
        return SheetLeg(leg.depart, leg.arrive, *ends, mode=Mode.WALK, metres=metres)
