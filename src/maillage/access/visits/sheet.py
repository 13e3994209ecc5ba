"""One person's visit, leg by leg: what a sheet to take along is written from.

Times are whole seconds of the day of the visit. Nothing here says who the person is: only from
where they leave, on the map of whoever asked.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from maillage.access.journeys.legs import Journey
from maillage.access.model import ServiceKey
from maillage.access.timetable.model import Vehicle
from maillage.access.travel import Mode
from maillage.access.visits.model import Obstacle, OpeningOn, VisitKind
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr


class Check(enum.Enum):
    """What must be asked before leaving, since the sheet supposes it."""

    HOURS = ("hours", "horaires non vérifiés")
    TIMETABLE = ("timetable", "horaires de transport d'une autre semaine")
    STEP_FREE = ("step-free", "accès sans marche non vérifié")
    ON_REQUEST = ("on-request", "transport à réserver, ou à des heures qui ne sont pas sûres")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


def ended(seconds: int) -> int:
    """Return seconds as minutes, the last one begun counted whole."""
    return -(-seconds // 60)


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """Where one goes. ``phone`` and ``address`` as told, None = not told."""

    id: str
    name: str
    phone: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class SheetLeg:
    """One part of a way: by ``mode``, or aboard a ``vehicle`` where the mode is None.

    ``from_name`` and ``to_name`` are those of stops, None at either door. ``metres`` are those
    walked, as the walking speed tells them; None where they are not known.
    """

    depart: int
    arrive: int
    from_name: str | None
    to_name: str | None
    mode: Mode | None
    metres: int | None = None
    vehicle: Vehicle | None = None
    line: str = ""
    headsign: str = ""


@dataclass(frozen=True, slots=True)
class SheetWay:
    """The way there or back, leg after leg; ``journey`` as the timetable has it, None without."""

    legs: tuple[SheetLeg, ...]
    journey: Journey | None = None

    @property
    def depart(self) -> int:
        """The second at which one leaves the door."""
        return self.legs[0].depart

    @property
    def arrive(self) -> int:
        """The second at which one is at the other door."""
        return self.legs[-1].arrive

    def told(self) -> tuple[tuple[int, int], ...]:
        """Return the minutes of the day at which each leg is told to begin and to end.

        Vehicles to the minute begun, the last arrival to the minute ended, and one leaves the door
        early enough for the whole minutes of the walk: who reckons with the sheet misses nothing.
        """
        told: list[tuple[int, int]] = []
        for leg, after in zip(self.legs, (*self.legs[1:], None), strict=True):
            begin, end = leg.depart // 60, leg.arrive // 60
            if leg.mode is not None:
                end = ended(leg.arrive) if after is None else after.depart // 60
                if told:
                    begin = told[-1][1]
                elif after is not None:
                    begin = end - ended(leg.arrive - leg.depart)
            told.append((begin, end))
        return tuple(told)


@dataclass(frozen=True, slots=True)
class LastReturn:
    """The last way home in time: when to leave the place, and the vehicle that it begins with.

    ``ride`` is None where one goes home on one's own. ``later``: others go home after it, too
    late for the visit's terms.
    """

    leave: int
    ride: SheetLeg | None
    later: bool

    @property
    def told_leave(self) -> int:
        """The minute of the day told: early enough for the whole minutes of the walk."""
        if self.ride is None:
            return self.leave // 60
        return self.ride.depart // 60 - ended(self.ride.depart - self.leave)


@dataclass(frozen=True, slots=True)
class SheetVisit:
    """One visit: there, served from ``start`` to ``end``, and back.

    ``spare`` is how many seconds longer it could last without missing closing or the last return.
    """

    place: SheetPlace
    opening: OpeningOn
    there: SheetWay
    start: int
    end: int
    back: SheetWay
    spare: int
    last_return: LastReturn
    to_check: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class OtherVisit:
    """Another day that works: when one would leave, be served and be home again."""

    date: dt.date
    place: SheetPlace
    leave: int
    start: int
    back: int
    to_check: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class NoVisit:
    """Why none can be done on the days asked, of the place and day that come closest.

    ``sentence`` has neither capital nor full stop. ``place`` and ``date`` are None where there is
    no place at all.
    """

    obstacle: Obstacle
    sentence: str
    place: SheetPlace | None
    date: dt.date | None
    no_stop_near_home: bool = False
    public_holiday: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether a visit may be possible: it is what is not known that stands in the way."""
        return self.obstacle in (
            Obstacle.UNKNOWN_HOURS,
            Obstacle.UNKNOWN_TIMETABLE,
            Obstacle.UNKNOWN_STEP_FREE,
        )


@dataclass(frozen=True, slots=True)
class JourneySheet:
    """The best visit that one home can make on the days asked, or why there is none.

    ``mode`` None: without a car; ``a_bus_is_missing``: a network that runs there has no timetable
    here. ``others`` are later days, the next first, up to ``until``;
    ``how`` French sentences: on what all this stands.
    """

    kind: VisitKind
    service: ServiceKey
    mode: Mode | None
    a_bus_is_missing: bool
    days: tuple[dt.date, ...]
    until: dt.date
    visit: SheetVisit | None
    no_visit: NoVisit | None
    others: tuple[OtherVisit, ...]
    how: tuple[str, ...]
    findings: tuple[Finding, ...]
