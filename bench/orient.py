"""How long an orientation takes: CABBALR from the mirror, and 100,000 services made up.

``python -m bench.orient`` prints one line a way of moving: p50 and p95 in milliseconds of the whole
answer after the need is read, from every commune, once the desk is warm; asked twice, since a
commune is remembered. ``--services N`` makes up another number; ``--km`` is the side of the square
they stand in (default: that of a region). Needs MAILLAGE_MIRROR.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from maillage.directory.model import Directory, Lieu, Permanence, Precision, Service, Structure
from maillage.kernel.geometry import Point
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.kernel.progress import Silent
from maillage.orientation.desk import Desk
from maillage.orientation.find import find_help
from maillage.orientation.model import Going, Situation
from maillage.orientation.needs.model import Need
from maillage.standard import mednum
from maillage.standard.record import MednumRecord
from maillage.wiring import house
from maillage.wiring.orientation import desk_of

CABBALR = "200072460"
ON = dt.date(2025, 2, 10)  # the trains of the mirror run then
SERVICES_EACH = 4
HOURS = (
    "Mo-Fr 09:00-12:00,14:00-17:00", "Mo-Fr 09:00-12:00", "Tu,Th 14:00-18:00", "We 09:00-12:00",
    "Mo-Sa 10:00-18:00", "Tu-Sa 09:30-12:30,13:30-17:30", None,
)  # fmt: skip
NEED = Need(mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES, 1.0, None, ())


def made_up(n_services: int, side_km: float, around: Point, seed: int = 1) -> Directory:
    """Return a directory of so many services, four a permanence, spread over a square."""
    chance = random.Random(seed)
    n = n_services // SERVICES_EACH
    parts = [_one(at, chance, side_km, around) for at in range(n)]
    return Directory(
        tuple(part[0] for part in parts),
        tuple(part[1] for part in parts),
        tuple(sorted((s for part in parts for s in part[2]), key=lambda one: one.id)),
        tuple(part[3] for part in parts),
    )


def _one(
    at: int, chance: random.Random, side_km: float, around: Point
) -> tuple[Structure, Lieu, list[Service], Permanence]:
    point = Point(
        around.lon + (chance.random() - 0.5) * side_km / 71.0,
        around.lat + (chance.random() - 0.5) * side_km / 111.0,
    )
    hours = chance.choice(HOURS)
    body = Structure(f"structure-{at:06d}", f"Structure {at}", None, (mednum.Typologie.ASSO,), ())
    lieu = Lieu(
        f"lieu-{at:06d}", f"Lieu {at}", "1 rue", "62400", "Ville", "62119", point,
        Precision.ADDRESS, in_territory=True, sources=(),
    )  # fmt: skip
    kinds = chance.sample(tuple(mednum.Service), SERVICES_EACH)
    services = [Service(f"service-{at:06d}-{kind.name}", body.id, kind) for kind in kinds]
    ids = tuple(one.id for one in services)
    record = MednumRecord(id=str(at), services=tuple(kinds), horaires=hours)
    permanence = Permanence(
        f"permanence-{at:06d}",
        body.id,
        lieu.id,
        ids,
        hours,
        itinerant=False,
        record=record,
        sources=(),
    )
    return body, lieu, services, permanence


def measured(desk: Desk, codes: Sequence[str], name: str) -> None:
    """Ask from every commune twice, by each way of moving, and print the times."""
    for going in Going:
        begin = time.perf_counter()
        find_help(Situation((NEED,), codes[0], going=going), desk)
        warm = time.perf_counter() - begin
        for again in ("first", "again"):
            times, refused = [], 0
            for code in codes:
                begin = time.perf_counter()
                found = find_help(Situation((NEED,), code, going=going), desk)
                times.append((time.perf_counter() - begin) * 1000)
                refused = max(refused, len(found.refusals))
            times.sort()
            p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
            print(
                f"{name:<10} {going.code:<8} {again}: p50 {p50:6.1f} ms, p95 {p95:6.1f} ms, "
                f"at most {refused} refusals; made ready in {warm:.1f} s"
            )


def main() -> None:
    """Measure both directories."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, default=100_000)
    parser.add_argument("--km", type=float, default=180.0)
    asked = parser.parse_args()
    mirror = Path(os.environ["MAILLAGE_MIRROR"])
    parameters: Parameters = load_parameters(ON)
    sources = house.public_sources(house.SourceChoice(ON, mirror), Silent())
    with house.work_of(CABBALR, None, sources, parameters, Silent()) as work:
        trains = (mirror / "gtfs" / "ter-200072460-2025-01.zip",)
        roads = house.engine(parameters)
        around = house.Around(trains)
        journeys = house.journeys(work, roads, around, parameters, Silent())
    codes = [zone.code_insee for zone in work.territory.zones]
    measured(desk_of(work, journeys, parameters), codes, "CABBALR")
    directory = made_up(asked.services, asked.km, work.territory.zones[0].point)
    begin = time.perf_counter()
    desk = desk_of(replace(work, directory=directory), journeys, parameters)
    print(f"{len(directory.services)} services opened in {time.perf_counter() - begin:.1f} s")
    measured(desk, codes, f"{asked.services}")


if __name__ == "__main__":
    main()
