"""The passing times of one NeTEx run, put on the stops of its pattern."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np

from maillage.access.intake import netex_doubts as doubt
from maillage.access.intake.netex_stops import StopBook
from maillage.access.intake.netex_told import JourneyTold, Passing, Pattern, PatternPoint, Told
from maillage.access.timetable.distances import along_km
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import DAY_SECONDS

_HALF_DAY = DAY_SECONDS // 2


@dataclass(slots=True)
class Call:
    """One stop of a run: its number (-1 = no place), seconds or None, what may be done there."""

    stop: int
    arrival: int | None
    departure: int | None
    boards: bool
    alights: bool


@dataclass(frozen=True, slots=True)
class Timed:
    """One stop of a run with its seconds."""

    stop: int
    arrival: int
    departure: int
    boards: bool
    alights: bool


class CallBuilder:
    """Puts runs on their stops, telling what cannot be."""

    def __init__(self, told: Told, book: StopBook, doubts: Doubts) -> None:
        self._told, self._book, self._doubts = told, book, doubts
        self.unplaced: set[str] = set()  # scheduled stop points called at, without a place

    def build(self, key: str, journey: JourneyTold) -> tuple[Timed, ...]:
        """Return the calls of a run in order, none where it cannot be read (then told why)."""
        calls = self._matched(key, journey)
        calls = self._with_ends_cut(key, calls)
        if not calls:
            return ()
        timed = self._estimated(calls)
        forward = self._forward(key, timed)
        kept = tuple(call for call in forward if call.stop >= 0)
        if forward and len(kept) < 2:
            self._doubts.tell(doubt.TOO_SHORT, "", key)
            return ()
        return kept

    def _matched(self, key: str, journey: JourneyTold) -> list[Call]:
        """Return the points of a run with the times told for each, None where none is."""
        pattern = self._told.patterns.get(journey.pattern)
        points = journey.points or (pattern.points if isinstance(pattern, Pattern) else ())
        if not journey.passings:
            self._doubts.tell(doubt.WITHOUT_TIMES, "", key)
            return []
        if not points:
            self._doubts.tell(doubt.WITHOUT_PATTERN, "", key)
            return []
        times = _times(points, journey.passings)
        if times is None:
            self._doubts.tell(doubt.TIMES_UNMATCHED, "", key)
            return []
        return [self._call(point, time) for point, time in zip(points, times, strict=True)]

    def _call(self, point: PatternPoint, time: Passing) -> Call:
        stop = self._book.number(point.stop)
        if point.stop and stop < 0:
            self.unplaced.add(point.stop)
        arrival = time.departure if time.arrival is None else time.arrival
        departure = time.arrival if time.departure is None else time.departure
        return Call(stop, arrival, departure, point.boards, point.alights)

    def _with_ends_cut(self, key: str, calls: list[Call]) -> list[Call]:
        timed = [at for at, call in enumerate(calls) if call.arrival is not None]
        if calls and not timed:
            self._doubts.tell(doubt.WITHOUT_TIMES, "", key)
            return []
        if calls and len(calls) != timed[-1] - timed[0] + 1:
            self._doubts.tell(doubt.ENDS_UNTIMED, "", key)
        return calls[timed[0] : timed[-1] + 1] if timed else []

    def _estimated(self, calls: list[Call]) -> list[Timed]:
        timed = [at for at, call in enumerate(calls) if call.arrival is not None]
        missing = len(calls) - len(timed)
        if missing:
            self._doubts.tell(doubt.TIMES_ESTIMATED, "", n=missing)
        for before, after in itertools.pairwise(timed):
            if after - before > 1:
                self._fill(calls[before : after + 1])
        return [Timed(c.stop, c.arrival or 0, c.departure or 0, c.boards, c.alights) for c in calls]

    def _fill(self, calls: list[Call]) -> None:
        """Give times between the first and the last call, by the straight-line way between."""
        begin, end = calls[0].departure or 0, calls[-1].arrival or 0
        shares = self._shares([call.stop for call in calls])
        for call, share in zip(calls[1:-1], shares, strict=True):
            call.arrival = call.departure = begin + math.floor(share * (end - begin))

    def _shares(self, stops: list[int]) -> list[float]:
        """Return how much of the way is done at each stop between the first and the last."""
        gone = np.arange(float(len(stops)))
        if min(stops) >= 0:
            one_trip = np.zeros(len(stops), dtype=np.int32)
            along = np.cumsum(along_km(self._book.stops.places[stops], one_trip))
            gone = along if along[-1] > 0 else gone
        return [float(one) for one in gone[1:-1] / gone[-1]]

    def _forward(self, key: str, calls: list[Timed]) -> list[Timed]:
        """Return the calls if their times never go back, but for a midnight that isn't told."""
        told = [time for call in calls for time in (call.arrival, call.departure)]
        passed = _midnights(told)
        later = [time + DAY_SECONDS * days for time, days in zip(told, passed, strict=True)]
        if any(b < a for a, b in itertools.pairwise(later)):
            self._doubts.tell(doubt.TIMES_BACKWARDS, "", key)
            return []
        if later != told:
            self._doubts.tell(doubt.MIDNIGHT_GUESSED, "", key)
        pairs = zip(calls, later[::2], later[1::2], strict=True)
        return [Timed(c.stop, a, d, c.boards, c.alights) for c, a, d in pairs]


def _midnights(times: list[int]) -> list[int]:
    """Return how many midnights each time has passed without saying, if no day is told at all."""
    if max(times) >= DAY_SECONDS or min(times) < 0:
        return [0] * len(times)
    passed, result = 0, []
    for before, time in zip([times[0], *times], times, strict=False):
        passed += before - time > _HALF_DAY
        result.append(passed)
    return result


_NONE = Passing("", None, None)


def _times(points: tuple[PatternPoint, ...], passings: tuple[Passing, ...]) -> list[Passing] | None:
    """Return the passing of each point: by its id, else by its rank; None where neither holds."""
    by_id = {passing.point: passing for passing in passings}
    known = {point.id for point in points}
    if "" not in by_id and len(by_id) == len(passings) and by_id.keys() <= known:
        return [by_id.get(point.id, _NONE) for point in points]
    return list(passings) if len(passings) == len(points) else None
