"""Porto Alegre asked of cafein and ferrobus by repeated departures, and what ours answers.

Neither is asked for visits or whole-day profiles: what they give is one departure at a time. To
know a day to within ten minutes both ways, 2 × 70 departures are needed; three types of day make a
week. A few are measured, the rest is multiplied. ``python -m bench.transit_peers``.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path

import cafein
import ferrobus
import geopandas
import numpy as np

from bench.transit_ground import (
    PARAMETERS,
    PORTO_ALEGRE,
    SEED,
    cells,
    day_of,
    feed_paths,
    network_of,
    row,
    streets_of,
)
from maillage.access.journeys.footpaths import footpaths, on_foot, walks_to_stops
from maillage.access.journeys.model import Window
from maillage.access.travel import Mode, Trip
from maillage.engines.connection_scan import ConnectionScan
from maillage.kernel.geometry import FloatArray

HOURS = (12, 13, 14)  # when the buses of the published sample run
DEPARTURES_OF_A_DAY = 70  # every ten minutes from 7 h 30 to 19 h
DAY_TYPES = 3
PLACES = 140
RIDES = 8
WALK_MINUTES = PARAMETERS.number("journeys.anybody.to_stop_minutes")
KMH = PARAMETERS.number("travel.walk.speed_kmh")


def ours(mirror: Path, homes: FloatArray, places: FloatArray) -> dict[int, FloatArray]:
    """Return our minutes from homes to places at each hour, walking all the way too: (n, m)."""
    with tempfile.TemporaryDirectory() as cache:
        streets = streets_of(PORTO_ALEGRE, mirror, PARAMETERS, Path(cache))
    network, walking = network_of(PORTO_ALEGRE, mirror), on_foot(PARAMETERS)
    day = day_of(PORTO_ALEGRE, network)
    between = footpaths(network.stops, network.transfers, streets, walking)
    near = [
        walks_to_stops(ends, network.stops.places, streets, walking) for ends in (homes, places)
    ]
    direct = streets.matrix(homes, places, Trip(Mode.WALK, within=WALK_MINUTES))
    direct[direct > WALK_MINUTES] = np.inf
    found = {hour: direct.copy() for hour in HOURS}
    search = ConnectionScan()
    for place in range(len(places)):
        profiles = search.to_place(day, between, near[0], row(near[1], place), Window(0, 30 * 3600))
        for home in range(len(homes)):
            journeys = slice(profiles.first[home], profiles.first[home + 1])
            for hour, minutes in found.items():
                at = np.searchsorted(profiles.departures[journeys], hour * 3600)
                if at < journeys.stop - journeys.start:
                    rides = (profiles.arrivals[journeys][at] - hour * 3600) / 60.0
                    minutes[home, place] = min(minutes[home, place], rides)
    return found


def compared(name: str, theirs: FloatArray, mine: FloatArray, hour: int) -> None:
    """Print how their minutes at one hour differ from ours."""
    both = np.isfinite(theirs) & np.isfinite(mine)
    low, middle, high = np.percentile((theirs - mine)[both], (5, 50, 95))
    print(
        f"  {name} at {hour} h: both reach {both.mean():.1%} of pairs, {name} alone "
        f"{(np.isfinite(theirs) & ~both).mean():.1%}, ours alone "
        f"{(np.isfinite(mine) & ~both).mean():.1%}; theirs − ours {middle:+.1f} min "
        f"(5 % {low:+.1f}, 95 % {high:+.1f})",
        flush=True,
    )


def told(name: str, built: float, seconds: Iterable[float], calls_of_a_day: int) -> None:
    """Print what one departure takes, and what a week both ways would."""
    one = float(np.median(list(seconds)))
    week = one * calls_of_a_day * DAY_TYPES
    print(
        f"{name}: made ready in {built:.1f} s; one departure {one:.1f} s; a week both ways every "
        f"ten minutes {calls_of_a_day} × {DAY_TYPES} such: {week:.0f} s",
        flush=True,
    )


def timed(ask: Callable[[], FloatArray]) -> tuple[FloatArray, float]:
    """Return an answer and the seconds it took."""
    begin = time.perf_counter()
    return ask(), time.perf_counter() - begin


def by_cafein(mirror: Path, homes: FloatArray, places: FloatArray) -> dict[int, FloatArray]:
    """Ask cafein; return its minutes at each hour."""
    feeds = [str(path) for path in feed_paths(PORTO_ALEGRE, mirror)]
    pbf = str(mirror / "osm" / str(PORTO_ALEGRE.streets))
    walking = {"walking_speed_kmph": KMH, "max_walking_time": WALK_MINUTES}
    begin = time.perf_counter()
    network = cafein.TransportNetwork.from_gtfs(feeds, osm_pbf=pbf, **walking)
    built = time.perf_counter() - begin
    ends = [_frame(points) for points in (homes, places)]
    found, seconds = {}, []
    for hour in HOURS:
        when = f"{PORTO_ALEGRE.day} {hour:02d}:00"
        matrix, took = timed(
            lambda when=when: network.travel_time_matrix(
                ends[0], when, destinations=ends[1], max_rides=RIDES, **walking
            )
        )
        unreached = matrix == np.iinfo(matrix.dtype).max
        found[hour] = np.where(unreached, np.inf, matrix / 60.0)
        seconds.append(took)
    told("cafein", built, seconds, 2 * DEPARTURES_OF_A_DAY)
    return found


def _frame(points: FloatArray) -> geopandas.GeoDataFrame:
    ids = [str(number) for number in range(len(points))]
    where = geopandas.points_from_xy(points[:, 0], points[:, 1])
    return geopandas.GeoDataFrame({"id": ids}, geometry=where, crs=4326)


def by_ferrobus(mirror: Path, homes: FloatArray, chosen: np.ndarray) -> dict[int, FloatArray]:
    """Ask ferrobus: as the feeds are, then with blank times filled in; return its minutes."""
    with tempfile.TemporaryDirectory() as folder:
        feeds = [_unzipped(path, Path(folder)) for path in feed_paths(PORTO_ALEGRE, mirror)]
        begin = time.perf_counter()
        try:
            model = _model(mirror, feeds)
        except RuntimeError as refused:
            print(f"ferrobus refuses the feeds as published: {str(refused)[:200]}")
            for feed in feeds:
                _fill_times(feed / "stop_times.txt")
            begin = time.perf_counter()
            model = _model(mirror, feeds)
        built = time.perf_counter() - begin
        numbers, points = _snapped(model, homes)
        found, seconds = {}, []
        for hour in HOURS:
            matrix, took = timed(
                lambda hour=hour: ferrobus.travel_time_matrix(model, points, hour * 3600, RIDES - 1)
            )
            whole = np.full((len(homes), len(homes)), np.nan)
            whole[np.ix_(numbers, numbers)] = np.array(matrix, dtype=np.float64)  # None is nan
            found[hour] = np.where(np.isnan(whole), np.inf, whole)[:, chosen] / 60.0
            seconds.append(took)
    told("ferrobus (all homes to all homes)", built, seconds, DEPARTURES_OF_A_DAY)
    return found


def _model(mirror: Path, feeds: list[Path]) -> ferrobus.TransitModel:
    pbf = str(mirror / "osm" / str(PORTO_ALEGRE.streets))
    folders = [str(feed) for feed in feeds]
    between = int(PARAMETERS.number("journeys.anybody.change_minutes") * 60)
    return ferrobus.create_transit_model(pbf, folders, PORTO_ALEGRE.day, between)


def _snapped(
    model: ferrobus.TransitModel, homes: FloatArray
) -> tuple[list[int], list[ferrobus.TransitPoint]]:
    """Return the homes that it finds streets near, by number, and what stands for each."""
    numbers, points = [], []
    for number, (lon, lat) in enumerate(homes.tolist()):
        try:
            limit = int(WALK_MINUTES * 60)
            points.append(ferrobus.create_transit_point(lat, lon, model, limit, 100))
            numbers.append(number)
        except ValueError:  # it finds no street near
            continue
    return numbers, points


def _unzipped(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder / path.stem)
    return folder / path.stem


def _fill_times(path: Path) -> None:
    """Write blank times evenly between those that are told, in place."""
    with path.open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys())
        writer.writeheader()
        for _, trip in groupby(rows, key=lambda one: one["trip_id"]):
            calls = sorted(trip, key=lambda one: int(one["stop_sequence"]))
            known = [at for at, call in enumerate(calls) if call["arrival_time"]]
            for column in ("arrival_time", "departure_time"):
                seconds = [_seconds(calls[at][column]) for at in known]
                for call, second in zip(
                    calls, np.interp(range(len(calls)), known, seconds), strict=True
                ):
                    call[column] = _clock(int(second))
            writer.writerows(calls)


def _seconds(clock: str) -> int:
    hours, minutes, seconds = (int(part) for part in clock.split(":"))
    return hours * 3600 + minutes * 60 + seconds


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def main() -> int:
    """Print what each takes and how it differs from ours; return 0."""
    warnings.simplefilter("ignore")
    mirror = Path(os.environ.get("MAILLAGE_MIRROR", ""))
    homes = cells(mirror)
    chosen = np.random.default_rng(SEED).choice(len(homes), PLACES, replace=False)
    mine, took = timed(lambda: ours(mirror, homes, homes[chosen]))
    print(f"ours: every departure of a day, one way, {took:.1f} s, feeds and streets read")
    for name, found in (
        ("cafein", by_cafein(mirror, homes, homes[chosen])),
        ("ferrobus", by_ferrobus(mirror, homes, chosen)),
    ):
        for hour, theirs in found.items():
            compared(name, theirs, mine[hour], hour)
    return 0


if __name__ == "__main__":
    sys.exit(main())
