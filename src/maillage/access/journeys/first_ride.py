"""What one boards first, when all that is known of a journey is when it leaves the door."""

from __future__ import annotations

import numpy as np

from maillage.access.journeys.model import DayTimetable
from maillage.access.timetable.model import IntArray, Network, Vehicle


def first_rides(
    network: Network, day: DayTimetable, place: tuple[IntArray, IntArray], leave: int
) -> set[tuple[int, Vehicle]]:
    """Return when, and what, one can board without waiting, leaving a place at a second told.

    ``place`` are the (k,) stops near it and the (k,) seconds to each. A useful journey waits at no
    first stop: what it boards is among these. Wherever they lead: usually they are one.
    """
    seconds = np.full(day.n_stops, -1, dtype=np.int64)
    order = np.argsort(-place[1], kind="stable")  # told twice, the shortest comes last
    seconds[place[0][order]] = place[1][order]
    walked = seconds[day.origins]
    boarded = day.boards & (walked >= 0) & (day.departures - walked == leave)
    lines = network.trips.lines[day.trips[day.runs[boarded]]].tolist()
    departures = day.departures[boarded].tolist()
    return {
        (departure, network.lines[line].vehicle)
        for departure, line in zip(departures, lines, strict=True)
    }
