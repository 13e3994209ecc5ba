"""Puts what a NeTEx publication tells together in a network."""

from __future__ import annotations

import numpy as np

from maillage.access.intake import netex_doubts as doubt
from maillage.access.intake.netex_days import read_calendar, service_key, services_of
from maillage.access.intake.netex_lines import line_of, read_lines
from maillage.access.intake.netex_runs import Run, read_runs
from maillage.access.intake.netex_stops import StopBook, read_stops
from maillage.access.intake.netex_told import Told
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import (
    Calls,
    Feed,
    FlagArray,
    Line,
    Network,
    Transfers,
    Trips,
)
from maillage.access.timetable.weeks import to_whole_weeks
from maillage.kernel.progress import Progress


def build_network(told: Told, name: str, doubts: Doubts, progress: Progress) -> Network:
    """Return the network that a publication tells, its trips none where no run can be read."""
    book = read_stops(told, doubts)
    calendar = read_calendar(told, doubts)
    runs = read_runs(told, book, calendar, doubts, progress)
    lines = read_lines(told, runs, doubts)
    keys = sorted({service_key(run.journey) for run in runs}, key=repr)
    services = services_of(keys, calendar)
    numbers = {key: at for at, key in enumerate(keys)}
    running: FlagArray = np.asarray(services.runs.any(axis=0))
    first_day, last_day = to_whole_weeks(services.first_day, services.last_day, running)
    feed = Feed(
        name=name,
        kind="NeTEx",
        publisher=", ".join(sorted(told.publishers)),
        version=max(told.published, default=""),
        first_day=first_day,
        last_day=last_day,
        n_trips=len(runs),
        n_stops=len(book.stops.ids),
    )
    trips = _trips(told, runs, lines, [numbers[service_key(run.journey)] for run in runs])
    transfers = _transfers(told, book, doubts)
    return Network(book.stops, lines, trips, _calls(runs), services, transfers, (feed,))


def _trips(told: Told, runs: list[Run], lines: tuple[Line, ...], services: list[int]) -> Trips:
    numbers = {line.id: at for at, line in enumerate(lines)}
    keys = [line_of(run.journey, told) for run in runs]
    lengths = [len(run.calls) for run in runs]
    return Trips(
        ids=tuple(run.id for run in runs),
        lines=np.array([numbers[key] for key in keys], dtype=np.int32),
        services=np.array(services, dtype=np.int32),
        headsigns=tuple(_headsign(told, run) for run in runs),
        step_free=np.array(
            [_step_free(told, run, key) for run, key in zip(runs, keys, strict=True)],
            dtype=np.int8,
        ),
        first_call=np.cumsum([0, *lengths], dtype=np.int32),
        blocks=np.full(len(runs), -1, dtype=np.int32),
        headways=np.array([run.headway for run in runs], dtype=np.int32),
    )


def _headsign(told: Told, run: Run) -> str:
    pattern = told.patterns.get(run.journey.pattern)
    display = run.journey.display or (pattern.display if pattern else "")
    return told.displays.get(display) or ""


def _step_free(told: Told, run: Run, line: str) -> int:
    """Return what a run tells of wheelchairs, else its line."""
    if run.journey.step_free >= 0:
        return run.journey.step_free
    described = told.lines.get(line)
    return -1 if described is None else described.step_free


def _calls(runs: list[Run]) -> Calls:
    calls = [call for run in runs for call in run.calls]
    return Calls(
        stops=np.array([call.stop for call in calls], dtype=np.int32),
        arrivals=np.array([call.arrival for call in calls], dtype=np.int32),
        departures=np.array([call.departure for call in calls], dtype=np.int32),
        boards=np.array([call.boards for call in calls], dtype=np.bool_),
        alights=np.array([call.alights for call in calls], dtype=np.bool_),
        uncertain=np.repeat(
            np.array([run.journey.on_demand for run in runs], dtype=np.bool_),
            [len(run.calls) for run in runs],
        ),
    )


def _transfers(told: Told, book: StopBook, doubts: Doubts) -> Transfers:
    numbers = {key: at for at, key in enumerate(book.stops.ids)}
    found: dict[tuple[int, int], int] = {}
    for change in sorted(told.changes, key=repr):
        ends = [numbers.get(k, book.number(k)) for k in (change.origin, change.destination)]
        if min(ends) < 0:
            doubts.tell(doubt.CHANGE_UNKNOWN, "", change.origin)
            continue
        ways = [(ends[0], ends[1]), (ends[1], ends[0])][: 1 + change.both_ways]
        for way in ways:
            found[way] = max(change.seconds, found.get(way, 0))
    pairs = sorted(found)
    columns = np.array([(*pair, found[pair]) for pair in pairs], dtype=np.int32).reshape(-1, 3)
    return Transfers(columns[:, 0], columns[:, 1], columns[:, 2])
