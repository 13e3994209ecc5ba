"""The visits without a car in ``diagnosis.json``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from maillage.access.model import Catchment, ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.equity import VisitEquity
from maillage.access.visits.losses import Loss
from maillage.access.visits.measure import Bottleneck, Shares, Shortfall
from maillage.access.visits.variants import ShareRange
from maillage.diagnosis.visits_model import LineEnds, OtherWeek, VisitsWithoutCar
from maillage.kernel.geometry import FloatArray
from maillage.reports.plain_data import number, plain, service_code

READINGS = ("certain_low", "certain_high", "possible_low", "possible_high")
"""The four readings of a figure: certain and possible hours, each at its low and high bound."""


def visits_words(found: VisitsWithoutCar) -> dict[str, Any]:
    """Return what people can visit without a car, shares 0-1, half-days by zone and reading."""
    return {
        "week": found.week.monday.isoformat(),
        "week_type": found.week.type.code,
        "visit": found.kind.code,
        "visit_minutes": found.kind.minutes,
        "bus_is_missing": found.bus_is_missing,
        "shortfalls": _shortfalls(found.shortfalls),
        "bottlenecks": [_bottleneck(one) for one in found.bottlenecks],
        "obstacles": [_obstacles(found, service) for service in SERVICE_KEYS],
        "equity": [
            {**_equity(one), "bound": bound}
            for bound, some in (("low", found.equity.low), ("high", found.equity.high))
            for one in some
        ],
        "losses": [{"lieu_id": one.subject, **_loss(one)} for one in found.losses],
        "lines": None if found.lines is None else _lines(found.lines),
        "kinds": [
            {
                "visit": one.kind.code,
                "visit_minutes": one.kind.minutes,
                "shortfalls": _shortfalls(one.shortfalls),
            }
            for one in found.kinds
        ],
        "by_mode": [
            {"mode": one.mode.code, "how": one.how, "shortfalls": _shortfalls(one.shortfalls)}
            for one in found.by_mode
        ],
        "other_week": None if found.other_week is None else _other_week(found.other_week),
        "ranges": [_range(one) for one in found.ranges],
        "hours_catchment": [_hours(one) for one in found.hours],
        "half_days": _half_days(found.half_days),
        "unknown_hours": [
            {
                "service": service_code(u.service),
                "n_lieux": u.n_lieux,
                "n_unknown": len(u.lieu_ids),
            }
            for u in found.unknown_hours
        ],
        "call_first": list(found.call_first),
        "how": list(found.how),
    }


def _bottleneck(one: Bottleneck) -> dict[str, Any]:
    return {
        "service": service_code(one.service),
        "hours": one.certainty.code,
        "obstacle": one.obstacle.code,
        "n_people": one.n_people,
        "share_people": number(one.share_people),
    }


def _equity(one: VisitEquity) -> dict[str, Any]:
    return {
        **plain(one.equity),
        "service": service_code(one.service),
        "hours": one.certainty.code,
        "mean_fragile": None if one.mean_fragile is None else number(one.mean_fragile),
    }


def _loss(one: Loss) -> dict[str, Any]:
    return {
        "people_without": number(one.people_without),
        "people_fewer": number(one.people_fewer),
        "half_days": number(one.half_days),
    }


def _lines(lines: LineEnds) -> dict[str, Any]:
    return {
        "n_lines": lines.n_lines,
        "n_measured": lines.n_measured,
        "ends": [
            {"line": end.label, "low": _loss(end.loss.low), "high": _loss(end.loss.high)}
            for end in lines.ends
        ],
    }


def _other_week(other: OtherWeek) -> dict[str, Any]:
    return {
        "week": other.week.monday.isoformat(),
        "week_type": other.week.type.code,
        "same_hours": other.same_hours,
        "same_timetable": other.same_timetable,
        "has_timetable": other.has_timetable,
        "bus_is_missing": other.bus_is_missing,
        "shortfalls": _shortfalls(other.shortfalls),
        "half_days": _half_days(other.half_days),
        "how": list(other.how),
    }


def _obstacles(found: VisitsWithoutCar, service: ServiceKey) -> dict[str, Any]:
    row = SERVICE_KEYS.index(service)
    told = [found.obstacles.of(service, zone) for zone in range(found.obstacles.number.shape[1])]
    return {
        "service": service_code(service),
        "obstacles": [None if one is None else one.code for one in told],
        "n_people": [number(float(n)) for n in found.obstacles.people[row]],
    }


def _range(one: ShareRange) -> dict[str, Any]:
    moved = one.moved_most_by
    return {
        "service": service_code(one.service),
        "fewer_than": one.fewer_than,
        "public": one.public,
        "reading": one.reading,
        "as_told": number(one.as_told),
        "least": number(one.least),
        "most": number(one.most),
        "moved_most_by": None if moved is None else moved.code,
        "moved_most_by_label": None if moved is None else moved.label,
    }


def _hours(one: Catchment) -> dict[str, Any]:
    return {
        "service": service_code(one.service),
        "mode": one.mode.code,
        "supply": one.supply.code,
        "index": [number(float(value)) for value in one.index],
    }


def _half_days(table: FloatArray) -> list[dict[str, Any]]:
    """Return half-days by service and reading, one value a zone; None where nobody lives."""
    return [
        {
            "service": service_code(service),
            **{
                reading: [number(float(v)) if np.isfinite(v) else None for v in values]
                for reading, values in zip(READINGS, table[row], strict=True)
            },
        }
        for row, service in enumerate(SERVICE_KEYS)
    ]


def _shortfalls(some: Sequence[Shortfall]) -> list[dict[str, Any]]:
    return [
        {
            "service": service_code(s.service),
            "fewer_than": s.fewer_than,
            "people": _shares(s.people),
            "fragile": _shares(s.fragile),
        }
        for s in some
    ]


def _shares(shares: Shares) -> dict[str, Any]:
    return {reading: number(getattr(shares, reading)) for reading in READINGS}
