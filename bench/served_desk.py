"""What the desk of the site costs: CABBALR from the mirror, with its trains and without.

``python -m bench.served_desk`` prints, for each: seconds to make the desk, to answer first by bus,
megabytes of the process above what it held before, and p50 and p95 of « Comment y aller ». Without
comes first: compiled engines, once loaded, stay. Needs MAILLAGE_MIRROR.
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import tempfile
import time
from pathlib import Path

from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.orientation.find import find_help
from maillage.orientation.model import Going, Situation
from maillage.orientation.needs.model import Need
from maillage.orientation.way_there import way_there
from maillage.standard import mednum
from maillage.wiring import house
from maillage.wiring.at_hand import AtHand
from maillage.wiring.orientation import served_desk

CABBALR = "200072460"
ON = dt.date(2025, 2, 10)  # the trains of the mirror run then
NEED = Need(mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES, 1.0, None, ())
PLACES = 60


def megabytes() -> float:
    """Return the most that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure both desks."""
    mirror, parameters = Path(os.environ["MAILLAGE_MIRROR"]), load_parameters(ON)
    sources = house.public_sources(house.SourceChoice(ON, mirror), Silent())
    with house.work_of(CABBALR, None, sources, parameters, Silent()) as work:
        codes = [zone.code_insee for zone in work.territory.zones]
    lieux = [one.id for one in work.directory.lieux if one.point is not None][:PLACES]
    before = megabytes()
    with tempfile.TemporaryDirectory() as cache:
        for name, at in (("on foot", None), ("trains", mirror)):
            begin = time.perf_counter()
            desk = served_desk(work, AtHand(mirror=at, cache=Path(cache)), parameters)
            made = time.perf_counter() - begin
            begin = time.perf_counter()
            find_help(Situation((NEED,), codes[0], going=Going.TRANSIT), desk)
            first = time.perf_counter() - begin
            times = []
            for rank, lieu in enumerate(lieux):
                begin = time.perf_counter()
                way_there(desk, lieu, codes[rank % len(codes)])
                times.append((time.perf_counter() - begin) * 1000)
            times.sort()
            p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
            print(
                f"{name:<8} made in {made:.1f} s, first answer by bus in {first:.1f} s, "
                f"+{megabytes() - before:.0f} MB, how to get there p50 {p50:.0f} ms, "
                f"p95 {p95:.0f} ms"
            )


if __name__ == "__main__":
    main()
