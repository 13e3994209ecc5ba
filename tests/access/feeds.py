"""A small GTFS feed written out as files, to be changed table by table, and drawn ones.

Two lines around Béthune: a bus on school days (Mairie, Gare, Hôpital) and a night train that ends
after midnight. "Gare" is a station of two platforms.
"""

from __future__ import annotations

import zipfile
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from maillage.access.intake.gtfs import read_gtfs
from maillage.access.timetable.model import Network
from maillage.kernel.findings import Finding

TABLES = {
    "agency": """agency_id,agency_name,agency_timezone
A,Réseau d'essai,Europe/Paris
""",
    "stops": """stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding
mairie,Mairie,50.5300,2.6400,0,,2
gare,Gare,50.5210,2.6410,1,,1
gare-a,Gare quai A,50.5210,2.6410,0,gare,
gare-b,Gare quai B,50.5211,2.6412,0,gare,2
hopital,Hôpital,50.5100,2.6500,0,,
""",
    "routes": """route_id,agency_id,route_short_name,route_long_name,route_type,route_color
20,A,20,Mairie - Hôpital,3,aa00ff
T,A,T,Train de nuit,2,
""",
    "trips": """route_id,service_id,trip_id,trip_headsign,wheelchair_accessible
20,school,bus-1,Hôpital,1
20,school,bus-2,Hôpital,2
T,night,train-1,Mairie,
""",
    "stop_times": """trip_id,arrival_time,departure_time,stop_id,stop_sequence
bus-1,8:00:00,8:00:00,mairie,1
bus-1,8:05:00,8:06:00,gare-a,2
bus-1,8:15:00,8:15:00,hopital,3
bus-2,09:00:00,09:00:00,mairie,1
bus-2,09:05:00,09:06:00,gare-a,2
bus-2,09:15:00,09:15:00,hopital,3
train-1,23:50:00,23:50:00,hopital,1
train-1,24:10:00,24:12:00,gare-b,2
train-1,24:20:00,24:20:00,mairie,3
""",
    "calendar": """\
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
school,1,1,0,1,1,0,0,20240108,20240204
""",
    "calendar_dates": """service_id,date,exception_type
school,20240116,2
school,20240117,1
night,20240119,1
""",
}  # fmt: skip


def write_feed(folder: Path, **changes: str | bytes | None) -> Path:
    """Write the small feed, some of its tables changed, taken away (None) or added; its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in {**TABLES, **changes}.items():
        if table is not None:
            content = table if isinstance(table, bytes) else table.encode("utf-8")
            (folder / f"{name}.txt").write_bytes(content)
    return folder


def zip_feed(folder: Path, inside: str = "") -> Path:
    """Zip a folder of tables beside it, all of them ``inside`` a folder of the zip."""
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, inside + file.name)
    return path


def read_changed(
    folder: Path, **changes: str | bytes | None
) -> tuple[Network, tuple[Finding, ...]]:
    """Read the small feed, some of its tables changed."""
    return read_gtfs(write_feed(folder / "feed", **changes))


@lru_cache(maxsize=6)
def real_feed(path: Path) -> tuple[Network, tuple[Finding, ...]]:
    """Read a real feed once for all tests: a network is never changed."""
    return read_gtfs(path)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    """Give the codes of findings, in order."""
    return [finding.code for finding in findings]


def plain(thing: object) -> object:
    """Give a network, or a part of it, as lists and words that can be compared."""
    if isinstance(thing, np.ndarray):
        return (str(thing.dtype), thing.tolist())
    if is_dataclass(thing) and not isinstance(thing, type):
        return {one.name: plain(getattr(thing, one.name)) for one in fields(thing)}
    return thing


def clock(seconds: int) -> str:
    """Give a time of day as GTFS writes it."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@st.composite
def drawn_tables(draw: st.DrawFn) -> dict[str, list[str]]:
    """Draw a sound feed of some stops and trips: the lines of each table, its header first."""
    n_stops, n_trips = draw(st.integers(2, 5)), draw(st.integers(1, 5))
    tables = {
        "stops": ["stop_id,stop_name,stop_lat,stop_lon"],
        "routes": ["route_id,route_short_name,route_type", "a,A,3", "b,B,2"],
        "trips": ["trip_id,route_id,service_id"],
        "stop_times": ["trip_id,stop_sequence,stop_id,arrival_time,departure_time"],
        "calendar_dates": ["service_id,date,exception_type"],
    }
    degrees = st.floats(0.1, 0.9).map(lambda x: round(x, 3))
    for stop in range(n_stops):
        tables["stops"].append(f"s{stop},Arrêt {stop},{50 + draw(degrees)},{2 + draw(degrees)}")
    for service in ("x", "y"):
        days = draw(st.sets(st.integers(8, 21), min_size=1, max_size=6))
        tables["calendar_dates"] += [f"{service},202401{day:02d},1" for day in sorted(days)]
    for trip in range(n_trips):
        line, service = draw(st.sampled_from("ab")), draw(st.sampled_from("xy"))
        tables["trips"].append(f"t{trip},{line},{service}")
        times = sorted(draw(st.lists(st.integers(0, 100_000), min_size=4, max_size=8)))
        for rank in range(len(times) // 2):
            stop = draw(st.integers(0, n_stops - 1))
            arrival, departure = clock(times[2 * rank]), clock(times[2 * rank + 1])
            tables["stop_times"].append(f"t{trip},{rank},s{stop},{arrival},{departure}")
    return tables


def write_tables(folder: Path, tables: dict[str, list[str]]) -> Path:
    """Write drawn tables into a folder of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in tables.items():
        (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
