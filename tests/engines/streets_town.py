"""Small invented towns written as OpenStreetMap extracts, for the tests of street engines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import osmium
from osmium.osm import mutable

WEST, SOUTH = 2.60, 50.50
METRE = 1 / 111_195.08  # of latitude, in degrees
METRE_EAST = METRE / np.cos(np.radians(SOUTH))


@dataclass
class Town:
    """Nodes by id as (lon, lat), ways as ids and tags, tags of nodes."""

    nodes: dict[int, tuple[float, float]] = field(default_factory=dict)
    ways: list[tuple[list[int], dict[str, str]]] = field(default_factory=list)
    node_tags: dict[int, dict[str, str]] = field(default_factory=dict)
    first_way: int = 1
    version: int = 1

    def node(self, east_m: float, north_m: float, **tags: str) -> int:
        """Add a node so many metres from the town's corner; return its id."""
        number = len(self.nodes) + 1
        place = (round(WEST + east_m * METRE_EAST, 7), round(SOUTH + north_m * METRE, 7))
        self.nodes[number] = place
        if tags:
            self.node_tags[number] = tags
        return number

    def way(self, nodes: Sequence[int], highway: str, tags: Mapping[str, str] = {}) -> None:
        """Add a street."""
        self.ways.append((list(nodes), {"highway": highway, **tags}))

    def part(self, first: int, last: int, version: int = 1) -> Town:
        """Return the ways numbered so, whole, as an extract of a part of the town holds them."""
        ways = self.ways[first - 1 : last]
        held = {node for nodes, _ in ways for node in nodes}
        nodes = {number: place for number, place in self.nodes.items() if number in held}
        tags = {number: dict(told) for number, told in self.node_tags.items() if number in held}
        return Town(nodes, [(list(n), dict(t)) for n, t in ways], tags, first, version)

    def write(
        self,
        path: Path,
        timestamp: str | None = "2024-03-01T10:00:00Z",
        *,
        ways_first: bool = False,
        history: bool = False,
    ) -> Path:
        """Write the extract; ``ways_first``: nodes come after, from the last to the first."""
        header = osmium.io.Header()
        if timestamp:
            header.set("osmosis_replication_timestamp", timestamp)
        file = osmium.io.File(str(path), "osh.pbf" if history else "pbf")
        writer = osmium.SimpleWriter(file, header=header, overwrite=True)
        nodes = [self._written_node(number) for number in self.nodes]
        ways = [
            mutable.Way(id=number, nodes=nodes, tags=tags, version=self.version)
            for number, (nodes, tags) in enumerate(self.ways, self.first_way)
        ]
        for one in (*ways, *reversed(nodes)) if ways_first else (*nodes, *ways):
            writer.add(one)
        writer.close()
        return path

    def _written_node(self, number: int) -> mutable.Node:
        tags = self.node_tags.get(number, {})
        place = self.nodes[number]
        return mutable.Node(id=number, location=place, tags=tags, version=self.version)


def grid_town(seed: int, size: int = 8, step_m: float = 150.0) -> Town:
    """Return a town of crooked streets: one-ways, footpaths, steps, dead ends, posts, islands."""
    rng = np.random.default_rng(seed)
    town = Town()
    shift = rng.uniform(-40, 40, (size, size, 2))
    corner = {
        (i, j): town.node(i * step_m + shift[i, j, 0], j * step_m + shift[i, j, 1])
        for i in range(size)
        for j in range(size)
    }
    for i in range(size):
        for j in range(size):
            for other in ((i + 1, j), (i, j + 1)):
                if other in corner and rng.random() < 0.85:
                    bends = [
                        town.node(
                            (i + (other[0] - i) * share) * step_m + rng.uniform(-15, 15),
                            (j + (other[1] - j) * share) * step_m + rng.uniform(-15, 15),
                            **({"barrier": "bollard"} if rng.random() < 0.04 else {}),
                        )
                        for share in np.linspace(0, 1, 2 + rng.integers(0, 3))[1:-1]
                    ]
                    town.way([corner[i, j], *bends, corner[other]], *_street(rng))
    for i, j in rng.integers(0, size, (size, 2)):
        end = town.node(i * step_m + 60, j * step_m + 70)
        town.way([corner[i, j], end], "service")
    _closed_lane(town, corner[0, 0], corner[1, 1])
    island = [town.node(-400 - 90 * at, -400) for at in range(3)]
    town.way(island, "residential")
    return town


def _closed_lane(town: Town, begin: int, end: int) -> None:
    town.way([begin, town.node(30, 60), end], "construction")
    town.way([begin, town.node(60, 30), end], "service", {"access": "private"})


def _street(rng: np.random.Generator) -> tuple[str, dict[str, str]]:
    drawn = rng.random()
    if drawn < 0.45:
        return "residential", {}
    if drawn < 0.6:
        return "residential", {"oneway": "yes", "maxspeed": "30"}
    if drawn < 0.68:
        return "tertiary", {"oneway": "-1", "oneway:bicycle": "no"}
    if drawn < 0.8:
        return "secondary", {"maxspeed": "50"}
    if drawn < 0.9:
        return "footway", {}
    return ("steps", {}) if drawn < 0.93 else ("path", {"surface": "ground"})
