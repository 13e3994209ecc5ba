"""Why no visit can be done, in one French sentence with the facts that are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from maillage.access.timetable.model import Vehicle
from maillage.access.visits.model import Obstacle, OpeningOn, VisitKind
from maillage.kernel.french import clock, listed, minutes
from maillage.kernel.language import tr


@dataclass(frozen=True, slots=True)
class LastRide:
    """The first vehicle of the last way home: when it leaves, in seconds of the day, and what.

    ``later``: others bring home after it, too late for the visit's terms.
    """

    depart: int
    vehicle: Vehicle
    later: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the place, the day and the way that come closest to a visit.

    ``ranges`` are minutes of the day. ``first_arrival``, ``last_return`` are seconds of the day:
    when one can be there at the earliest, and when one must leave the place at the latest.
    ``last_ride`` is what brings home then; None without any vehicle. ``away`` is how long travel
    and waiting take, in seconds. Each None (ranges: empty) where it is not known.
    """

    ranges: tuple[tuple[int, int], ...] = ()
    first_arrival: int | None = None
    last_return: int | None = None
    last_ride: LastRide | None = None
    away: int | None = None


def facts_of(opening: OpeningOn) -> Facts:
    """Return the facts that the opening alone tells."""
    return Facts(ranges=opening.ranges)


def why(obstacle: Obstacle, facts: Facts, kind: VisitKind) -> str:
    """Return the sentence, without capital or full stop; the bare reason where facts lack."""
    tell = _TELL.get(obstacle)
    told = tell(facts, kind) if tell else None
    return told or obstacle.label


def _closed(facts: Facts, kind: VisitKind) -> str | None:
    if not facts.ranges:
        return None
    return tr("le service n'ouvre que {ranges}, trop peu pour {visit}").format(
        ranges=_ranges(facts), visit=kind.label
    )


def _no_way_out(facts: Facts, kind: VisitKind) -> str | None:
    if not facts.ranges:
        return None
    if facts.first_arrival is None:
        return tr("rien ne permet d'arriver pendant l'ouverture ({ranges})").format(
            ranges=_ranges(facts)
        )
    closes = facts.ranges[-1][1] * 60
    late = facts.first_arrival >= closes
    told = (
        tr("première arrivée à {arrival}, le service ferme à {closes}")
        if late
        else tr("première arrivée à {arrival}, trop tard pour {visit} avant {closes}")
    )
    return told.format(arrival=clock(facts.first_arrival), closes=clock(closes), visit=kind.label)


def _no_way_back(facts: Facts, kind: VisitKind) -> str | None:
    if not facts.ranges or facts.last_return is None:
        return None
    back = _last_way_home(facts.last_return, facts.last_ride, clock(kind.back_by * 60))
    opens = facts.ranges[0][0] * 60
    if facts.last_return < opens + kind.minutes * 60:
        return back + tr(", le service ouvre à {opens}").format(opens=clock(opens))
    return back + tr(", avant la fin de la visite")


def _last_way_home(leave: int, ride: LastRide | None, home_by: str) -> str:
    """Return when the last vehicle leaves and when to leave the place for it, or on one's own."""
    if ride is None:
        return tr("il faut repartir à {leave} pour rentrer avant {home_by}").format(
            leave=clock(leave), home_by=home_by
        )
    text = (
        tr("dernier {vehicle} à {time} pour rentrer avant {home_by}")
        if ride.later
        else tr("dernier {vehicle} retour à {time}")
    )
    told = text.format(
        vehicle=tr("trajet") if ride.vehicle is Vehicle.OTHER else tr(ride.vehicle.label),
        time=clock(ride.depart),
        home_by=home_by,
    )
    if clock(leave) == clock(ride.depart):
        return told
    return told + tr(" (partir à {leave})").format(leave=clock(leave))


def _too_long(facts: Facts, kind: VisitKind) -> str | None:
    if facts.away is None:
        return None
    return tr("{away} de trajet et d'attente, plus que {budget}").format(
        away=minutes(facts.away / 60), budget=minutes(kind.budget_minutes)
    )


def _ranges(facts: Facts) -> str:
    return listed([f"{clock(a * 60)}-{clock(b * 60)}" for a, b in facts.ranges])


_TELL: Mapping[Obstacle, Callable[[Facts, VisitKind], str | None]] = {
    Obstacle.CLOSED: _closed,
    Obstacle.NO_WAY_OUT: _no_way_out,
    Obstacle.NO_WAY_BACK: _no_way_back,
    Obstacle.TOO_LONG: _too_long,
}
