"""Who lives beyond so many minutes of each service."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maillage.access.model import Coverage, NearestTimes, ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.travel import Mode
from maillage.kernel.geometry import FloatArray
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.model import Territory


def measure_coverage(
    territory: Territory,
    people: FragilePeople,
    nearest: NearestTimes,
    thresholds_minutes: Sequence[float],
) -> tuple[Coverage, ...]:
    """Return who is beyond each threshold, for each service and any of them, by each mode.

    A zone whose fragile weight is not known (NaN) counts in the people and not in the fragile.
    """
    populations = territory.populations
    return tuple(
        _beyond(key, mode, threshold, nearest.minutes[key, mode] > threshold, populations, people)
        for key in SERVICE_KEYS
        for mode in Mode
        for threshold in sorted(thresholds_minutes)
    )


def _beyond(
    service: ServiceKey,
    mode: Mode,
    threshold: float,
    far: np.ndarray[tuple[int], np.dtype[np.bool_]],
    populations: FloatArray,
    people: FragilePeople,
) -> Coverage:
    fragile = np.nan_to_num(people.weights)
    n_fragile = float(fragile[far].sum())
    return Coverage(
        service=service,
        mode=mode,
        threshold_minutes=threshold,
        n_people=round(float(populations[far].sum())),
        share_people=_share(float(populations[far].sum()), float(populations.sum())),
        share_fragile=_share(n_fragile, float(fragile.sum())),
        n_fragile=round(n_fragile) if people.are_people else None,
        n_zones=int(np.count_nonzero(far)),
    )


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole > 0 else 0.0
