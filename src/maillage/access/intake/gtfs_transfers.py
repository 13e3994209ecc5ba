"""Changes that the publisher tells of: ``transfers.txt``."""

from __future__ import annotations

import numpy as np

from maillage.access.intake.gtfs_doubts import (
    CHANGE_AT_UNKNOWN_STOP,
    CHANGE_CONDITIONAL,
    CHANGE_IN_SEAT,
    CHANGE_TIME_NOT_READ,
    CHANGE_UNTIMED,
    UNREADABLE_VALUE,
)
from maillage.access.intake.gtfs_files import FeedFiles
from maillage.access.intake.gtfs_lines import ToldTrips
from maillage.access.intake.gtfs_places import Places
from maillage.access.intake.gtfs_values import UNTOLD, Whole
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import IntArray, Transfers

TRANSFERS = "transfers.txt"
_CONDITIONS = ("from_route_id", "to_route_id", "from_trip_id", "to_trip_id")
_NAMES = ("from_stop_id", "to_stop_id", "transfer_type", "min_transfer_time", *_CONDITIONS)
_TIMED, _MINIMUM, _IMPOSSIBLE = "1", "2", "3"
_IN_SEAT, _NOT_IN_SEAT = "4", "5"
IMPOSSIBLE_SECONDS = -1


def read_transfers(files: FeedFiles, places: Places, doubts: Doubts) -> Transfers:
    """Return the changes between stops, those of stations spread over their stops.

    Of two that tell of the same stops the more precise holds (stop to stop before station), then
    the shorter. Those without a duration, or of some lines only, are told, not read.
    """
    number = {stop: at for at, stop in enumerate(places.stops.ids)}
    members = _members(places)
    told: dict[tuple[int, int], tuple[int, int]] = {}
    table = files.read(TRANSFERS, _NAMES, doubts)
    for row, line in zip(table.rows(_NAMES), table.lines, strict=True):
        seconds = _seconds(row, line, doubts)
        if seconds is None:
            continue
        if row[0] not in number or row[1] not in number:
            doubts.tell(CHANGE_AT_UNKNOWN_STOP, TRANSFERS, f"{row[0]} → {row[1]}", line=line)
            continue
        origins, destinations = members[number[row[0]]], members[number[row[1]]]
        looseness = (len(origins) > 1) + (len(destinations) > 1)
        for pair in ((a, b) for a in origins for b in destinations):
            told[pair] = min(told.get(pair, (looseness, seconds)), (looseness, seconds))
    pairs = sorted(told)
    return Transfers(
        np.array([a for a, _ in pairs], dtype=np.int32),
        np.array([b for _, b in pairs], dtype=np.int32),
        np.array([told[pair][1] for pair in pairs], dtype=np.int32),
    )


def _members(places: Places) -> list[list[int]]:
    """Return, for each stop, the stops that what is told of it holds for."""
    stops = places.stops
    members: list[list[int]] = [[] for _ in stops.ids]
    for at, station in enumerate(stops.stations):
        if station != at:
            members[station].append(at)
    return [found or [at] for at, found in enumerate(members)]


def _seconds(row: tuple[str, ...], line: int, doubts: Doubts) -> int | None:
    """Return the seconds that a change needs, -1 = impossible, None where that is not told."""
    kind, needed = row[2], Whole()[row[3]]
    if kind in (_IN_SEAT, _NOT_IN_SEAT):
        return None
    if any(row[4:]):
        doubts.tell(CHANGE_CONDITIONAL, TRANSFERS, line=line)
    elif kind == _IMPOSSIBLE:
        return IMPOSSIBLE_SECONDS
    elif kind not in ("", "0", _TIMED, _MINIMUM) or needed < UNTOLD:
        doubts.tell(UNREADABLE_VALUE, TRANSFERS, f"{row[2]}, {row[3]}", line=line)
    elif kind == _MINIMUM and needed != UNTOLD:
        return needed
    elif kind == _TIMED:  # the one waits for the other
        return 0
    else:
        doubt = CHANGE_UNTIMED if needed == UNTOLD else CHANGE_TIME_NOT_READ
        doubts.tell(doubt, TRANSFERS, row[3], line=line)
    return None


def read_seats(files: FeedFiles, trips: ToldTrips, doubts: Doubts) -> IntArray:
    """Return the blocks of the trips, (n,): those told, and the in-seat changes from trip to trip.

    Both trips of such a change are put in one block; the second of one that is told not to be in
    the seat is taken out of its own. Changes of trips that are not known are told.
    """
    number = {trip: at for at, trip in enumerate(trips.ids)}
    blocks = trips.blocks.copy()
    names = ("transfer_type", "from_trip_id", "to_trip_id")
    table = files.read(TRANSFERS, names, Doubts(""))  # what its rows lack is told once elsewhere
    rows = sorted(zip(table.rows(names), table.lines, strict=True))
    for (kind, origin, destination), line in rows:
        ends = number.get(origin, -1), number.get(destination, -1)
        if kind in (_IN_SEAT, _NOT_IN_SEAT) and min(ends) < 0:
            doubts.tell(CHANGE_IN_SEAT, TRANSFERS, f"{origin} → {destination}", line=line)
        elif kind == _IN_SEAT:
            new = int(blocks.max()) + 1
            told = {int(blocks[end]) for end in ends} - {-1}
            blocks[np.isin(blocks, sorted(told))] = new
            blocks[list(ends)] = new
        elif kind == _NOT_IN_SEAT:
            blocks[ends[1]] = -1
    return blocks
