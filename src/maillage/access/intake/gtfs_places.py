"""Stops and stations: ``stops.txt``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage.access.intake.gtfs_doubts import (
    ID_TWICE,
    ROW_WITHOUT_ID,
    STATION_UNKNOWN,
    STOP_WITHOUT_PLACE,
    UNREADABLE_VALUE,
)
from maillage.access.intake.gtfs_files import FeedFiles
from maillage.access.intake.gtfs_values import degrees
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import FlagArray, Stops, TriArray
from maillage.kernel.words import visible

STOPS = "stops.txt"
_NAMES = (
    "stop_id", "stop_name", "stop_lat", "stop_lon", "location_type", "parent_station",
    "wheelchair_boarding",
)  # fmt: skip
_PLATFORM, _STATION = ("", "0"), "1"
_KNOWN_TYPES = {"", "0", "1", "2", "3", "4"}  # 2 entrance, 3 node, 4 boarding area: not read
TRI = {"1": 1, "2": 0}


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The stops of a feed in order of their ids, and (n,) which are whole stations."""

    stops: Stops
    are_stations: FlagArray


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    name: str
    lat: str
    lon: str
    kind: str
    parent: str
    step_free: str

    @property
    def place(self) -> tuple[float, float]:
        """The longitude and latitude in degrees, NaN where not told."""
        return degrees(self.lon, 180.0), degrees(self.lat, 90.0)


def read_places(files: FeedFiles, doubts: Doubts) -> Places:
    """Return the stops and stations of a feed; entrances and inner ways are not read.

    A stop that does not tell whether it is step-free is as its station.
    """
    rows = _rows(files, doubts)
    number = {row.id: at for at, row in enumerate(rows)}
    told = np.array([TRI.get(row.step_free, -1) for row in rows], dtype=np.int8)
    are_stations = np.array([row.kind == _STATION for row in rows], dtype=np.bool_)
    stations = np.array(_stations(rows, number, doubts), dtype=np.int32)
    step_free: TriArray = np.where(told < 0, told[stations], told) if rows else told
    places = np.array([row.place for row in rows], dtype=np.float64).reshape(-1, 2)
    names = tuple(visible(row.name) for row in rows)
    ids = tuple(row.id for row in rows)
    return Places(Stops(ids, names, places, stations, step_free), are_stations)


def _rows(files: FeedFiles, doubts: Doubts) -> list[_Row]:
    table = files.read(STOPS, _NAMES, doubts)
    kept: dict[str, _Row] = {}
    for cells, line in sorted(zip(table.rows(_NAMES), table.lines, strict=True)):
        row = _Row(*cells)
        if row.kind not in _KNOWN_TYPES:
            doubts.tell(UNREADABLE_VALUE, STOPS, row.kind, line=line)
        elif row.kind not in (*_PLATFORM, _STATION):
            continue
        elif not row.id:
            doubts.tell(ROW_WITHOUT_ID, STOPS, line=line)
        elif row.id in kept:
            doubts.tell(ID_TWICE, STOPS, row.id, line=line)
        elif not np.isfinite(row.place).all():
            doubts.tell(STOP_WITHOUT_PLACE, STOPS, f"{row.name} [{row.id}]", line=line)
        else:
            kept[row.id] = row
    return list(kept.values())


def _stations(rows: Sequence[_Row], number: dict[str, int], doubts: Doubts) -> list[int]:
    stations = []
    for at, row in enumerate(rows):
        parent = number.get(row.parent, -1) if row.kind != _STATION else at
        if row.parent and parent < 0:
            doubts.tell(STATION_UNKNOWN, STOPS, row.parent)
        stations.append(at if parent < 0 or rows[parent].kind != _STATION else parent)
    return stations
