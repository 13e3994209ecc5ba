"""All feasible visits of a week at Porto Alegre: 1,227 homes, 140 places, there and back.

``python -m bench.transit`` (``MAILLAGE_MIRROR`` names the mirror) prints one line for each size,
each measured in a process of its own so that its peak memory is its own; then how exact the search
is (``bench.transit_exact``), and how others fare that are asked the same (``bench.transit_peers``).
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench.transit_ground import (
    PARAMETERS,
    PORTO_ALEGRE,
    SEED,
    cells,
    network_of,
    row,
    streets_of,
)
from maillage.access.journeys.footpaths import footpaths, on_foot, walks_to_stops
from maillage.access.timetable.day import day_timetable
from maillage.access.timetable.model import Network
from maillage.access.travel import Mode, TravelTimes, Trip
from maillage.access.visits.all_visits import (
    AskedDay,
    AskedPlace,
    Searches,
    Transport,
    all_visits,
)
from maillage.access.visits.any_time import whole_seconds
from maillage.access.visits.model import Certainty, Obstacle, OpeningOn, VisitKind
from maillage.access.visits.round_trips import Terms
from maillage.access.visits.starts import starts
from maillage.engines.connection_scan import ConnectionScan
from maillage.engines.round_trips import CompiledVisits
from maillage.kernel.geometry import FloatArray
from maillage.kernel.progress import Silent

HOMES, PLACES = 1_227, 140
NOON = 720
AT_THE_COUNTER = VisitKind(
    "comptoir", "au guichet", 20, 20, leave_after=450, back_by=1140, budget_minutes=120
)
SIZES = ((HOMES, PLACES), (2 * HOMES, PLACES), (HOMES, 2 * PLACES))
_FULL_DAY, _MORNING, _AFTERNOON = ((540, 720), (840, 1020)), ((540, 720),), ((840, 1020),)
# Openings of seven days from Monday on, such as directories tell: office hours, two afternoons…
OPENINGS = (
    (_FULL_DAY,) * 5 + ((), ()),
    (_FULL_DAY,) * 5 + (_MORNING, ()),
    ((), _AFTERNOON, (), _AFTERNOON, (), (), ()),
    ((), _FULL_DAY, _MORNING, _FULL_DAY, _FULL_DAY, _MORNING, ()),
    (_MORNING, (), (), (), (), (), ()),
)


@dataclass
class Watch:
    """Seconds that each part took, in order."""

    parts: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Measure one part."""
        begin = time.perf_counter()
        yield
        self.parts[name] = time.perf_counter() - begin

    def __str__(self) -> str:
        return ", ".join(f"{name} {seconds:.1f} s" for name, seconds in self.parts.items())


def _homes(mirror: Path, n_homes: int) -> FloatArray:
    """Return so many homes: the cells, then the cells again some 100 m away."""
    rng = np.random.default_rng(SEED)
    told = cells(mirror)
    parts = [told]
    while len(parts) * len(told) < n_homes:
        parts.append(told + rng.normal(0.0, 0.001, told.shape))
    return np.concatenate(parts)[:n_homes]


def _transport(network: Network, homes: FloatArray, streets: TravelTimes) -> Transport:
    """Return Porto Alegre's Monday, Saturday and Sunday, and all walks along the streets."""
    walking = on_foot(PARAMETERS)
    days = (PORTO_ALEGRE.day + dt.timedelta(days=n) for n in (0, 5, 6))
    return Transport(
        tuple(day_timetable(network, day) for day in days),
        footpaths(network.stops, network.transfers, streets, walking),
        walks_to_stops(homes, network.stops.places, streets, walking),
    )


def _asked_days(pattern: int) -> tuple[AskedDay, ...]:
    """Return seven days of one place: Monday to Friday run alike."""
    kind = AT_THE_COUNTER
    days = []
    for weekday, ranges in enumerate(OPENINGS[pattern]):
        date = PORTO_ALEGRE.day + dt.timedelta(days=weekday)
        opening = OpeningOn(date, ranges, Certainty.CERTAIN)
        days.append(AskedDay(max(0, weekday - 4), starts(opening, kind, NOON), Terms.of(kind)))
    return tuple(days)


def _places(
    homes: FloatArray, n_places: int, network: Network, streets: TravelTimes
) -> list[AskedPlace]:
    """Return so many places, drawn among the homes, and their openings."""
    rng = np.random.default_rng(SEED)
    where = homes[rng.choice(HOMES, n_places, replace=False)]
    near = walks_to_stops(where, network.stops.places, streets, on_foot(PARAMETERS))
    direct = whole_seconds(streets.matrix(where, homes, Trip(Mode.WALK)))
    patterns = rng.integers(0, len(OPENINGS), n_places).tolist()
    return [
        AskedPlace(row(near, place), direct[place], direct[place], _asked_days(pattern))
        for place, pattern in enumerate(patterns)
    ]


def week(mirror: Path, n_homes: int, n_places: int, cache: Path) -> None:
    """Print what one week of visits of one size took."""
    watch = Watch()
    with watch.part("feeds"):
        network = network_of(PORTO_ALEGRE, mirror)
    with watch.part("streets"):
        streets = streets_of(PORTO_ALEGRE, mirror, PARAMETERS, cache)
    with watch.part("walks"):
        homes = _homes(mirror, n_homes)
        transport = _transport(network, homes, streets)
        places = _places(homes, n_places, network, streets)
    searches = Searches(ConnectionScan(), CompiledVisits())
    with watch.part("journeys and visits"):
        done = sum(
            int((trips.obstacle == Obstacle.NONE.number).sum())
            for found in all_visits(searches, transport, places, Silent())
            for trips in found
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{n_homes} homes × {n_places} places × 7 days: {sum(watch.parts.values()):.1f} s "
        f"({watch}), peak {peak:.0f} MiB, {done} visits can be made",
        flush=True,
    )


def main(arguments: list[str]) -> int:
    """Print every table, or one size (``homes places cache``); return how many parts failed."""
    mirror = Path(os.environ.get("MAILLAGE_MIRROR", ""))
    if not (mirror / "gtfs").is_dir():
        print("MAILLAGE_MIRROR must name the mirror folder of real data")
        return 2
    if arguments:
        week(mirror, int(arguments[0]), int(arguments[1]), Path(arguments[2]))
        return 0
    run = [sys.executable, "-m"]
    failed = 0
    with tempfile.TemporaryDirectory() as cache:
        for homes, places in SIZES:
            sized = [*run, "bench.transit", str(homes), str(places), cache]
            failed += subprocess.run(sized, check=False).returncode != 0
    for part in ("bench.transit_exact", "bench.transit_peers"):
        failed += subprocess.run([*run, part], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
