"""Small timetables drawn or written by hand: a handful of stops, times of a few dozen seconds.

Small times make what is hard happen often: equal times, hops that take no time, changes in no
time, runs that leave as one arrives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from maillage.access.journeys.model import DayTimetable, Profiles, Walks, Window
from maillage.access.timetable.day import day_timetable
from maillage.access.timetable.model import (
    Calls,
    Feed,
    IntArray,
    Line,
    Network,
    Services,
    Stops,
    Transfers,
    Trips,
    Vehicle,
)

DAY = dt.date(2026, 9, 7)


@dataclass(frozen=True)
class Call:
    """A stop of a run: when it is there, whether one may board or alight."""

    stop: int
    arrival: int
    departure: int
    boards: bool = True
    alights: bool = True


Run = Sequence[Call]


def run(*calls: tuple[int, int] | tuple[int, int, int]) -> Run:
    """Write a run: (stop, time) or (stop, arrival, departure) for each of its calls."""
    return [Call(call[0], call[1], call[-1]) for call in calls]


def no_transfers() -> Transfers:
    """Return what a publisher that tells nothing of changes tells."""
    none = np.zeros(0, dtype=np.int32)
    return Transfers(none, none, none)


def make_network(n_stops: int, runs: Sequence[Run], blocks: Sequence[int] = ()) -> Network:
    """Return a network that runs on one day; run r is trip r, of bus line r, towards « Fin r ».

    ``blocks`` are those of the trips: none where none are given.
    """
    calls = [call for one in runs for call in one]
    numbers = np.arange(len(runs), dtype=np.int32)
    first = np.cumsum([0, *map(len, runs)], dtype=np.int32)
    stops = Stops(
        tuple(f"s{i}" for i in range(n_stops)),
        tuple(f"Arrêt {i}" for i in range(n_stops)),
        np.zeros((n_stops, 2)),
        np.arange(n_stops, dtype=np.int32),
        np.full(n_stops, -1, dtype=np.int8),
    )
    return Network(
        stops=stops,
        lines=tuple(Line(f"l{r}", str(r), "", Vehicle.BUS, "Réseau") for r in range(len(runs))),
        trips=Trips(
            tuple(f"t{r}" for r in range(len(runs))),
            numbers,
            np.zeros(len(runs), dtype=np.int32),
            tuple(f"Fin {r}" for r in range(len(runs))),
            np.full(len(runs), -1, dtype=np.int8),
            first,
            np.array(blocks or [-1] * len(runs), dtype=np.int32),
            np.zeros(len(runs), dtype=np.int32),
        ),
        calls=Calls(
            np.array([call.stop for call in calls], dtype=np.int32),
            np.array([call.arrival for call in calls], dtype=np.int32),
            np.array([call.departure for call in calls], dtype=np.int32),
            np.array([call.boards for call in calls], dtype=np.bool_),
            np.array([call.alights for call in calls], dtype=np.bool_),
            np.zeros(len(calls), dtype=np.bool_),
        ),
        services=Services(("every",), DAY, np.ones((1, 1), dtype=np.bool_)),
        transfers=no_transfers(),
        feeds=(Feed("drawn", "GTFS", "", "", DAY, DAY, len(runs), n_stops),),
    )


def make_day(network: Network) -> DayTimetable:
    """Return the one day of a network made here."""
    return day_timetable(network, DAY)


def make_walks(rows: Sequence[Mapping[int, int]]) -> Walks:
    """Return walks from rows of stop: seconds."""
    pairs = [pair for row in rows for pair in sorted(row.items())]
    table = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    first = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    return Walks(first, table[:, 0].copy(), table[:, 1].copy())


def make_place(walks: Mapping[int, int]) -> tuple[IntArray, IntArray]:
    """Return one place's walks from stop: seconds."""
    row = make_walks([walks])
    return row.stops, row.seconds


def journeys_of(profiles: Profiles, home: int) -> list[tuple[int, int]]:
    """Return one home's journeys: (departure, arrival)."""
    row = slice(profiles.first[home], profiles.first[home + 1])
    departures, arrivals = profiles.departures[row].tolist(), profiles.arrivals[row].tolist()
    return list(zip(departures, arrivals, strict=True))


@dataclass(frozen=True)
class Case:
    """Everything that one search is asked."""

    n_stops: int
    runs: tuple[tuple[Call, ...], ...]
    between: tuple[Mapping[int, int], ...]
    homes: tuple[Mapping[int, int], ...]
    place: Mapping[int, int]
    window: Window
    blocks: tuple[int, ...] = ()

    @property
    def network(self) -> Network:
        """The network of these runs, those of one block by one vehicle."""
        return make_network(self.n_stops, self.runs, self.blocks[: len(self.runs)])

    def asked(
        self,
    ) -> tuple[DayTimetable, Walks, Walks, tuple[IntArray, IntArray], Window]:
        """Return what a search takes."""
        return (
            make_day(self.network),
            make_walks(self.between),
            make_walks(self.homes),
            make_place(self.place),
            self.window,
        )


@st.composite
def runs_at(draw: st.DrawFn, n_stops: int) -> tuple[Call, ...]:
    """Draw one run of two to five calls."""
    time = draw(st.integers(0, 30))
    calls = []
    for _ in range(draw(st.integers(2, 5))):
        arrival = time + draw(st.sampled_from((0, 0, 1, 4, 7)))
        time = arrival + draw(st.sampled_from((0, 0, 1, 3)))
        stop = draw(st.integers(0, n_stops - 1))
        may = draw(st.sampled_from(((True, True),) * 4 + ((True, False), (False, True))))
        calls.append(Call(stop, arrival, time, *may))
    return tuple(calls)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw one question: up to six stops and eight runs, three homes."""
    n_stops = draw(st.integers(1, 6))

    def walks(seconds: Sequence[int]) -> st.SearchStrategy[dict[int, int]]:
        return st.dictionaries(st.integers(0, n_stops - 1), st.sampled_from(seconds), max_size=3)

    return Case(
        n_stops,
        tuple(draw(st.lists(runs_at(n_stops), max_size=8))),
        tuple(
            draw(walks((0, 1, 3))) | draw(st.sampled_from(({stop: 0}, {stop: 2}, {})))
            for stop in range(n_stops)
        ),
        tuple(draw(walks((0, 1, 2, 5))) for _ in range(3)),
        draw(walks((0, 1, 2, 5))),
        draw(st.sampled_from((Window(0, 90), Window(5, 60), Window(10, 30)))),
        draw(st.just(()) | st.tuples(*[st.sampled_from((-1, 0, 0, 1))] * 8)),
    )
