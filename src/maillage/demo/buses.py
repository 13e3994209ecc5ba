"""The buses of the fictional agglomeration: lines from the far communes to the town, as a GTFS.

Frequent where many people live along the line, three a day in the country, none on Sundays; the
smallest communes have no stop. Only whole numbers are used, and the archive is not compressed: the
same bytes on every machine.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isqrt

from maillage.demo.communes import SIREN, Commune
from maillage.demo.plane import squared_metres, to_degrees
from maillage.demo.territory_files import csv_bytes

BUSES = f"gtfs/bus-{SIREN}.zip"
_SMALLEST = 200
_ON_THE_WAY = 120  # per cent of the straight way to the town that a detour may make of it
_METRES_A_MINUTE = 400  # as the crow flies: 24 km/h, stops and bends counted
_AGENCY = "Bus du territoire fictif"
_DATES = ("20260101", "20281231")
_ARCHIVE_DATE = (2026, 1, 1, 0, 0, 0)
# minutes of the day at which buses leave for the town, then for the country
_HOURLY = (tuple(range(390, 1141, 60)), tuple(range(420, 1201, 60)))
_SOME = ((395, 450, 535, 745, 830, 1005), (485, 605, 735, 845, 1005, 1085))
_FEW = ((430, 760, 1030), (600, 735, 1080))
_MANY_PEOPLE, _PEOPLE = 8_000, 3_000


_Trip = tuple[str, str, list[tuple[Commune, int]]]


def bus_files(communes: Sequence[Commune]) -> dict[str, bytes]:
    """Return the archive of the timetable, by its path."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, content in _tables(bus_lines(communes)).items():
            archive.writestr(zipfile.ZipInfo(name, _ARCHIVE_DATE), content)
    return {BUSES: held.getvalue()}


def bus_lines(communes: Sequence[Commune]) -> tuple[tuple[Commune, ...], ...]:
    """Return the communes that each line calls at, from the farthest to the town."""
    town = max(communes, key=lambda one: (one.population, one.code_insee))
    left = {c.code_insee: c for c in communes if c.inside and c.population >= _SMALLEST}
    left.pop(town.code_insee)
    lines = []
    while left:
        far = max(left.values(), key=lambda one: (_metres(one, town), one.code_insee))
        line: list[Commune] = []
        at: Commune | None = far
        while at is not None:
            line.append(left.pop(at.code_insee))
            at = _next(at, town, list(left.values()))
        lines.append((*line, town))
    return tuple(lines)


def _next(at: Commune, town: Commune, left: Sequence[Commune]) -> Commune | None:
    """Return the nearest commune on the way to the town, None where there is none left."""
    most = _metres(at, town) * _ON_THE_WAY
    near = [c for c in left if (_metres(at, c) + _metres(c, town)) * 100 <= most]
    return min(near, key=lambda one: (_metres(at, one), one.code_insee), default=None)


def _metres(a: Commune, b: Commune) -> int:
    return isqrt(squared_metres(a.mairie, b.mairie))


def _tables(lines: Sequence[tuple[Commune, ...]]) -> dict[str, bytes]:
    stops = sorted({one.code_insee: one for line in lines for one in line}.items())
    named = [(str(number), line) for number, line in enumerate(lines, 1)]
    trips = [trip for number, line in named for trip in _trips(number, line)]
    start, end = _DATES
    return {
        "agency.txt": csv_bytes(
            ("agency_id", "agency_name", "agency_url", "agency_timezone"),
            [("bus", _AGENCY, "https://bus.exemple.fr", "Europe/Paris")],
        ),
        "calendar.txt": csv_bytes(
            (
                *("service_id", "monday", "tuesday", "wednesday", "thursday", "friday"),
                *("saturday", "sunday", "start_date", "end_date"),
            ),
            [("semaine", 1, 1, 1, 1, 1, 1, 0, start, end)],
        ),
        "routes.txt": csv_bytes(
            ("route_id", "agency_id", "route_short_name", "route_long_name", "route_type"),
            [(number, "bus", number, f"{line[0].name} – {line[-1].name}", 3)
             for number, line in named],
        ),
        "stops.txt": csv_bytes(
            ("stop_id", "stop_name", "stop_lat", "stop_lon"), [_stop(one) for _, one in stops]
        ),
        "trips.txt": csv_bytes(
            ("route_id", "service_id", "trip_id", "trip_headsign"),
            [(number, "semaine", trip, calls[-1][0].name) for number, trip, calls in trips],
        ),
        "stop_times.txt": csv_bytes(
            ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"),
            [(trip, _clock(minute), _clock(minute), one.code_insee, order)
             for _, trip, calls in trips for order, (one, minute) in enumerate(calls, 1)],
        ),
    }  # fmt: skip


def _stop(one: Commune) -> tuple[object, ...]:
    point = to_degrees(one.mairie)
    return one.code_insee, f"{one.name} – Mairie", point.lat, point.lon


def _trips(number: str, line: tuple[Commune, ...]) -> Iterator[_Trip]:
    """Give the trips of a line: its number, the id, each commune and the minute it is there."""
    people = sum(one.population for one in line[:-1])
    both = _HOURLY if people >= _MANY_PEOPLE else _SOME if people >= _PEOPLE else _FEW
    for way, calls, leaving in (("A", line, both[0]), ("R", line[::-1], both[1])):
        for rank, minute in enumerate(leaving, 1):
            yield number, f"{number}{way}{rank}", list(_called(calls, minute))


def _called(line: Sequence[Commune], minute: int) -> Iterator[tuple[Commune, int]]:
    yield line[0], minute
    for one, after in pairwise(line):
        minute += -(-_metres(one, after) // _METRES_A_MINUTE)
        yield after, minute


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}:00"
