"""What measures of visits cost at Porto Alegre: variants, each lieu's closing, one line's end.

``python -m bench.visit_measures`` (``MAILLAGE_MIRROR`` names the mirror): 1,227 homes, 140 places
drawn among them with such openings as directories tell, one week, one kind of visit.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from bench.transit import OPENINGS, PLACES
from bench.transit_ground import PARAMETERS, PORTO_ALEGRE, SEED, cells, network_of, streets_of
from maillage.access.homes import HomeBasis, Homes
from maillage.access.timetable.model import Line, Network, Vehicle
from maillage.access.visits.all_visits import Searches
from maillage.access.visits.find import VisitMeans, VisitsFound, asked_week, find_visits
from maillage.access.visits.kinds import visit_kinds
from maillage.access.visits.losses import Residents, lieu_losses, line_losses
from maillage.access.visits.model import Certainty, OpeningOn
from maillage.access.visits.territory_visits import Presences
from maillage.access.visits.variants import share_ranges, visit_variants
from maillage.access.visits.week import Presence
from maillage.engines.connection_scan import ConnectionScan
from maillage.engines.round_trips import CompiledVisits
from maillage.kernel.progress import Silent
from maillage.standard import mednum

DAYS = tuple(PORTO_ALEGRE.day + dt.timedelta(days=n) for n in range(7))


def _homes(mirror: Path) -> Homes:
    with (mirror / "osm" / "poa_hexgrid.csv").open(encoding="utf-8") as lines:
        people = np.array([float(row["population"]) for row in csv.DictReader(lines)])
    n = len(people)
    return Homes(
        zone_ids=tuple(str(number) for number in range(n)),
        points=cells(mirror),
        zone=np.arange(n, dtype=np.int32),
        people=people,
        fragile=np.zeros(n),
        bases=(HomeBasis.GIVEN,) * n,
        fragile_told=False,
    )


def _places(homes: Homes) -> Presences:
    rng = np.random.default_rng(SEED)
    where = homes.points[rng.choice(len(homes.points), PLACES, replace=False)]
    patterns = rng.integers(0, len(OPENINGS), PLACES).tolist()
    ids = [f"{number:03d}" for number in range(PLACES)]
    opened = {
        one: tuple(
            OpeningOn(day, ranges, Certainty.CERTAIN)
            for day, ranges in zip(DAYS, OPENINGS[pattern], strict=True)
        )
        for one, pattern in zip(ids, patterns, strict=True)
    }
    services = frozenset(mednum.Service)
    presences = tuple(Presence(one, one, services) for one in ids)
    return Presences(presences, dict(zip(ids, where, strict=True)), opened)


def _week(mirror: Path, cache: Path) -> VisitsFound:
    homes = _homes(mirror)
    means = VisitMeans(
        streets=streets_of(PORTO_ALEGRE, mirror, PARAMETERS, cache),
        network=network_of(PORTO_ALEGRE, mirror),
        searches=Searches(ConnectionScan(), CompiledVisits()),
        parameters=PARAMETERS,
        departement="",
    )
    asked = asked_week(homes, _places(homes), DAYS, PARAMETERS, visit_kinds(PARAMETERS)[:1])
    return find_visits(asked, homes, means, {}, Silent())


def _busiest_bus(network: Network) -> Line:
    runs = np.bincount(network.trips.lines, minlength=len(network.lines))
    buses = [n for n, line in enumerate(network.lines) if line.vehicle is Vehicle.BUS]
    return network.lines[max(buses, key=lambda n: (int(runs[n]), -n))]


def _told(what: str, since: tuple[float, float]) -> tuple[float, float]:
    now = _clocks()
    print(f"{what}: {now[0] - since[0]:.1f} s, of processor {now[1] - since[1]:.1f} s", flush=True)
    return now


def _clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def main() -> int:
    """Print how long each measure took, what moves shares most, what is lost most."""
    mirror = Path(os.environ.get("MAILLAGE_MIRROR", ""))
    if not (mirror / "gtfs").is_dir():
        print("MAILLAGE_MIRROR must name the mirror folder of real data")
        return 2
    now = _clocks()
    with tempfile.TemporaryDirectory() as cache:
        found = _week(mirror, Path(cache))
    now = _told("streets, feeds and the week as told", now)
    residents = Residents(found.homes.people, found.homes.fragile)
    losses = [
        one
        for one in lieu_losses(found.weeks[0].low, residents)
        if one.service is None and one.certainty is Certainty.CERTAIN
    ]
    now = _told(f"closing of each of {len(losses)} lieux", now)
    worst = max(losses, key=lambda one: one.people_without)
    print(f"  {worst.subject}: {worst.people_without:.0f} people left without, at most")
    searched = found.searched
    if searched is None or searched.by.network is None:
        return 1
    line = _busiest_bus(searched.by.network)
    ((_, lost),) = line_losses(
        searched, found.weeks, residents, {line.short_name: frozenset({line.id})}, Silent()
    )
    any_service = next(one for one in lost[0].low if one.service is None)
    now = _told(f"end of line {line.short_name} {line.long_name}", now)
    print(f"  {any_service.half_days:.0f} half-days of people lost")
    tried = []
    for one in visit_variants(searched, residents, (1, 2), Silent()):
        now = _told(f"variant {one.variant.code}", now)
        tried.append(one)
    for share in share_ranges(tried):
        if share.service is None and (share.public, share.reading) == ("people", "certain_low"):
            mover = share.moved_most_by.code if share.moved_most_by else "none"
            print(
                f"  fewer than {share.fewer_than}: {share.as_told:.2%} as told, "
                f"{share.least:.2%} to {share.most:.2%}, moved most by {mover}"
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak {peak:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
