"""The visits without a car in ``diagnosis.json``."""

from __future__ import annotations

from typing import Any

import numpy as np

from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.equity import VisitEquity
from maillage.access.visits.losses import Loss
from maillage.access.visits.measure import Bottleneck, Shares
from maillage.diagnosis.model import VisitsWithoutCar
from maillage.reports.plain_data import number, plain, service_code

_READINGS = ("certain_low", "certain_high", "possible_low", "possible_high")


def visits_words(found: VisitsWithoutCar) -> dict[str, Any]:
    """Return what people can visit without a car, shares 0-1, half-days by zone and reading."""
    return {
        "week": found.week.monday.isoformat(),
        "week_type": found.week.type.code,
        "visit": found.kind.code,
        "visit_minutes": found.kind.minutes,
        "bus_is_missing": found.bus_is_missing,
        "shortfalls": [
            {
                "service": service_code(s.service),
                "fewer_than": s.fewer_than,
                "people": _shares(s.people),
                "fragile": _shares(s.fragile),
            }
            for s in found.shortfalls
        ],
        "bottlenecks": [_bottleneck(one) for one in found.bottlenecks],
        "equity": [_equity(one) for one in found.equity],
        "losses": [_loss(one) for one in found.losses],
        "half_days": [_half_days(found, s) for s in range(len(SERVICE_KEYS))],
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
        "lieu_id": one.subject,
        "people_without": number(one.people_without),
        "people_fewer": number(one.people_fewer),
        "half_days": number(one.half_days),
    }


def _half_days(found: VisitsWithoutCar, service: int) -> dict[str, Any]:
    told: dict[str, Any] = {"service": service_code(SERVICE_KEYS[service])}
    for reading, values in zip(_READINGS, found.half_days[service], strict=True):
        told[reading] = [number(float(v)) if np.isfinite(v) else None for v in values]
    return told


def _shares(shares: Shares) -> dict[str, Any]:
    return {reading: number(getattr(shares, reading)) for reading in _READINGS}
