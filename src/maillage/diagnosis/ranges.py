"""Between what and what each coverage stands when the suppositions on travel vary together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from maillage.access.model import Coverage, NearestTimes
from maillage.access.nearest import nearest_times
from maillage.access.offer import SERVICE_KEYS
from maillage.diagnosis.model import CoverageRange
from maillage.diagnosis.variants import MODES, Ground, stacked, travel_bounds
from maillage.kernel.geometry import FloatArray
from maillage.territory.contours import spread_points
from maillage.territory.model import Territory


def coverage_ranges(
    ground: Ground, nearest: NearestTimes, coverage: tuple[Coverage, ...]
) -> tuple[CoverageRange, ...]:
    """Return the range of each coverage, in the same order.

    Low: from the point of each zone, faster and straighter at once. High: slower and less direct
    at once, people spread evenly over their zone; a zone whose own point is then beyond counts
    whole. Places and thresholds do not vary here; gaps are tried under those too.
    """
    least, most = travel_bounds(ground, stacked(nearest.minutes))
    spread, owners = _spread(ground)
    times = nearest_times(spread, ground.directory, ground.engine)
    _, most_spread = travel_bounds(ground, stacked(times.minutes))
    n_points = np.bincount(owners, minlength=len(ground.territory.zones))
    people = ground.territory.populations

    def ranges() -> Iterator[CoverageRange]:
        """Give each range in turn."""
        for each in coverage:
            at, limit = _at(each), each.threshold_minutes
            beyond = np.bincount(owners, most_spread[at] > limit, minlength=len(n_points))
            low = _share(people, np.where(least[at] > limit, 1.0, 0.0))
            high = _share(people, np.where(most[at] > limit, 1.0, beyond / n_points))
            yield CoverageRange(each.service, each.mode, limit, low, high)

    return tuple(ranges())


def _at(coverage: Coverage) -> tuple[int, int]:
    return SERVICE_KEYS.index(coverage.service), MODES.index(coverage.mode)


def _share(people: FloatArray, beyond: FloatArray) -> float:
    """Return the share (0-1) of people beyond, from the (n_zones,) part of each zone beyond."""
    total = float(people.sum())
    return float((people * beyond).sum()) / total if total else 0.0


def _spread(ground: Ground) -> tuple[Territory, npt.NDArray[np.intp]]:
    """Return the territory as points spread over its zones, and the zone each point stands in."""
    wanted = int(ground.variant("spread_points"))
    points, owners = [], []
    for index, zone in enumerate(ground.territory.zones):
        for rank, point in enumerate(spread_points(zone, wanted)):
            points.append(replace(zone, id=f"{zone.id}-{rank}", point=point, contour=None))
            owners.append(index)
    return replace(ground.territory, zones=tuple(points)), np.array(owners, dtype=np.intp)
