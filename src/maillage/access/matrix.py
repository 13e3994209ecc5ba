"""How long from each of some points to each of others, by public transport, on one day.

One leaves at a time, or at each minute of a window: then the median is told, so that a figure does
not hang on whether one just missed the bus. Walking all the way counts, as far as one walks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillage.access.journeys.model import DaySearch, DayTimetable, Profiles, Walks, Window
from maillage.kernel.geometry import FloatArray
from maillage.kernel.progress import Progress

_MINUTE = 60
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class TransitPlan:
    """What one day's journeys are searched in: timetable, footpaths, and the engine."""

    search: DaySearch
    day: DayTimetable
    between: Walks


@dataclass(frozen=True, slots=True)
class Departure:
    """When one leaves, in seconds of the day, and during how many minutes one may leave (0 = then).

    ``longest_minutes``: what takes longer counts as unreachable.
    """

    at: int
    window_minutes: int
    longest_minutes: int

    @property
    def times(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """The seconds of the day at which one leaves: each minute of the window."""
        return self.at + _MINUTE * np.arange(max(1, self.window_minutes), dtype=np.int64)

    @property
    def search_window(self) -> Window:
        """From the first departure to the latest arrival that counts."""
        return Window(self.at, int(self.times[-1]) + _MINUTE * self.longest_minutes)


def transit_matrix(
    plan: TransitPlan,
    ends: tuple[Walks, Walks],
    on_foot: FloatArray,
    departure: Departure,
    progress: Progress,
) -> FloatArray:
    """Return the (n, m) minutes, inf = unreachable; the median over the departures of the window.

    ``ends`` are the walks to stops of the origins and of the destinations, ``on_foot`` the (n, m)
    minutes of walking all the way. The search goes from the side that has fewer points.
    """
    origins, destinations = ends
    n, m = on_foot.shape
    minutes = np.full((n, m), np.inf)
    window = departure.search_window
    if m <= n:
        for j in range(m):
            found = plan.search.to_place(
                plan.day, plan.between, origins, walks_of(destinations, j), window
            )
            minutes[:, j] = _medians(found, on_foot[:, j], departure)
            progress.advance()
    else:
        for i in range(n):
            found = plan.search.from_place(
                plan.day, plan.between, destinations, walks_of(origins, i), window
            )
            minutes[i] = _medians(found, on_foot[i], departure)
            progress.advance()
    return minutes


def walks_of(
    walks: Walks, place: int
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int32]], np.ndarray[tuple[int], np.dtype[np.int32]]]:
    """Return the stops near one place, and the seconds to each."""
    row = slice(int(walks.first[place]), int(walks.first[place + 1]))
    return walks.stops[row], walks.seconds[row]


def _medians(found: Profiles, on_foot: FloatArray, departure: Departure) -> FloatArray:
    """Return the (n,) median minutes of the places of a profile."""
    return np.array(
        [_median(found, place, walk, departure) for place, walk in enumerate(on_foot)],
        dtype=np.float64,
    )


def _median(found: Profiles, place: int, walk: float, departure: Departure) -> float:
    row = slice(int(found.first[place]), int(found.first[place + 1]))
    leaves = found.departures[row].astype(np.int64)
    arrives = np.append(found.arrivals[row].astype(np.int64), _NEVER)
    times = departure.times
    next_one = np.searchsorted(leaves, times, side="left")
    ridden = np.where(
        arrives[next_one] == _NEVER, np.inf, (arrives[next_one] - times) / float(_MINUTE)
    )
    each = np.minimum(ridden, walk)
    each[each > departure.longest_minutes] = np.inf
    middle = np.sort(each)[[(len(each) - 1) // 2, len(each) // 2]]
    return float(middle[1]) if np.isinf(middle[1]) else float(middle.mean())
