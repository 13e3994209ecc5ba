"""The compiled engine behind ``VisitSearch``: the best visit of each home in each window."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from maillage.access.journeys.model import Profiles
from maillage.access.timetable.model import IntArray
from maillage.access.visits.model import Obstacle, RoundTrips, Starts
from maillage.access.visits.round_trips import Terms, Ways, closings

_OBSTACLES = (Obstacle.NONE, Obstacle.NO_WAY_OUT, Obstacle.NO_WAY_BACK)


class CompiledVisits:
    """Finds the best visits in one pass over the profiles; threads run it side by side.

    Raises MissingExtra, when asked, where numba is not installed.
    """

    name = "round-trips"

    def best(self, ways: Ways, starts: Starts, terms: Terms) -> RoundTrips:
        """Return the best visits, (n, k): the shortest absence, of two the later to leave."""
        from maillage.engines import round_trip_kernels as kernels

        def lists(profiles: Profiles) -> kernels.Lists:
            """Return profiles as kernels take them."""
            columns = profiles.first, profiles.departures, profiles.arrivals
            return kernels.Lists(*map(_plain, columns))

        shape = len(ways.direct_out), len(starts.earliest)
        leave, start, back, spare = (np.full(shape, -1, dtype=np.int32) for _ in range(4))
        obstacle = np.zeros(shape, dtype=np.int32)
        kernels.best_visits(
            kernels.Ways(
                lists(ways.out),
                lists(ways.back),
                _plain(ways.direct_out),
                _plain(ways.direct_back),
            ),
            kernels.Windows(
                _plain(starts.earliest),
                _plain(starts.latest),
                _plain(closings(starts, terms.serve)),
            ),
            kernels.Terms(terms.serve, terms.leave_after, terms.back_by),
            kernels.Best(leave, start, back, spare, obstacle),
        )
        numbers = np.array([one.number for one in _OBSTACLES], dtype=np.int8)
        return RoundTrips(leave, start, back, spare, numbers[obstacle])


def _plain(values: npt.ArrayLike) -> IntArray:
    """Return the array itself where kernels take it as it is, a copy of it otherwise."""
    return np.require(values, dtype=np.int32, requirements=("C", "W"))
