"""Street times: the engine alone against ours, engines against each other, ours against the plain.

``python -m bench.streets [--json] [--quick]``, the mirror being named by ``MAILLAGE_MIRROR``. Each
extract runs in a process of its own, so that its peak memory is its own.

*Alone* is scipy's Dijkstra on our own graph, ready made, from 200 services, with the same limit:
no point to put on a street, no time from street to point, nothing to assemble. *Ours* is ``matrix``
whole, from 5,000 points to 200, other points at each run so that nothing is remembered of them;
*again* is ``matrix`` asked of points it has just been asked. Each is the best of several runs,
taken by turns. Ours runs two threads where scipy runs one: processor time is told too.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse
import scipy.sparse.csgraph

from bench.streets_reference import Drawn, PlainStreets, draw, random_places, share_agreeing
from maillage.access.calibration import Fitted, RealTimes, calibrate
from maillage.access.travel import Mode, StraightLine, TravelTimes, Trip
from maillage.engines.streets_cafein import cafein_streets
from maillage.engines.streets_osm_engine import OsmStreets, street_network
from maillage.kernel.geometry import FloatArray, Point, distances_km
from maillage.kernel.parameters import load_parameters

EXTRACTS = {
    "Nantes": "nantes_subset.osm.pbf",
    "Porto Alegre": "poa_osm.pbf",
    "Liechtenstein": "liechtenstein.osm.pbf",
}
PARAMETERS = load_parameters(dt.date(2026, 11, 22))
_RUNS = 9
_ORIGINS, _SERVICES = 5_000, 200
_PLAIN_ORIGINS, _PLAIN_DESTINATIONS = 20, 100


def timed(*works: Callable[[], object]) -> FloatArray:
    """Return the best (seconds, seconds of processor) of each of several works, done by turns."""
    best = np.full((len(works), 2), np.inf)
    for _ in range(_RUNS):
        for at, work in enumerate(works):
            begin, worked = time.perf_counter(), time.process_time()
            work()
            took = time.perf_counter() - begin, time.process_time() - worked
            best[at] = np.minimum(best[at], took)
    return best


def strewn(engine: OsmStreets, n: int) -> FloatArray:
    """Return (n, 2) lon/lat degrees some steps away from streets where people walk."""
    graph = engine.search(Mode.WALK).graph
    rng = np.random.default_rng(1)
    at = rng.integers(0, len(graph.lon), n)
    return np.column_stack([graph.lon[at], graph.lat[at]]) + rng.normal(0.0, 0.0004, (n, 2))


def alone(engine: OsmStreets, mode: Mode) -> Callable[[], object]:
    """Return scipy's search on the ready graph from 200 of its vertices."""
    search = engine.search(mode)
    first, heads, minutes = search.turned
    n = search.graph.n_vertices
    matrix = scipy.sparse.csr_matrix((minutes, heads, first), shape=(n, n))
    sources = np.random.default_rng(5).integers(0, n, _SERVICES)
    code = mode.code
    limit = PARAMETERS.number(f"streets.{code}.limit_minutes")
    limit -= PARAMETERS.number(f"travel.{code}.fixed_minutes")
    return lambda: scipy.sparse.csgraph.dijkstra(matrix, indices=sources, limit=limit)


def ratios(one: FloatArray, other: FloatArray) -> dict[str, float]:
    """Return how many times longer the other tells, over pairs both reach."""
    known = np.isfinite(one) & np.isfinite(other) & (one > 0)
    told = np.quantile(other[known] / one[known], [0.05, 0.5, 0.95])
    reach = float((np.isfinite(one) == np.isfinite(other)).mean())
    return {"p5": told[0], "median": told[1], "p95": told[2], "same_reach": reach}


def measure(name: str, pbf: Path, *, quick: bool) -> dict[str, object]:
    """Return everything measured of one extract."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        engine = street_network([pbf], None, PARAMETERS, Path(folder))
        read = time.perf_counter() - begin
        begin = time.perf_counter()
        engine = street_network([pbf], None, PARAMETERS, Path(folder))
        loaded = time.perf_counter() - begin
    places = strewn(engine, (_ORIGINS + _SERVICES) * _RUNS).reshape(_RUNS, -1, 2)
    sets = [(one[:_ORIGINS], one[_ORIGINS:]) for one in places]
    origins, services = sets[0]
    modes = {mode.code: measure_mode(engine, mode, sets) for mode in Mode}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    drawn = None if quick else draw(pbf)
    cafein = cafein_streets([pbf], None, PARAMETERS)
    for mode in Mode:
        told = modes[mode.code]
        told["agreement"] = compare(engine, cafein, mode, (origins, services))
        told["calibration"] = fit(engine, mode, origins[:300], services)
        if drawn is not None:
            told["plain"] = against_plain(engine, drawn, mode)
    return {
        "extract": name,
        "read_s": read,
        "reload_s": loaded,
        "peak_mib": memory,
        "modes": modes,
    }


def measure_mode(
    engine: OsmStreets, mode: Mode, sets: Sequence[tuple[FloatArray, FloatArray]]
) -> dict[str, object]:
    """Return times and sizes of one mode, asked once of each set of points."""
    origins, services = sets[0]
    fresh = iter(sets)
    begin = time.perf_counter()
    graph = engine.search(mode).graph
    made = time.perf_counter() - begin
    engine.matrix(services, services, Trip(mode))  # kernels are loaded once
    by_scipy, ours, again = timed(
        alone(engine, mode),
        lambda: engine.matrix(*next(fresh), Trip(mode)),
        lambda: engine.matrix(origins, services, Trip(mode)),
    )
    begin = time.perf_counter()
    engine.isochrones(Point(*services[0]), mode, [10.0, 20.0, 30.0])
    return {
        "vertices": graph.n_vertices,
        "pieces": len(graph.starts),
        "bends": len(graph.lon),
        "graph_s": made,
        "alone_s": by_scipy[0],
        "ours_s": ours[0],
        "ratio": ours[0] / by_scipy[0],
        "busy_ratio": ours[1] / by_scipy[1],
        "again_s": again[0],
        "isochrones_s": time.perf_counter() - begin,
    }


def compare(
    engine: OsmStreets, cafein: TravelTimes, mode: Mode, places: tuple[FloatArray, FloatArray]
) -> dict[str, dict[str, float]]:
    """Return how other engines differ from ours on the same pairs (fewer services: 40)."""
    services, origins = places[1][:40], places[0][:1000]
    others = {"cafein": cafein, "straight-line": StraightLine(PARAMETERS)}
    ours = engine.matrix(services, origins, Trip(mode))
    return {
        name: ratios(ours, other.matrix(services, origins, Trip(mode)))
        for name, other in others.items()
    }


def fit(
    engine: OsmStreets, mode: Mode, origins: FloatArray, services: FloatArray
) -> dict[str, float] | None:
    """Return the straight line fitted to the street times of one mode."""
    minutes = engine.matrix(origins, services, Trip(mode)).ravel()
    times = RealTimes(mode, distances_km(origins, services).ravel(), minutes)
    found = calibrate(times, PARAMETERS, Fitted.SPEED if mode is Mode.CAR else Fitted.DETOUR)
    if found is None:
        return None
    return {
        "detour": found.detour,
        "speed_kmh": found.speed_kmh,
        "fixed_minutes": found.fixed_minutes,
        "n": found.n,
        "median_error": found.median_error,
        "p90_error": found.p90_error,
    }


def against_plain(engine: OsmStreets, drawn: Drawn, mode: Mode) -> dict[str, float]:
    """Return the share of pairs within 1 % of a plain search over every node."""
    places = random_places(drawn, _PLAIN_ORIGINS + _PLAIN_DESTINATIONS, seed=7)
    origins, destinations = places[:_PLAIN_ORIGINS], places[_PLAIN_ORIGINS:]
    plain = PlainStreets(drawn, mode, PARAMETERS)
    targets = [tuple(place) for place in destinations]
    expected = np.array([plain.minutes_from(tuple(place), targets) for place in origins])
    found = engine.matrix(origins, destinations, Trip(mode))
    share, known = share_agreeing(found, expected, 0.01)
    return {"pairs": found.size, "reached": known, "within_1_percent": share}


def printed(result: dict) -> str:
    """Return the table of one extract."""
    head = (
        f"{result['extract']}: read {result['read_s']:.2f} s, kept streets loaded "
        f"{result['reload_s']:.2f} s, peak {result['peak_mib']:.0f} MiB"
    )
    lines = [head]
    for code, mode in result["modes"].items():
        lines.append(
            f"  {code:8} {mode['vertices']:6} vertices, {mode['pieces']} pieces, made in "
            f"{mode['graph_s']:.2f} s; scipy alone {mode['alone_s'] * 1000:.0f} ms, ours "
            f"{mode['ours_s'] * 1000:.0f} ms (x{mode['ratio']:.2f}, processor "
            f"x{mode['busy_ratio']:.2f}), again {mode['again_s'] * 1000:.0f} ms; isochrones "
            f"{mode['isochrones_s'] * 1000:.0f} ms"
        )
        for name, told in mode["agreement"].items():
            lines.append(
                f"           {name} / osm: median {told['median']:.2f}, p5 {told['p5']:.2f}, "
                f"p95 {told['p95']:.2f}; same reach {told['same_reach']:.1%}"
            )
        if (fitted := mode["calibration"]) is not None:
            lines.append(
                f"           straight line fitted: detour {fitted['detour']:.2f}, "
                f"{fitted['speed_kmh']:.1f} km/h, + {fitted['fixed_minutes']:.1f} min; error "
                f"median {fitted['median_error']:.1f}, p90 {fitted['p90_error']:.1f} min "
                f"({fitted['n']} times)"
            )
        if "plain" in mode:
            told = mode["plain"]
            lines.append(
                f"           plain search: {told['within_1_percent']:.2%} of {told['pairs']} pairs "
                f"within 1 % ({told['reached']} reached)"
            )
    return "\n".join(lines)


def main() -> int:
    """Measure each extract in a process of its own; print tables, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="leave the plain search out")
    parser.add_argument("--extract", choices=EXTRACTS)
    asked = parser.parse_args()
    mirror = Path(os.environ.get("MAILLAGE_MIRROR", ""))
    if not (mirror / "osm").is_dir():
        print("MAILLAGE_MIRROR must name the mirror folder of real data")
        return 2
    if asked.extract:
        result = measure(asked.extract, mirror / "osm" / EXTRACTS[asked.extract], quick=asked.quick)
        print(json.dumps(result))
        return 0
    for name in EXTRACTS:
        command = [sys.executable, "-m", "bench.streets", "--extract", name]
        command += ["--quick"] if asked.quick else []
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        last = done.stdout.splitlines()[-1]
        print(last if asked.json else printed(json.loads(last)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
