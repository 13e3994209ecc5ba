"""What a search of journeys is given, and what it gives: arrays of whole seconds.

One day's connections, the walks between stops, the walks between places and stops. The answer is a
*profile*: of all journeys that a person could take that day, those that no other beats by leaving
later and arriving earlier. Walking all the way is not in it: it needs no timetable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from maillage.access.timetable.model import DayTimetable, IntArray

__all__ = ["DaySearch", "DayTimetable", "Profiles", "Walks", "Window"]


@dataclass(frozen=True, slots=True, eq=False)
class Walks:
    """Walks from each of n places to stops, in rows laid end to end.

    The walks of place i are ``stops[first[i] : first[i + 1]]`` and ``seconds`` likewise; ``first``
    is (n + 1,). Within a row stops go up and are told once. Between stops (footpaths) row i holds
    i itself, with the seconds that a change there needs. A walk takes as long both ways.
    """

    first: IntArray
    stops: IntArray
    seconds: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """The useful journeys of each of n places, in rows laid end to end, in order of departure.

    Of place i: ``departures[first[i] : first[i + 1]]`` and ``arrivals`` likewise, both strictly
    going up: to arrive earlier one must leave earlier.
    """

    first: IntArray
    departures: IntArray
    arrivals: IntArray


@dataclass(frozen=True, slots=True)
class Window:
    """From when one may leave to when one must have arrived, in seconds of the day."""

    earliest: int
    latest: int


class DaySearch(Protocol):
    """An engine that finds every useful journey of a day, to one place or from one place."""

    @property
    def name(self) -> str:
        """Short stable name (``connection-scan``)."""

    def to_place(
        self,
        day: DayTimetable,
        between: Walks,
        homes: Walks,
        place: tuple[IntArray, IntArray],
        window: Window,
    ) -> Profiles:
        """Return the journeys of each home to one place within the window.

        ``between`` are the footpaths (n_stops rows), ``homes`` the walks of the homes, ``place``
        the (k,) stops near the place and the (k,) seconds between it and each. One rides at least
        once, changes where footpaths lead (a change takes the footpath's seconds), walks at both
        ends; departures are from the door, arrivals at the door.
        """

    def from_place(
        self,
        day: DayTimetable,
        between: Walks,
        homes: Walks,
        place: tuple[IntArray, IntArray],
        window: Window,
    ) -> Profiles:
        """Return the journeys from one place to each home within the window: the same, reversed."""
