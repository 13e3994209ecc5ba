"""How many half-days of a week work, between both bounds, and nothing else of its visits.

It is what shares, losses and uncertainty are made of, and comes to what ``weeks_without_car``
counts, much sooner: whoever has every half-day that opens, on foot or by the bus supposed, is not
searched for, nor a lieu that opens nothing more to anybody, nor a day on which nothing opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from maillage.access.journeys.model import Walks
from maillage.access.offer import SERVICE_KEYS
from maillage.access.timetable.model import IntArray
from maillage.access.travel import Mode, Trip
from maillage.access.visits.any_time import minutes_both_ways, whole_seconds
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.find import Searched
from maillage.access.visits.model import OpeningOn, Starts, VisitKind
from maillage.access.visits.round_trips import NEVER
from maillage.access.visits.territory_visits import (
    AskedWeek,
    CountedVisit,
    Movement,
    Presences,
    WeekGround,
    bus_of_week,
    each_visit,
    presences_by_lieu,
    visit_windows,
)
from maillage.access.visits.week import CERTAINTIES, HalfDays, Presence
from maillage.access.visits.week_sums import HalfDaySums, bits_of, columns_of, rows_of
from maillage.kernel.progress import Progress

_Bits = tuple[npt.NDArray[np.int64], ...]
"""By kind of visit, the (10, 2, n) half-days that work, one bit each (see ``HalfDays``)."""
_Numbers = npt.NDArray[np.intp]
_Ways = tuple[IntArray, IntArray]


def half_days_by_mode(asked: AskedWeek, by: Movement, mode: Mode) -> tuple[HalfDays, ...]:
    """Return, by kind of visit, what works by a mode of the streets that leaves at any time.

    For walking, see ``HalfDaySearch``: one walks at a pace, and not farther than one can.
    """
    few = replace(asked, to=merged_presences(asked.to))
    ids = tuple(sorted({presence.lieu_id for presence in few.to.presences}))
    places = np.array([few.to.places[one] for one in ids], dtype=np.float64).reshape(-1, 2)
    out, back = minutes_both_ways(by.streets, few.homes, places, Trip(mode))
    bits = _at_any_time(few, ids, (whole_seconds(out), whole_seconds(back)))
    return _told(few, bits)


def merged_presences(to: Presences) -> Presences:
    """Return what opens, closed days and unknown hours left out.

    The presences of one lieu that always open together are made one, which gives what each gives.
    """
    held: dict[tuple[str, tuple[OpeningOn, ...]], list[Presence]] = {}
    for presence in to.presences:
        days = to.opened[presence.permanence_id]
        opened = tuple(day for day in days if day.ranges and day.certainty is not None)
        if presence.services and opened:
            held.setdefault((presence.lieu_id, opened), []).append(presence)
    merged = [
        replace(some[0], services=frozenset().union(*(one.services for one in some)))
        for some in held.values()
    ]
    opened_of = {one.permanence_id: days for one, (_, days) in zip(merged, held, strict=True)}
    return Presences(tuple(merged), to.places, opened_of)


class HalfDaySearch:
    """The half-days of a week without a car, searched once, then again with a change."""

    def __init__(self, searched: Searched, progress: Progress) -> None:
        """Search the week; ``found`` holds it."""
        self._asked = replace(searched.asked, to=merged_presences(searched.asked.to))
        self._by, self._progress = searched.by, progress
        self._ground, self._missing = searched.ground, searched.a_bus_is_missing
        ground = searched.ground
        self._foot = _at_any_time(self._asked, ground.lieu_ids, (ground.out, ground.back))
        self._bus = self._foot
        if self._missing:
            bus = bus_of_week(self._asked, self._by, replace(ground, transport=None))
            self._bus = _at_any_time(self._asked, ground.lieu_ids, (bus.out, bus.back))
        self._opens = _what_opens(self._asked, ground.lieu_ids)
        most = tuple(np.bitwise_or.reduce(one, axis=2, keepdims=True) for one in self._opens)
        self._low, self._high = self._search(ground, (most, most))

    def of_kind(self, kind: VisitKind) -> HalfDaySearch:
        """Return the same search for one of its kinds alone. Raises ValueError for another kind."""
        number = self._asked.kinds.index(kind)
        one = copy(self)
        one._keep(number)  # noqa: SLF001 - its own kind
        return one

    def _keep(self, number: int) -> None:
        """Forget every kind but one."""
        one = slice(number, number + 1)
        self._asked = replace(self._asked, kinds=self._asked.kinds[one])
        self._foot, self._bus, self._opens = self._foot[one], self._bus[one], self._opens[one]
        alone = self._low is self._high
        self._low, self._high = self._low[one], self._high[one]
        if alone:
            self._high = self._low

    @property
    def found(self) -> tuple[Bounds[HalfDays], ...]:
        """The half-days of each kind of visit, between both bounds; one where they are one."""
        return self._bounds(self._low, self._high)

    def on(self, ground: WeekGround) -> tuple[Bounds[HalfDays], ...]:
        """Return what works on the same ground with fewer runs: never more than what was found."""
        return self._bounds(*self._search(ground, (self._low, self._high)))

    def _bounds(self, low: _Bits, high: _Bits) -> tuple[Bounds[HalfDays], ...]:
        least = _told(self._asked, low)
        most = least if high is low else _told(self._asked, high)
        return tuple(Bounds(one, other) for one, other in zip(least, most, strict=True))

    def _search(self, ground: WeekGround, at_most: tuple[_Bits, _Bits]) -> tuple[_Bits, _Bits]:
        """Return both bounds; nobody is searched for who already has as much as there may be."""
        known = replace(ground, untold=None)
        low = self._with_rides(known, self._foot, at_most[0], by_bus=False)
        if not self._missing and ground.untold is None:
            return low, low
        fullest = ground.untold or known
        start = tuple(one | other for one, other in zip(low, self._bus, strict=True))
        return low, self._with_rides(fullest, start, at_most[1], by_bus=self._missing)

    def _with_rides(self, ground: WeekGround, have: _Bits, most: _Bits, *, by_bus: bool) -> _Bits:
        """Return what one has with what rides add to it, at most so much."""
        if ground.transport is None:
            return have
        lacking = tuple(other & ~one for one, other in zip(have, most, strict=True))
        found = tuple(bits.copy() for bits in have)
        for lieux, kinds in self._of_use(lacking).items():
            homes = np.flatnonzero(np.any([lacking[k].any(axis=(0, 1)) for k in kinds], axis=0))
            at = np.array(lieux, dtype=np.intp)
            if not by_bus:
                homes, at = _with_stops(ground.transport.homes, homes), _with_stops(ground.near, at)
            if len(homes) and len(at):
                asked = replace(self._asked, kinds=tuple(self._asked.kinds[k] for k in kinds))
                ridden = self._ridden(*_part_of(asked, ground, homes, at), by_bus=by_bus)
                for k, more in zip(kinds, ridden, strict=True):
                    found[k][:, :, homes] |= more
        return found

    def _of_use(self, lacking: _Bits) -> dict[tuple[int, ...], list[int]]:
        """Return the lieux that open what somebody lacks, each with the kinds of visit it is for.

        Kinds of visit that the same lieux are of use for are told together: they share journeys.
        """
        held: dict[tuple[int, ...], list[int]] = {}
        for number, (opens, bits) in enumerate(zip(self._opens, lacking, strict=True)):
            lacked = np.bitwise_or.reduce(bits, axis=2, keepdims=True)
            lieux = np.flatnonzero((opens & lacked).any(axis=(0, 1)))
            if len(lieux):
                held.setdefault(tuple(lieux.tolist()), []).append(number)
        return held

    def _ridden(self, asked: AskedWeek, ground: WeekGround, *, by_bus: bool) -> _Bits:
        bus = bus_of_week(asked, self._by, ground) if by_bus else None
        visits = each_visit(asked, self._by, (ground, bus), self._progress)
        return _summed(asked, (one for one in visits if one.by_bus == by_bus))


def _part_of(
    asked: AskedWeek, ground: WeekGround, homes: _Numbers, lieux: _Numbers
) -> tuple[AskedWeek, WeekGround]:
    """Return what is asked, and the week made ready, for some homes and some lieux only."""
    transport, near = ground.transport, ground.near
    if transport is not None:
        transport = replace(transport, homes=_rows(transport.homes, homes))
    ids = tuple(ground.lieu_ids[number] for number in lieux.tolist())
    some = replace(
        ground,
        lieu_ids=ids,
        places=ground.places[lieux],
        out=ground.out[np.ix_(homes, lieux)],
        back=ground.back[np.ix_(homes, lieux)],
        transport=transport,
        near=None if near is None else _rows(near, lieux),
    )
    there = tuple(one for one in asked.to.presences if one.lieu_id in ids)
    to = replace(asked.to, presences=there)
    return replace(asked, homes=asked.homes[homes], to=to), some


def _with_stops(walks: Walks | None, places: _Numbers) -> _Numbers:
    """Return the places from which one walks to some stop."""
    if walks is None:
        return places[:0]
    return places[np.diff(walks.first)[places] > 0]


def _rows(walks: Walks, places: _Numbers) -> Walks:
    lengths = np.diff(walks.first)[places]
    first = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    within = np.arange(first[-1]) - np.repeat(first[:-1], lengths)
    at = np.repeat(walks.first[places], lengths) + within
    return Walks(first, walks.stops[at], walks.seconds[at])


def _at_any_time(asked: AskedWeek, lieu_ids: Sequence[str], ways: _Ways) -> _Bits:
    """Return what works by (n, m) seconds out and back, that no timetable hinders.

    Days on which one presence opens alike are counted at once, for those who can go there at all.
    """
    out, back = ways
    lieux = presences_by_lieu(asked, lieu_ids)
    near = [
        np.flatnonzero((out[:, at] < NEVER) & (back[:, at] < NEVER)) for at in range(len(lieux))
    ]
    found = []
    for kind in asked.kinds:
        sums = HalfDaySums(len(out), kind, asked.days, asked.to.presences)
        for at, (presences, homes) in enumerate(zip(lieux, near, strict=True)):
            there, home = out[homes, at], back[homes, at]
            soon = there.astype(np.int64) + home <= kind.budget_minutes * 60
            going = homes[soon], there[soon], home[soon]
            for number in presences if len(going[0]) else ():
                bits = np.zeros((len(CERTAINTIES), len(out)), dtype=np.int64)
                for opening, days in _alike(asked, number):
                    counting, _ = columns_of(opening)
                    begin = visit_windows(opening, kind, asked.noon)
                    for half, goers in _goers(begin, (kind, *going)):
                        for column in counting:
                            bits[column, goers] |= bits_of(days, half)
                sums.add_bits(number, bits)
        found.append(sums.half_days().bits)
    return tuple(found)


def _goers(
    begin: Starts, going: tuple[VisitKind, _Numbers, IntArray, IntArray]
) -> Iterator[tuple[int, _Numbers]]:
    """Give each half of a day with who can go then, of those whose ways are short enough.

    As ``at_any_time`` has it.
    """
    kind, homes, there, home = going
    first = kind.leave_after * 60 + there
    last = (kind.back_by - kind.minutes) * 60 - home
    for at, half in enumerate(begin.half_days.tolist()):
        earliest, latest = begin.earliest[at], begin.latest[at]
        yield half, homes[np.maximum(first, earliest) <= np.minimum(last, latest)]


def _alike(asked: AskedWeek, presence: int) -> list[tuple[OpeningOn, list[int]]]:
    """Return the openings of one presence that differ, each with its days, by number."""
    numbers = {day: number for number, day in enumerate(asked.days)}
    held: dict[object, tuple[OpeningOn, list[int]]] = {}
    for opening in asked.to.opened[asked.to.presences[presence].permanence_id]:
        alike = (opening.ranges, opening.certainty)
        held.setdefault(alike, (opening, []))[1].append(numbers[opening.date])
    return list(held.values())


def _summed(asked: AskedWeek, visits: Iterable[CountedVisit]) -> _Bits:
    n_homes, presences = len(asked.homes), asked.to.presences
    sums = [HalfDaySums(n_homes, kind, asked.days, presences) for kind in asked.kinds]
    for one in visits:
        sums[one.kind].add(one.visit)
    return tuple(each.half_days().bits for each in sums)


def _what_opens(asked: AskedWeek, lieu_ids: Sequence[str]) -> _Bits:
    """Return (10, 2, m) what each lieu would give to whoever lives next door."""
    found = []
    for kind in asked.kinds:
        every = np.zeros((len(SERVICE_KEYS), len(CERTAINTIES), len(lieu_ids)), dtype=np.int64)
        for lieu, presences in enumerate(presences_by_lieu(asked, lieu_ids)):
            for number in presences:
                bits = np.zeros(len(CERTAINTIES), dtype=np.int64)
                for opening, days in _alike(asked, number):
                    counting, _ = columns_of(opening)
                    for half in visit_windows(opening, kind, asked.noon).half_days.tolist():
                        bits[counting] |= bits_of(days, half)
                every[rows_of(asked.to.presences[number]), :, lieu] |= bits
        found.append(every)
    return tuple(found)


def _told(asked: AskedWeek, bits: _Bits) -> tuple[HalfDays, ...]:
    return tuple(HalfDays.of(kind, one) for kind, one in zip(asked.kinds, bits, strict=True))
