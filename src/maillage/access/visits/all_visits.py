"""The visits that every home can make of every place: all journeys both ways, then the best trips.

One place after the other, so that memory holds a few places' journeys and no more; the engines
may work in several threads.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

from maillage.access.journeys.model import DaySearch, DayTimetable, Profiles, Walks, Window
from maillage.access.timetable.model import IntArray
from maillage.access.visits.model import RoundTrips, Starts
from maillage.access.visits.round_trips import Terms, VisitSearch, Ways, no_profiles
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress


@dataclass(frozen=True, slots=True, eq=False)
class Transport:
    """What runs and where from: the distinct days' timetables, footpaths, walks of the n homes.

    ``homes_supposed`` are the ways to stops on days that suppose a bus; None = nothing is supposed.
    """

    days: tuple[DayTimetable, ...]
    between: Walks
    homes: Walks
    homes_supposed: Walks | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Supposed:
    """The supposed ways of one place: (n_homes,) seconds out and back, and its ways to stops."""

    out: IntArray
    back: IntArray
    stops: tuple[IntArray, IntArray]


@dataclass(frozen=True, slots=True, eq=False)
class AskedDay:
    """One day of one place: its timetable's number (None = no timetable), windows and terms.

    ``supposing``: by the supposed ways of the place too.
    """

    timetable: int | None
    starts: Starts
    terms: Terms
    supposing: bool = False

    @property
    def key(self) -> tuple[int | None, bytes, Terms, bool]:
        """What tells days apart: equal keys have equal visits."""
        return self.timetable, self.starts.key, self.terms, self.supposing


@dataclass(frozen=True, slots=True, eq=False)
class AskedPlace:
    """One place and what is asked of it.

    ``stops`` are the (k,) stops near it and the (k,) seconds to each; ``direct_out`` and
    ``direct_back`` (n_homes,) are the seconds without a timetable, NEVER = one cannot. ``supposed``
    stand in their stead on days that ask for it.
    """

    stops: tuple[IntArray, IntArray]
    direct_out: IntArray
    direct_back: IntArray
    days: tuple[AskedDay, ...]
    supposed: Supposed | None = None

    def direct(self, day: AskedDay) -> tuple[IntArray, IntArray]:
        """Return the ways out and back without a timetable that a day counts with."""
        if day.supposing and self.supposed is not None:
            return self.supposed.out, self.supposed.back
        return self.direct_out, self.direct_back


@dataclass(frozen=True, slots=True)
class Searches:
    """The engines that find journeys and visits, and how many threads they work in."""

    journeys: DaySearch
    visits: VisitSearch
    threads: int = 2


def all_visits(
    searches: Searches,
    transport: Transport,
    places: Sequence[AskedPlace],
    progress: Progress,
) -> Iterator[tuple[RoundTrips, ...]]:
    """Give, for each place in order, the best visits of each of its days: (n_homes, k) each.

    To cancel, close the iterator or raise from ``progress``: no further place is begun.
    """
    progress.step(tr("Visites possibles, lieu par lieu"), len(places))
    with ThreadPoolExecutor(searches.threads) as pool:
        waiting: deque[Future[tuple[RoundTrips, ...]]] = deque()
        left = iter(places)
        try:
            for place in islice(left, 2 * searches.threads):
                waiting.append(pool.submit(_visits, searches, transport, place))
            while waiting:
                done = waiting.popleft().result()
                for place in islice(left, 1):
                    waiting.append(pool.submit(_visits, searches, transport, place))
                progress.advance()
                yield done
        finally:
            for future in waiting:
                future.cancel()


def _visits(searches: Searches, transport: Transport, place: AskedPlace) -> tuple[RoundTrips, ...]:
    """Return the best visits of one place, one journey search each way for each timetable.

    Days alike in windows, terms and ways are searched once: most weeks have five.
    """
    found = {
        asked: _profiles(searches.journeys, transport, place, asked)
        for asked in {(day.timetable, day.supposing) for day in place.days}
    }
    best: dict[object, RoundTrips] = {}
    keys = [_key(place, day) for day in place.days]
    for key, day in zip(keys, place.days, strict=True):
        if key not in best:
            ways = Ways(*found[day.timetable, day.supposing], *place.direct(day))
            best[key] = searches.visits.best(ways, day.starts, day.terms)
    return tuple(best[key] for key in keys)


def _key(place: AskedPlace, day: AskedDay) -> tuple[object, ...]:
    """Return what tells days of a place apart: far from any stop, not their timetables."""
    far = not len(place.stops[0]) and not day.supposing
    return (None, *day.key[1:]) if far else day.key


def _profiles(
    search: DaySearch, transport: Transport, place: AskedPlace, asked: tuple[int | None, bool]
) -> tuple[Profiles, Profiles]:
    """Return the journeys out and back that any visit by one timetable, supposing, could use."""
    timetable, supposing = asked
    windows = _windows(day for day in place.days if (day.timetable, day.supposing) == asked)
    homes, stops = transport.homes, place.stops
    if supposing and transport.homes_supposed is not None and place.supposed is not None:
        homes, stops = transport.homes_supposed, place.supposed.stops
    if timetable is None or windows is None or not len(stops[0]):
        nothing = no_profiles(len(place.direct_out))
        return nothing, nothing
    day, between = transport.days[timetable], transport.between
    return (
        search.to_place(day, between, homes, stops, windows[0]),
        search.from_place(day, between, homes, stops, windows[1]),
    )


def _windows(days: Iterable[AskedDay]) -> tuple[Window, Window] | None:
    """Return when one may be on the way out, and on the way back; None = there is no window."""
    asked = [day for day in days if len(day.starts.earliest)]
    if not asked:
        return None
    out = Window(
        min(day.terms.leave_after for day in asked),
        max(int(day.starts.latest.max()) for day in asked),
    )
    back = Window(
        min(int(day.starts.earliest.min()) + day.terms.serve for day in asked),
        max(day.terms.back_by for day in asked),
    )
    return out, back
