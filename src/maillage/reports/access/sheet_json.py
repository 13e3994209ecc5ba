"""One person's sheet for programs: the same facts as on paper, and the same words."""

from __future__ import annotations

from typing import Any

from maillage.access.visits.sheet import (
    Check,
    JourneySheet,
    LastReturn,
    NoVisit,
    SheetLeg,
    SheetPlace,
    SheetVisit,
    SheetWay,
    ended,
)
from maillage.access.visits.sheet_words import sheet_text
from maillage.reports.plain_data import plain, service_code


def sheet_document(sheet: JourneySheet) -> dict[str, Any]:
    """Return the sheet as JSON can hold it.

    Times are HH:MM of the visit's day (past 24:00 the day after), as the paper tells them
    (``SheetWay.told``). ``text`` is what the paper says.
    """
    return {
        "visit_kind": sheet.kind.code,
        "service": service_code(sheet.service),
        "mode": None if sheet.mode is None else sheet.mode.code,
        "days": [day.isoformat() for day in sheet.days],
        "until": sheet.until.isoformat(),
        "visit": None if sheet.visit is None else _visit(sheet.visit),
        "no_visit": None if sheet.no_visit is None else _none(sheet.no_visit),
        "others": [
            {
                "date": one.date.isoformat(),
                "place": _place(one.place),
                "leave": _clock(one.leave // 60),
                "start": _clock(ended(one.start)),
                "back": _clock(ended(one.back)),
                "to_check": _codes(one.to_check),
            }
            for one in sheet.others
        ],
        "how": list(sheet.how),
        "text": plain(sheet_text(sheet)),
    }


def _visit(visit: SheetVisit) -> dict[str, Any]:
    certainty = visit.opening.certainty
    return {
        "place": _place(visit.place),
        "date": visit.opening.date.isoformat(),
        "open": [[_clock(start), _clock(end)] for start, end in visit.opening.ranges],
        "hours": None if certainty is None else certainty.code,
        "there": _way(visit.there),
        "start": _clock(ended(visit.start)),
        "end": _clock(ended(visit.end)),
        "back": _way(visit.back),
        "spare_minutes": visit.spare // 60,
        "last_return": _last(visit.last_return),
        "to_check": _codes(visit.to_check),
    }


def _way(way: SheetWay) -> list[dict[str, Any]]:
    return [_leg(leg, times) for leg, times in zip(way.legs, way.told(), strict=True)]


def _leg(leg: SheetLeg, told: tuple[int, int]) -> dict[str, Any]:
    return {
        "mode": "transit" if leg.mode is None else leg.mode.code,
        "depart": _clock(told[0]),
        "arrive": _clock(told[1]),
        "from": leg.from_name,
        "to": leg.to_name,
        "metres": leg.metres,
        "vehicle": None if leg.vehicle is None else leg.vehicle.label,
        "line": leg.line or None,
        "headsign": leg.headsign or None,
    }


def _last(last: LastReturn) -> dict[str, Any]:
    ride = last.ride
    return {
        "leave": _clock(last.told_leave),
        "ride": None if ride is None else _leg(ride, (ride.depart // 60, ride.arrive // 60)),
        "later_ones": last.later,
    }


def _none(none: NoVisit) -> dict[str, Any]:
    return {
        "obstacle": none.obstacle.code,
        "sentence": none.sentence,
        "may_be_possible": none.is_unknown,
        "place": None if none.place is None else _place(none.place),
        "date": None if none.date is None else none.date.isoformat(),
        "no_stop_near_home": none.no_stop_near_home,
        "public_holiday": none.public_holiday,
    }


def _place(place: SheetPlace) -> dict[str, str | None]:
    return {
        "id": place.id,
        "name": place.name,
        "phone": place.phone,
        "address": place.address,
    }


def _codes(checks: tuple[Check, ...]) -> list[str]:
    return [check.code for check in checks]


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
