"""Lines and trips: ``agency.txt``, ``routes.txt``, ``trips.txt``."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import numpy as np

from maillage.access.intake.gtfs_doubts import (
    COLOUR_UNREADABLE,
    ID_TWICE,
    LINE_UNKNOWN,
    OTHER_CLOCK,
    ROW_WITHOUT_ID,
    SERVICE_UNKNOWN,
    VEHICLE_UNKNOWN,
)
from maillage.access.intake.gtfs_files import FeedFiles
from maillage.access.intake.gtfs_places import TRI
from maillage.access.intake.gtfs_values import Whole, day, vehicle
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import IntArray, Line, TriArray, Vehicle
from maillage.kernel.words import visible

AGENCY, ROUTES, TRIPS, FEED_INFO = "agency.txt", "routes.txt", "trips.txt", "feed_info.txt"
_ROUTE = (
    "route_id", "agency_id", "route_short_name", "route_long_name", "route_type", "route_color",
)  # fmt: skip
_TRIP = ("trip_id", "route_id", "service_id", "trip_headsign", "wheelchair_accessible", "block_id")
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Operators:
    """Who runs the lines: names by id, in order of ids."""

    names: dict[str, str]

    def name(self, operator_id: str) -> str:
        """Return an operator's name; where the id is not told, the only one's; "" = not told."""
        if operator_id in self.names:
            return self.names[operator_id]
        return next(iter(self.names.values())) if len(self.names) == 1 else ""


@dataclass(frozen=True, slots=True, eq=False)
class ToldTrips:
    """The trips of a feed in order of their ids, before their calls are known: (n,) arrays.

    ``left_out`` are the ids of those of no known line or calendar; ``blocks`` as in ``Trips``.
    """

    ids: tuple[str, ...]
    lines: IntArray
    services: IntArray
    headsigns: tuple[str, ...]
    step_free: TriArray
    blocks: IntArray
    left_out: frozenset[str]


@dataclass(frozen=True, slots=True)
class Edition:
    """Who published a feed, which version, "" = not told; the first and last day it holds for."""

    publisher: str = ""
    version: str = ""
    days: tuple[dt.date | None, dt.date | None] = (None, None)


def read_operators(files: FeedFiles, doubts: Doubts, timezone: str) -> Operators:
    """Return the operators of a feed; told where their clock is not that of the territory."""
    names = ("agency_id", "agency_name", "agency_timezone")
    rows = sorted(files.read(AGENCY, names, doubts).rows(names))
    for clock in sorted({clock for _, _, clock in rows if clock and clock != timezone}):
        doubts.tell(OTHER_CLOCK, AGENCY, clock)
    return Operators({operator_id: name for operator_id, name, _ in rows})


def read_edition(files: FeedFiles, doubts: Doubts) -> Edition:
    """Return what a feed tells of itself."""
    names = ("feed_publisher_name", "feed_version", "feed_start_date", "feed_end_date")
    rows = sorted(files.read(FEED_INFO, names, doubts).rows(names))
    if not rows:
        return Edition()
    publisher, version, first, last = rows[0]
    return Edition(publisher, version, (day(first), day(last)))


def read_lines(files: FeedFiles, operators: Operators, doubts: Doubts) -> tuple[Line, ...]:
    """Return the lines of a feed in order of their ids."""
    table = files.read(ROUTES, _ROUTE, doubts)
    lines: dict[str, Line] = {}
    for cells, at in sorted(zip(table.rows(_ROUTE), table.lines, strict=True)):
        line_id, operator, short, long, kind, colour = cells
        if not line_id:
            doubts.tell(ROW_WITHOUT_ID, ROUTES, line=at)
        elif line_id in lines:
            doubts.tell(ID_TWICE, ROUTES, line_id, line=at)
        else:
            runs = _vehicle(kind, at, doubts)
            shown = _colour(colour, at, doubts)
            names = visible(short), visible(long)
            lines[line_id] = Line(line_id, *names, runs, operators.name(operator), shown)
    return tuple(lines.values())


def _vehicle(kind: str, at: int, doubts: Doubts) -> Vehicle:
    known = vehicle(Whole()[kind])
    if known is None:
        doubts.tell(VEHICLE_UNKNOWN, ROUTES, kind, line=at)
    return known or Vehicle.OTHER


def _colour(colour: str, at: int, doubts: Doubts) -> str | None:
    if _COLOUR.fullmatch(colour):
        return colour.upper()
    if colour:
        doubts.tell(COLOUR_UNREADABLE, ROUTES, colour, line=at)
    return None


def read_trips(
    files: FeedFiles, lines: tuple[Line, ...], services: tuple[str, ...], doubts: Doubts
) -> ToldTrips:
    """Return the trips of a feed; those of no known line or calendar are told and left out."""
    table = files.read(TRIPS, _TRIP, doubts)
    line_numbers = {line.id: at for at, line in enumerate(lines)}
    service_numbers = {service: at for at, service in enumerate(services)}
    kept: dict[str, tuple[int, int, str, int, int]] = {}
    blocks: dict[str, int] = {"": -1}
    left_out = set()
    for cells, at in sorted(zip(table.rows(_TRIP), table.lines, strict=True)):
        trip, line, service, headsign, step_free, block = cells
        if not trip:
            doubts.tell(ROW_WITHOUT_ID, TRIPS, line=at)
        elif trip in kept or trip in left_out:
            doubts.tell(ID_TWICE, TRIPS, trip, line=at)
        elif line not in line_numbers:
            doubts.tell(LINE_UNKNOWN, TRIPS, line, line=at)
            left_out.add(trip)
        elif service not in service_numbers:
            doubts.tell(SERVICE_UNKNOWN, TRIPS, service, line=at)
            left_out.add(trip)
        else:
            numbers = line_numbers[line], service_numbers[service]
            number = blocks.setdefault(block, len(blocks) - 1)
            kept[trip] = (*numbers, visible(headsign), TRI.get(step_free, -1), number)
    told = list(kept.values())
    return ToldTrips(
        tuple(kept),
        np.array([one[0] for one in told], dtype=np.int32),
        np.array([one[1] for one in told], dtype=np.int32),
        tuple(one[2] for one in told),
        np.array([one[3] for one in told], dtype=np.int8),
        np.array([one[4] for one in told], dtype=np.int32),
        frozenset(left_out),
    )
