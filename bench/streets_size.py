"""Streets of a ground as large as a département: reading, cutting, keeping, times.

``python -m bench.streets_size [--copies 1 4 16]``, the mirror being named by ``MAILLAGE_MIRROR``.
No extract of a département is at hand: the extract of Liechtenstein is laid side by side so many
times, ids and places shifted, a road joining each copy to the next. The whole is read, then a
territory of one copy with its margin; each in a process of its own, so that its peak memory is its
own. What nobody can see here: towns denser than Liechtenstein's, and roads of other places.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import osmium
from osmium.osm import mutable

from bench.streets import PARAMETERS, strewn
from maillage.access.travel import Mode, Trip
from maillage.engines.streets_osm_engine import street_network
from maillage.kernel.geometry import Box, box_around

EXTRACT = "liechtenstein.osm.pbf"
ORIGINS, SERVICES = 3_000, 300
_STEP = (0.18, 0.24)  # degrees from a copy to the next, a little more than the extract's own box
_IDS = 10**11  # between the ids of a copy and those of the next
_ROADS = {"secondary", "tertiary"}


@dataclass
class Pattern:
    """What is copied: nodes as (id, lon, lat, tags), ways as (id, nodes, tags), and four gates.

    Gates are nodes of a road open both ways: the farthest west, east, south and north.
    """

    nodes: list[tuple[int, float, float, dict[str, str]]]
    ways: list[tuple[int, list[int], dict[str, str]]]
    gates: tuple[int, int, int, int]


def pattern_of(pbf: Path) -> Pattern:
    """Return the pattern that an extract gives."""
    nodes, ways = [], []
    for one in osmium.FileProcessor(str(pbf), osmium.osm.NODE | osmium.osm.WAY):
        tags = dict(one.tags)
        if one.is_node():
            nodes.append((one.id, one.lon, one.lat, tags))
        else:
            ways.append((one.id, [node.ref for node in one.nodes], tags))
    places = {number: (lon, lat) for number, lon, lat, _ in nodes}
    on_roads = [
        node
        for _, along, tags in ways
        if tags.get("highway") in _ROADS and "oneway" not in tags and "junction" not in tags
        for node in along
        if node in places
    ]
    west_south = [min(on_roads, key=lambda node: places[node][axis]) for axis in (0, 1)]
    east_north = [max(on_roads, key=lambda node: places[node][axis]) for axis in (0, 1)]
    gates = west_south[0], east_north[0], west_south[1], east_north[1]
    return Pattern(nodes, ways, gates)


def write_copies(pattern: Pattern, copies: int, path: Path) -> dict[str, int]:
    """Write so many copies as one extract, as near a square as can be; return what it holds."""
    columns = int(np.ceil(np.sqrt(copies)))
    cells = [divmod(number, columns)[::-1] for number in range(copies)]
    header = osmium.io.Header()
    header.set("sorting", "Type_then_ID")
    n_ways = 0
    with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
        for number, (x, y) in enumerate(cells):
            for node, lon, lat, tags in pattern.nodes:
                place = (lon + x * _STEP[0], lat + y * _STEP[1])
                told = mutable.Node(id=node + number * _IDS, location=place, tags=tags, version=1)
                writer.add_node(told)
        for number in range(copies):
            shift = number * _IDS
            for way, nodes, tags in pattern.ways:
                along = [node + shift for node in nodes]
                writer.add_way(mutable.Way(id=way + shift, nodes=along, tags=tags, version=1))
        for n_ways, ends in enumerate(_joints(pattern, cells), 1):
            tags = {"highway": "tertiary"}
            told = mutable.Way(id=copies * _IDS + n_ways, nodes=ends, tags=tags, version=1)
            writer.add_way(told)
    streets = sum("highway" in tags for _, _, tags in pattern.ways)
    return {
        "nodes": copies * len(pattern.nodes),
        "ways": copies * len(pattern.ways) + n_ways,
        "streets": copies * streets + n_ways,
    }


def _joints(pattern: Pattern, cells: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give the ends of the roads from each copy to the next, eastward and northward."""
    west, east, south, north = pattern.gates
    at = {cell: number * _IDS for number, cell in enumerate(cells)}
    for (x, y), shift in at.items():
        if (x + 1, y) in at:
            yield east + shift, west + at[x + 1, y]
        if (x, y + 1) in at:
            yield north + shift, south + at[x, y + 1]


def took(work: Callable[[], Any]) -> tuple[Any, tuple[float, float]]:
    """Return what a work gives, and its seconds: by the clock, and of processor."""
    begin, worked = time.perf_counter(), time.process_time()
    found = work()
    return found, (time.perf_counter() - begin, time.process_time() - worked)


def seconds(told: tuple[float, float]) -> str:
    """Return seconds by the clock, and of processor, as they are printed."""
    return f"{told[0]:.2f} s ({told[1]:.2f} of processor)"


def peak_mib() -> float:
    """Return the most memory that the process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_whole(pbf: Path) -> dict[str, object]:
    """Return what it takes to read everything, make graphs, and give times all over it."""
    with tempfile.TemporaryDirectory() as folder:
        engine, read = took(lambda: street_network([pbf], None, PARAMETERS, Path(folder)))
        read_mib = peak_mib()
        _, again = took(lambda: street_network([pbf], None, PARAMETERS, Path(folder)))
        kept = sum(path.stat().st_size for path in Path(folder).iterdir()) / 2**20
    places = strewn(engine, ORIGINS + SERVICES)
    engine.matrix(places[:2], places[:2], Trip(Mode.WALK))  # kernels are loaded once
    engine = engine.with_parameters(PARAMETERS)  # nothing but what was read is kept
    ends = places[:ORIGINS], places[ORIGINS:]
    modes = {}
    for mode in Mode:
        search, made = took(lambda mode=mode: engine.search(mode))
        minutes, asked = took(lambda mode=mode: engine.matrix(*ends, Trip(mode)))
        modes[mode.code] = {
            "vertices": search.graph.n_vertices,
            "graph_s": made,
            "matrix_s": asked,
            "reached": float(np.isfinite(minutes).mean()),
        }
    told = {"read_s": read, "read_mib": read_mib, "again_s": again, "kept_mib": kept}
    return {**told, "modes": modes, "peak_mib": peak_mib()}


def measure_cut(pbf: Path) -> dict[str, object]:
    """Return what it takes to read one copy and its margin out of everything."""
    corner = Box(9.47, 47.05, 9.64, 47.27)
    ends = np.array([[corner.west, corner.south], [corner.east, corner.north]])
    box = box_around(ends, PARAMETERS.number("streets.margin_km"))
    with tempfile.TemporaryDirectory() as folder:
        engine, read = took(lambda: street_network([pbf], box, PARAMETERS, Path(folder)))
        _, again = took(lambda: street_network([pbf], box, PARAMETERS, Path(folder)))
        kept = sum(path.stat().st_size for path in Path(folder).iterdir()) / 2**20
    vertices = engine.search(Mode.WALK).graph.n_vertices
    told = {"cut_s": read, "cut_again_s": again, "cut_kept_mib": kept}
    return {**told, "cut_vertices": vertices, "cut_peak_mib": peak_mib()}


def printed(copies: int, held: dict[str, int], told: dict[str, Any]) -> str:
    """Return the table of one size."""
    head = (
        f"{copies} copies: {held['nodes']} nodes, {held['ways']} ways, {held['streets']} of them "
    )
    whole = f"  whole: read in {seconds(told['read_s'])}, {told['read_mib']:.0f} MiB, kept "
    whole += (
        f"{told['kept_mib']:.0f} MiB, loaded in {told['again_s'][0]:.2f} s; peak with graphs and "
    )
    cut = f"  one copy and its margin: read in {seconds(told['cut_s'])}, kept "
    cut += f"{told['cut_kept_mib']:.0f} MiB, loaded in {told['cut_again_s'][0]:.2f} s; "
    lines = [
        head + f"streets, {held['bytes'] / 2**20:.0f} MiB",
        whole + f"times {told['peak_mib']:.0f} MiB",
        cut + f"peak {told['cut_peak_mib']:.0f} MiB ({told['cut_vertices']} vertices on foot)",
    ]
    lines += [
        f"  {code:8} {mode['vertices']:7} vertices, graph in {seconds(mode['graph_s'])}; "
        f"{ORIGINS} x {SERVICES} in {seconds(mode['matrix_s'])}, {mode['reached']:.0%} reached"
        for code, mode in told["modes"].items()
    ]
    return "\n".join(lines)


def main() -> int:
    """Write extracts of each size and measure them; print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 4, 16])
    parser.add_argument("--measure", choices=("whole", "cut"), help=argparse.SUPPRESS)
    parser.add_argument("--pbf", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        measures = {"whole": measure_whole, "cut": measure_cut}
        print(json.dumps(measures[asked.measure](asked.pbf)))
        return 0
    source = Path(os.environ.get("MAILLAGE_MIRROR", "")) / "osm" / EXTRACT
    if not source.is_file():
        print("MAILLAGE_MIRROR must name the mirror folder of real data")
        return 2
    pattern = pattern_of(source)
    with tempfile.TemporaryDirectory() as folder:
        for copies in asked.copies:
            pbf = Path(folder) / f"{copies}.osm.pbf"
            held = write_copies(pattern, copies, pbf)
            held["bytes"] = pbf.stat().st_size
            told = {**child("whole", pbf), **child("cut", pbf)}
            print(printed(copies, held, told), flush=True)
    return 0


def child(what: str, pbf: Path) -> dict[str, Any]:
    """Return what a process of its own measured."""
    command = [sys.executable, "-m", "bench.streets_size", "--measure", what, "--pbf", str(pbf)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    sys.exit(main())
