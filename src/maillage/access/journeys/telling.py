"""A journey told in French sentences, for a sheet that a person takes along."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from maillage.access.journeys.legs import Journey, Leg, RideLeg, WalkLeg
from maillage.access.timetable.model import DAY_SECONDS
from maillage.kernel.french import FIXED, minutes
from maillage.kernel.language import tr


def clock(second: int) -> str:
    """Return a second of the day as it is said, to the minute begun.

    >>> [clock(second).replace(FIXED, " ") for second in (9 * 3600 + 299, 24 * 3600 + 600)]
    ['9 h 04', '0 h 10 (le lendemain)']
    """
    days, left = divmod(second, DAY_SECONDS)
    told = f"{left // 3600}{FIXED}h{FIXED}{left % 3600 // 60:02d}"
    beside = {-1: tr(" (la veille)"), 0: ""}
    return told + beside.get(days, tr(" (le lendemain)"))


def tell(journey: Journey) -> str:
    """Return a journey in sentences: when to leave, what to take, where to get off.

    Leaving and boarding are told to the minute begun, the arrival to the minute ended: nobody
    who follows it comes too late.
    """
    return " ".join(_sentences(journey))


def _sentences(journey: Journey) -> Iterator[str]:
    before: Leg | None = None
    for leg, after in pairwise([*journey.legs, None]):
        if isinstance(leg, RideLeg):
            yield _ride(leg)
        elif isinstance(leg, WalkLeg):
            yield from _walk(leg, before, after)
        before = leg
    yield tr("Arrivée à {time}.").format(time=clock(math.ceil(journey.arrive / 60) * 60))


def _walk(leg: WalkLeg, before: Leg | None, after: Leg | None) -> Iterator[str]:
    took = minutes(max(1, math.ceil((leg.arrive - leg.depart) / 60)))
    if before is None:
        told = tr("À {time}, marchez {took} jusqu'à l'arrêt « {stop} ».")
        yield told.format(time=clock(leg.depart), took=took, stop=leg.to_name)
    elif after is None:
        yield tr("Marchez {took} jusqu'à votre destination.").format(took=took)
    elif leg.from_stop == leg.to_stop or leg.from_name == leg.to_name:
        yield tr("Changez à « {stop} ».").format(stop=leg.to_name)
    else:
        yield tr("Marchez {took} jusqu'à l'arrêt « {stop} ».").format(took=took, stop=leg.to_name)


def _ride(leg: RideLeg) -> str:
    name = tr(leg.vehicle.label)
    line = f"{name[:1].upper()}{name[1:]} {leg.line}".strip()
    towards = tr(" vers {headsign}").format(headsign=leg.headsign) if leg.headsign else ""
    told = tr("{line} à {time}{towards}, descendez à « {stop} » à {then}.")
    return told.format(
        line=line,
        time=clock(leg.depart),
        towards=towards,
        stop=leg.to_name,
        then=clock(leg.arrive),
    )
