"""What the benches of public transport stand on: feeds, streets, homes and places of the mirror."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maillage.access.intake.gtfs import read_gtfs
from maillage.access.journeys.footpaths import footpaths, on_foot, walks_to_stops
from maillage.access.journeys.model import DayTimetable, Walks
from maillage.access.timetable.day import day_timetable
from maillage.access.timetable.merge import merge_networks
from maillage.access.timetable.model import Network
from maillage.access.travel import StraightLine, TravelTimes
from maillage.engines.streets_osm_engine import street_network
from maillage.kernel.geometry import FloatArray, box_around
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.kernel.progress import Silent

SEED = 20261122
PARAMETERS = load_parameters(dt.date(2026, 11, 22))


@dataclass(frozen=True)
class Ground:
    """One network's feeds, a Monday or other busy day of theirs, and streets where there are."""

    name: str
    feeds: tuple[str, ...]
    day: dt.date
    streets: str | None = None


PORTO_ALEGRE = Ground(
    "Porto Alegre", ("poa_eptc", "poa_trensurb"), dt.date(2019, 5, 13), "poa_osm.pbf"
)
GROUNDS = (
    PORTO_ALEGRE,
    Ground("Périgueux", ("perigueux-2025-12",), dt.date(2026, 1, 6)),
    Ground("TER around CABBALR", ("ter-200072460-2025-01",), dt.date(2025, 1, 28)),
    Ground("Nantes", ("nantes-tan-2014",), dt.date(2014, 4, 9)),
)


def feed_paths(ground: Ground, mirror: Path) -> list[Path]:
    """Return the feeds' files."""
    return [mirror / "gtfs" / f"{name}.zip" for name in ground.feeds]


def network_of(ground: Ground, mirror: Path) -> Network:
    """Return the network of all feeds of a ground."""
    return merge_networks([read_gtfs(path)[0] for path in feed_paths(ground, mirror)])


def cells(mirror: Path) -> FloatArray:
    """Return the (1227, 2) lon/lat of Porto Alegre's population cells."""
    with (mirror / "osm" / "poa_hexgrid.csv").open(encoding="utf-8") as lines:
        rows = [(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(lines)]
    return np.array(rows)


def streets_of(ground: Ground, mirror: Path, parameters: Parameters, cache: Path) -> TravelTimes:
    """Return the real streets of a ground where the mirror has them, straight lines elsewhere."""
    if ground.streets is None:
        return StraightLine(parameters)
    box = box_around(cells(mirror), parameters.number("streets.margin_km"))
    return street_network([mirror / "osm" / ground.streets], box, parameters, cache, Silent())


def straight_walks(network: Network, places: FloatArray) -> tuple[Walks, Walks]:
    """Return the footpaths and the walks from places, as the crow flies."""
    engine, walking = StraightLine(PARAMETERS), on_foot(PARAMETERS)
    return (
        footpaths(network.stops, network.transfers, engine, walking),
        walks_to_stops(places, network.stops.places, engine, walking),
    )


def day_of(ground: Ground, network: Network) -> DayTimetable:
    """Return the ground's own day."""
    return day_timetable(network, ground.day)


def row(walks: Walks, place: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the stops near one place and the seconds to each."""
    part = slice(walks.first[place], walks.first[place + 1])
    return walks.stops[part], walks.seconds[part]
