"""When visits may begin at many permanences over some days, laid end to end in arrays.

Permanences that open alike share one piece of work: a directory tells few different weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage.access.timetable.model import FlagArray, IntArray
from maillage.access.visits.model import Certainty, OpeningOn, Starts, VisitKind
from maillage.access.visits.starts import starts

NO_LIEU = -1
"""The lieu of a permanence that stands nowhere on the map."""


@dataclass(frozen=True, slots=True, eq=False)
class OpenWindows:
    """The w windows in which a visit may begin at n permanences, in order of permanence and day.

    Those of permanence i are ``first[i]`` to ``first[i + 1]`` of the (w,) arrays: ``lieux`` the
    number of its lieu (NO_LIEU = none), ``days`` the number of the day, ``halves`` 0 in the morning
    and 1 in the afternoon, ``spans`` a row of the (k, 3) ``table`` of different windows (earliest
    and latest start, closing, in seconds), ``certain`` whether the hours are told. ``unknown`` (n,)
    tells of whom no day at all is known.
    """

    first: IntArray
    lieux: IntArray
    days: IntArray
    halves: IntArray
    spans: IntArray
    certain: FlagArray
    table: IntArray
    unknown: FlagArray

    def rows_of(self, permanences: IntArray) -> tuple[IntArray, IntArray]:
        """Return the windows of some permanences, and for each its position among them."""
        lengths = self.first[permanences + 1] - self.first[permanences]
        owners = np.repeat(np.arange(len(permanences), dtype=np.int32), lengths)
        before = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(lengths) else lengths
        within = np.arange(len(owners)) - np.repeat(before, lengths)
        rows = np.repeat(self.first[permanences], lengths) + within
        return rows.astype(np.int32), owners

    def starts(self, rows: IntArray) -> Starts:
        """Return some windows as starts, side by side."""
        earliest, latest, closing = self.table[self.spans[rows]].T
        return Starts(self.halves[rows], earliest, latest, closing)


def open_windows(
    lieux: IntArray, opened: Sequence[tuple[OpeningOn, ...]], kind: VisitKind, noon: int
) -> OpenWindows:
    """Return the windows of n permanences, of lieux (n,) by number, opened on the same days.

    ``noon`` is the minute that cuts half-days. A day of which nothing is known has no window.
    """
    weeks = _Weeks(kind, noon)
    parts = [weeks.of(one) for one in opened]
    lengths = np.array([part.shape[1] for part in parts], dtype=np.int32)
    first = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    none = np.zeros((4, 0), dtype=np.int32)
    days, halves, spans, certain = np.concatenate([none, *parts], axis=1)
    return OpenWindows(
        first,
        np.repeat(lieux, lengths).astype(np.int32),
        days,
        halves,
        spans,
        certain.astype(np.bool_),
        np.array(list(weeks.spans), dtype=np.int32).reshape(-1, 3),
        np.array([weeks.is_unknown(one) for one in opened], dtype=np.bool_),
    )


class _Weeks:
    """Different weeks of opening, each worked out once; ``spans`` numbers different windows."""

    def __init__(self, kind: VisitKind, noon: int) -> None:
        self._kind, self._noon = kind, noon
        self._known: dict[int, tuple[tuple[OpeningOn, ...], IntArray]] = {}
        self.spans: dict[tuple[int, int, int], int] = {}

    def of(self, opened: tuple[OpeningOn, ...]) -> IntArray:
        """Return (4, k): day, half, span and certainty of each window."""
        if id(opened) not in self._known:
            self._known[id(opened)] = opened, self._made(opened)  # held, its id is not reused
        return self._known[id(opened)][1]

    @staticmethod
    def is_unknown(opened: tuple[OpeningOn, ...]) -> bool:
        """Tell whether nothing is known of any day."""
        return all(one.certainty is None for one in opened)

    def _made(self, opened: tuple[OpeningOn, ...]) -> IntArray:
        rows: list[tuple[int, int, int, int]] = []
        for day, one in enumerate(opened):
            if one.certainty is None or not one.ranges:
                continue
            begin = starts(one, self._kind, self._noon)
            ends = begin.latest if begin.closings is None else begin.closings
            columns = (begin.half_days, begin.earliest, begin.latest, ends)
            for half, *span in zip(*(column.tolist() for column in columns), strict=True):
                number = self.spans.setdefault((span[0], span[1], span[2]), len(self.spans))
                rows.append((day, half, number, int(one.certainty is Certainty.CERTAIN)))
        return np.array(rows, dtype=np.int32).reshape(-1, 4).T
