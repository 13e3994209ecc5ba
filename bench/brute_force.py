"""Earliest arrivals found in the plainest way, to hold the searches of journeys against.

No order of time, no queue: all hops at once are asked who can be aboard, all footpaths at once who
can be where, over and over until nothing changes.
"""

from __future__ import annotations

import numpy as np

from maillage.access.journeys.model import DayTimetable, Walks
from maillage.access.timetable.model import IntArray

NEVER = 1 << 40


class BruteForce:
    """The earliest alighting at every stop of one day, from stops that one is ready at."""

    def __init__(self, day: DayTimetable, between: Walks) -> None:
        vehicles = day.vehicles[day.runs]
        order = np.lexsort((np.arange(len(vehicles)), vehicles))
        self._origins, self._destinations = day.origins[order], day.destinations[order]
        self._departures, self._arrivals = day.departures[order], day.arrivals[order]
        self._boards, self._alights = day.boards[order], day.alights[order]
        begins = np.ones(len(order), dtype=bool)
        begins[1:] = np.diff(vehicles[order]) != 0
        self._chain_begins = np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))
        self._from = np.repeat(np.arange(day.n_stops), np.diff(between.first))
        self._to, self._seconds = between.stops, between.seconds
        self._n_stops = day.n_stops

    def alighting(self, stops: IntArray, ready: IntArray) -> np.ndarray:
        """Return the (n_stops,) first second at which one can get off, NEVER = not at all."""
        can_board = np.full(self._n_stops, NEVER)
        np.minimum.at(can_board, stops, ready)
        while True:
            boarded = self._boards & (can_board[self._origins] <= self._departures)
            last = np.maximum.accumulate(np.where(boarded, np.arange(len(boarded)), -1))
            off = (last >= self._chain_begins) & self._alights
            alighted = np.full(self._n_stops, NEVER)
            np.minimum.at(alighted, self._destinations[off], self._arrivals[off])
            sooner = can_board.copy()
            np.minimum.at(sooner, self._to, alighted[self._from] + self._seconds)
            if np.array_equal(sooner, can_board):
                return alighted
            can_board = sooner
