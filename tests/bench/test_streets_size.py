"""The big extract that the bench of sizes writes."""

from __future__ import annotations

from pathlib import Path

from bench.streets_size import PARAMETERS, pattern_of, write_copies
from tests.engines.streets_town import Town

from maillage.access.travel import Mode
from maillage.engines.streets_osm_engine import street_network


def test_copies_of_an_extract_are_one_network(tmp_path: Path) -> None:
    """Four copies, joined by roads, hold four times the streets that are reached, and no island."""
    town = Town()
    ends = [town.node(500 * x, 500 * y) for x, y in ((0, 1), (2, 1), (1, 0), (1, 2), (1, 1))]
    for end in ends[:-1]:
        town.way([end, ends[-1]], "secondary")
    pattern = pattern_of(town.write(tmp_path / "one.osm.pbf"))
    held = write_copies(pattern, 4, tmp_path / "four.osm.pbf")
    assert held["streets"] == 4 * len(pattern.ways) + 4
    one, four = (
        street_network([tmp_path / f"{name}.osm.pbf"], None, PARAMETERS).search(Mode.CAR).graph
        for name in ("one", "four")
    )
    assert len(one.starts) == 4
    assert len(four.starts) == 4 * 4 + 4 - 8  # what a road goes on from is no crossing
