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
    """What runs and where from: the distinct days' timetables, footpaths, walks of the n homes."""

    days: tuple[DayTimetable, ...]
    between: Walks
    homes: Walks


@dataclass(frozen=True, slots=True, eq=False)
class AskedDay:
    """One day of one place: its timetable's number (None = no timetable), windows and terms.

    ``supposing``: by the supposed ways of the place too.
    """

    timetable: int | None
    starts: Starts
    terms: Terms
    supposing: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class AskedPlace:
    """One place and what is asked of it.

    ``stops`` are the (k,) stops near it and the (k,) seconds to each; ``direct_out`` and
    ``direct_back`` (n_homes,) are the seconds without a timetable, NEVER = one cannot. ``supposed``
    are those out and back that stand in their stead on days that ask for it.
    """

    stops: tuple[IntArray, IntArray]
    direct_out: IntArray
    direct_back: IntArray
    days: tuple[AskedDay, ...]
    supposed: tuple[IntArray, IntArray] | None = None

    def direct(self, day: AskedDay) -> tuple[IntArray, IntArray]:
        """Return the ways out and back without a timetable that a day counts with."""
        known = self.direct_out, self.direct_back
        return self.supposed if day.supposing and self.supposed is not None else known


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
    """Return the best visits of one place, one journey search each way for each timetable."""
    found = {
        timetable: _profiles(searches.journeys, transport, place, timetable)
        for timetable in {day.timetable for day in place.days}
    }
    return tuple(
        searches.visits.best(
            Ways(*found[day.timetable], *place.direct(day)),
            day.starts,
            day.terms,
        )
        for day in place.days
    )


def _profiles(
    search: DaySearch, transport: Transport, place: AskedPlace, timetable: int | None
) -> tuple[Profiles, Profiles]:
    """Return the journeys out and back that any visit under one timetable could use."""
    windows = _windows(day for day in place.days if day.timetable == timetable)
    if timetable is None or windows is None or not len(place.stops[0]):
        nothing = no_profiles(len(place.direct_out))
        return nothing, nothing
    day, between, homes = transport.days[timetable], transport.between, transport.homes
    return (
        search.to_place(day, between, homes, place.stops, windows[0]),
        search.from_place(day, between, homes, place.stops, windows[1]),
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
