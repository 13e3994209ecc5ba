"""Our own search of journeys: every useful journey of a day, to one place or from it, compiled.

A profile connection scan. The day is cut in hops; going over them from the last to the first, the
earliest arrival at the place from aboard each hop is known from the hops that it leads to, which
come later. All that does not depend on the place is worked out once (``connection_tables``).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np

from maillage.access.journeys.model import DayTimetable, Profiles, Walks, Window
from maillage.access.timetable.model import IntArray

if TYPE_CHECKING:
    from maillage.engines.connection_kernels import Found, Rows, Task
    from maillage.engines.connection_tables import Direction

T = TypeVar("T")
KEPT_BYTES = 1 << 29  # of tables made ready: those of a week both ways in a large network
KEPT_AT_LEAST = 4  # a day asked both ways by one set of homes makes four


class ConnectionScan:
    """The compiled search behind ``DaySearch``; may be asked by several threads at once.

    ``longest`` is the longest journey kept, in seconds from door to door. Days, footpaths and
    homes made ready are kept as long as they are among the last used: pass the same objects again.
    Raises MissingExtra, when asked, where numba is not installed.
    """

    name = "connection-scan"

    def __init__(self, longest: int | None = None) -> None:
        self._longest = longest
        self._kept = _Kept()
        self._desks = threading.local()

    def to_place(
        self,
        day: DayTimetable,
        between: Walks,
        homes: Walks,
        place: tuple[IntArray, IntArray],
        window: Window,
    ) -> Profiles:
        """Return the journeys of each home to one place within the window."""
        kernels, tables = _compiled_parts()
        ready = self._kept.get(("out", day, between), lambda: tables.outward(day, between))
        boardings = self._kept.get(
            ("out", day, between, homes), lambda: tables.boardings(ready, homes)
        )
        found, count = self._search(ready, boardings, place, (window.earliest, window.latest))
        kernels.turn_rows(found)
        return Profiles(
            found.first.copy(), found.departures[:count].copy(), found.arrivals[:count].copy()
        )

    def from_place(
        self,
        day: DayTimetable,
        between: Walks,
        homes: Walks,
        place: tuple[IntArray, IntArray],
        window: Window,
    ) -> Profiles:
        """Return the journeys from one place to each home: those to it, read backwards."""
        _, tables = _compiled_parts()
        ready = self._kept.get(("back", day, between), lambda: tables.backward(day, between))
        boardings = self._kept.get(
            ("back", day, between, homes), lambda: tables.boardings(ready, homes)
        )
        found, count = self._search(ready, boardings, place, (-window.latest, -window.earliest))
        return Profiles(found.first.copy(), -found.arrivals[:count], -found.departures[:count])

    def _search(
        self,
        ready: Direction,
        boardings: Rows,
        place: tuple[IntArray, IntArray],
        window: tuple[int, int],
    ) -> tuple[Found, int]:
        kernels, _ = _compiled_parts()
        walks = np.full(len(ready.slots.first) - 1, kernels.NEVER, dtype=np.int32)
        np.minimum.at(walks, place[0], place[1])
        task, found = self._desk(ready, boardings)
        kernels.scan(task, walks, *window)
        longest = kernels.NEVER if self._longest is None else self._longest
        count: int = kernels.gather(task, boardings, (window[0], longest), found)
        return found, count

    def _desk(self, ready: Direction, boardings: Rows) -> tuple[Task, Found]:
        """Return this thread's arrays to work in, long enough for this search."""
        kernels, _ = _compiled_parts()
        desk = self._desks.__dict__
        n_hops, n_homes = len(ready.hops.stays), len(boardings.first) - 1
        labels = _room(desk, "labels", n_hops + 1)
        slot_labels = _room(desk, "slot_labels", len(ready.slots.hops))
        task = kernels.Task(ready.hops, ready.slots, ready.onward, ready.spans, labels, slot_labels)
        found = kernels.Found(
            np.zeros(n_homes + 1, dtype=np.int32),
            _room(desk, "departures", len(boardings.items)),
            _room(desk, "arrivals", len(boardings.items)),
        )
        return task, found


class _Kept:
    """What was made ready, by the objects it was made of; the longest unused is let go."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: OrderedDict[tuple[int | str, ...], tuple[object, object]] = OrderedDict()
        self._bytes = 0

    def get(self, of: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what ``make`` gives, made once: threads wait for each other."""
        key = tuple(one if isinstance(one, str) else id(one) for one in of)
        with self._lock:
            if key not in self._made:
                self._made[key] = (of, make())  # holding ``of`` keeps its ids from being reused
                self._bytes += _bytes_of(self._made[key][1])
            self._made.move_to_end(key)
            while self._bytes > KEPT_BYTES and len(self._made) > KEPT_AT_LEAST:
                _, (_, unused) = self._made.popitem(last=False)
                self._bytes -= _bytes_of(unused)
            return cast("T", self._made[key][1])


def _bytes_of(made: object) -> int:
    """Return the bytes of the arrays of a table, which holds tables in its turn."""
    if isinstance(made, np.ndarray):
        return made.nbytes
    if is_dataclass(made):
        return sum(_bytes_of(getattr(made, field.name)) for field in fields(made))
    return sum(map(_bytes_of, made)) if isinstance(made, tuple) else 0


def _room(desk: dict[str, IntArray], name: str, size: int) -> IntArray:
    if name not in desk or len(desk[name]) < size:
        desk[name] = np.empty(size, dtype=np.int32)
    return desk[name]


def _compiled_parts() -> tuple[ModuleType, ModuleType]:
    from maillage.engines import connection_kernels, connection_tables

    return connection_kernels, connection_tables
