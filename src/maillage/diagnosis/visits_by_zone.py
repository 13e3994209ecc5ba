"""What the half-days of homes come to, zone by zone and lieu by lieu."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maillage.access.homes import Homes
from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.losses import Loss, Residents, lieu_losses
from maillage.access.visits.model import Certainty, Obstacle
from maillage.access.visits.week import CERTAINTIES, CountsHalfDays, VisitWeek
from maillage.diagnosis.visits_model import ZoneObstacles
from maillage.kernel.geometry import FloatArray

_POSSIBLE = CERTAINTIES.index(Certainty.POSSIBLE)
_NOBODY = -1


def half_days_by_zone(low: CountsHalfDays, high: CountsHalfDays, homes: Homes) -> FloatArray:
    """Return (10, 4, n_zones) half-days a person, in the order of ``Shares``; NaN where nobody."""
    n_zones = len(homes.zone_ids)
    people = np.bincount(homes.zone, weights=homes.people, minlength=n_zones)
    readings = [
        week.half_days[:, CERTAINTIES.index(certainty)]
        for certainty in (Certainty.CERTAIN, Certainty.POSSIBLE)
        for week in (low, high)
    ]
    table = np.full((len(SERVICE_KEYS), len(readings), n_zones), np.nan)
    for r, reading in enumerate(readings):
        for s, half_days in enumerate(reading):
            sums = np.bincount(homes.zone, weights=half_days * homes.people, minlength=n_zones)
            np.divide(sums, people, out=table[s, r], where=people > 0)
    return table


def obstacles_by_zone(week: VisitWeek, homes: Homes) -> ZoneObstacles:
    """Return what stops the most people of each zone, of those who can do no visit."""
    n_zones, told = len(homes.zone_ids), list(Obstacle)
    people = np.bincount(homes.zone, weights=homes.people, minlength=n_zones)
    stopped = np.zeros((len(told), len(SERVICE_KEYS), n_zones))
    for o, obstacle in enumerate(told):
        for s, numbers in enumerate(week.obstacles.number[:, _POSSIBLE]):
            weights = np.where(numbers == obstacle.number, homes.people, 0.0)
            stopped[o, s] = np.bincount(homes.zone, weights=weights, minlength=n_zones)
    stopped[told.index(Obstacle.NONE)] = 0.0
    total = stopped.sum(axis=0)
    numbers = np.array([obstacle.number for obstacle in told], dtype=np.int8)
    most = np.where(total > 0, numbers[stopped.argmax(axis=0)], Obstacle.NONE.number)
    return ZoneObstacles(np.where(people > 0, most, _NOBODY).astype(np.int8), total)


def hidden_told(week: VisitWeek, high: CountsHalfDays, unknown: Obstacle) -> VisitWeek:
    """Return the week, its obstacle ``unknown`` where only the high bound has a half-day."""
    hidden = (week.half_days == 0) & (high.half_days > 0)
    number = np.where(hidden, unknown.number, week.obstacles.number).astype(np.int8)
    return replace(week, obstacles=replace(week.obstacles, number=number))


def felt_losses(week: VisitWeek, residents: Residents) -> tuple[Loss, ...]:
    """Return what each lieu's closing would take away, any service, at the usual hours."""
    felt = [
        loss
        for loss in lieu_losses(week, residents, services=(None,))
        if loss.certainty is Certainty.POSSIBLE and loss.half_days > 0
    ]
    return tuple(sorted(felt, key=lambda loss: (-loss.people_without, -loss.half_days)))


def people_of_lieux(week: VisitWeek, homes: Homes) -> dict[str, float]:
    """Return, by lieu, the people whose best visit it would be, at its usual hours."""
    chosen = week.best.presence[SERVICE_KEYS.index(None), _POSSIBLE]
    served: dict[str, float] = {}
    for home in np.flatnonzero(chosen >= 0).tolist():
        lieu = week.presences[int(chosen[home])].lieu_id
        served[lieu] = served.get(lieu, 0.0) + float(homes.people[home])
    return served
