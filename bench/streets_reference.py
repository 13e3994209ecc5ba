"""Shortest times along streets found in the plainest way, to hold the engine against.

Nothing of the engine is used but the rules of what each mode may do at which speed: the extract is
read again, every node is kept, the main network is found by hand, points are put on streets by
looking at all of them, and Dijkstra runs on Python's own heap.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import osmium

from maillage.access.streets.rules import passage, passes
from maillage.access.streets.speeds import StreetSpeeds, street_speeds
from maillage.access.travel import Mode
from maillage.kernel.geometry import FloatArray
from maillage.kernel.parameters import Parameters

_RADIUS_M = 6_371_008.8
_AT_NODE_M = 0.1  # nearer than this to a node, one stands at the node


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle metres between two (lon, lat)."""
    (x1, y1), (x2, y2) = (map(math.radians, place) for place in (a, b))
    h = math.sin((y2 - y1) / 2) ** 2
    h += math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return 2 * _RADIUS_M * math.asin(math.sqrt(h))


@dataclass
class Drawn(osmium.SimpleHandler):
    """Every street of an extract: places of nodes, ways as node ids and tags, barriers."""

    places: dict[int, tuple[float, float]] = field(default_factory=dict)
    ways: list[tuple[list[int], dict[str, str]]] = field(default_factory=list)
    barriers: dict[int, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def node(self, node: osmium.osm.Node) -> None:
        """Keep what stands across a street."""
        if "barrier" in node.tags:
            self.barriers[node.id] = dict(node.tags)

    def way(self, way: osmium.osm.Way) -> None:
        """Keep a street, and the places of its nodes."""
        if "highway" in way.tags:
            known = [node for node in way.nodes if node.location.valid()]
            self.places.update((node.ref, (node.lon, node.lat)) for node in known)
            self.ways.append(([node.ref for node in known], dict(way.tags)))


def draw(pbf: Path) -> Drawn:
    """Read an extract."""
    drawn = Drawn()
    drawn.apply_file(str(pbf), locations=True)
    return drawn


@dataclass
class Spot:
    """A point put on a segment: the share of it behind (0, 1: at a node), and how far off (m)."""

    segment: int
    share: float
    off: float


class PlainStreets:
    """The streets of one mode, node by node."""

    def __init__(self, drawn: Drawn, mode: Mode, parameters: Parameters) -> None:
        self.mode, self.parameters = mode, parameters
        self.walk_m_per_min = parameters.number("travel.walk.speed_kmh") * 1000 / 60
        self.places: dict[object, tuple[float, float]] = {}
        segments = list(self._segments(drawn, street_speeds(parameters)))
        main = _main_network(segments)
        self.segments = [s for s in segments if s[0] in main and s[1] in main]
        self.arcs: dict[object, list[tuple[object, float]]] = defaultdict(list)
        for a, b, ahead, back, _ in self.segments:
            if ahead < math.inf:
                self.arcs[a].append((b, ahead))
            if back < math.inf:
                self.arcs[b].append((a, back))
        self.open = [number for number, segment in enumerate(self.segments) if segment[4]]
        ends = [
            [self.places[s[0]], self.places[s[1]]]
            for s in map(self.segments.__getitem__, self.open)
        ]
        self.ends = np.array(ends)
        self.spots: dict[tuple[float, float], Spot | None] = {}

    def _segments(
        self, drawn: Drawn, speeds: StreetSpeeds
    ) -> Iterable[tuple[object, object, float, float, bool]]:
        closed = {n for n, tags in drawn.barriers.items() if not passes(tags, self.mode)}
        for number, (nodes, tags) in enumerate(drawn.ways):
            way = passage(tags, self.mode, speeds)
            if way is None:
                continue
            for at, (a, b) in enumerate(pairwise(nodes)):
                if a == b:
                    continue
                km = metres(drawn.places[a], drawn.places[b]) / 1000
                ahead = km / way.forward_kmh * 60 if way.forward_kmh else math.inf
                back = km / way.backward_kmh * 60 if way.backward_kmh else math.inf
                one = (a, number, at, "out") if a in closed else a
                other = (b, number, at, "in") if b in closed else b
                self.places[one], self.places[other] = drawn.places[a], drawn.places[b]
                yield one, other, ahead, back, way.doors

    def spot(self, point: tuple[float, float]) -> Spot | None:
        """Return where a point stands, None where no street is within the limit."""
        if point not in self.spots:
            self.spots[point] = self._nearest(point)
        return self.spots[point]

    def _nearest(self, point: tuple[float, float]) -> Spot | None:
        scale = np.array([math.cos(math.radians(point[1])), 1.0]) * math.radians(1) * _RADIUS_M
        flat = (self.ends - np.array(point)) * scale
        tail, reach = flat[:, 0], flat[:, 1] - flat[:, 0]
        share = -(tail * reach).sum(axis=1) / np.maximum((reach**2).sum(axis=1), 1e-12)
        share = np.clip(share, 0, 1)
        off = np.hypot(*(tail + share[:, None] * reach).T)
        best = int(np.argmin(off))
        if off[best] > self.parameters.number("streets.snap_m"):
            return None
        length = float(np.hypot(*reach[best]))
        behind = float(share[best])
        if min(behind, 1 - behind) * length < _AT_NODE_M:
            behind = round(behind)
        return Spot(self.open[best], behind, float(off[best]))

    def minutes_from(
        self, point: tuple[float, float], targets: list[tuple[float, float]]
    ) -> list[float]:
        """Return the minutes from a point to each target, inf where there is no way."""
        begin = self.spot(point)
        if begin is None:
            return [math.inf] * len(targets)
        found = self._search(begin)
        fixed = self.parameters.number(f"travel.{self.mode.code}.fixed_minutes")
        limit = self.parameters.number(f"streets.{self.mode.code}.limit_minutes")
        each = [self._to(begin, self.spot(target), found) + fixed for target in targets]
        return [minutes if minutes <= limit else math.inf for minutes in each]

    def _search(self, begin: Spot) -> dict[object, float]:
        a, b, ahead, back, _ = self.segments[begin.segment]
        walked = begin.off / self.walk_m_per_min
        heap: list[tuple[float, int, object]] = []
        count = 0
        onward = 0.0 if begin.share == 1 else ahead * (1 - begin.share)
        backward = 0.0 if begin.share == 0 else back * begin.share
        for node, minutes in ((b, onward), (a, backward)):
            if minutes < math.inf:
                heap.append((walked + minutes, count := count + 1, node))
        heapq.heapify(heap)
        found: dict[object, float] = {}
        while heap:
            now, _, node = heapq.heappop(heap)
            if node in found:
                continue
            found[node] = now
            for other, minutes in self.arcs[node]:
                if other not in found:
                    heapq.heappush(heap, (now + minutes, count := count + 1, other))
        return found

    def _to(self, begin: Spot, end: Spot | None, found: dict[object, float]) -> float:
        if end is None:
            return math.inf
        a, b, ahead, back, _ = self.segments[end.segment]
        onward = 0.0 if end.share == 0 else ahead * end.share
        backward = 0.0 if end.share == 1 else back * (1 - end.share)
        ways = [found.get(a, math.inf) + onward, found.get(b, math.inf) + backward]
        if begin.segment == end.segment:
            walked = begin.off / self.walk_m_per_min
            gone = end.share - begin.share
            if gone >= 0 and ahead < math.inf:
                ways.append(walked + gone * ahead)
            if gone <= 0 and back < math.inf:
                ways.append(walked - gone * back)
        return min(ways) + end.off / self.walk_m_per_min


_Neighbours = dict[object, list[object]]


def _main_network(segments: list[tuple[object, object, float, float, bool]]) -> set[object]:
    """Return the nodes of the longest set of streets each reachable from each (Kosaraju)."""
    onward: _Neighbours = defaultdict(list)
    against: _Neighbours = defaultdict(list)
    for a, b, ahead, back, _ in segments:
        for tail, head, minutes in ((a, b, ahead), (b, a, back)):
            if minutes < math.inf:
                onward[tail].append(head)
                against[head].append(tail)
    group = _grouped(_finished(onward, [*onward, *against]), against)
    length: dict[object, float] = defaultdict(float)
    for a, b, ahead, back, _ in segments:
        if group[a] == group[b]:
            length[group[a]] += min(ahead, back)
    if not length:
        return set()
    largest = max(length, key=lambda root: length[root])
    return {node for node, root in group.items() if root == largest}


def _finished(onward: _Neighbours, nodes: list[object]) -> list[object]:
    """Return the nodes in the order in which all that they lead to has been visited."""
    order: list[object] = []
    seen: set[object] = set()
    for root in nodes:
        stack = [(root, iter(onward[root]))] if root not in seen else []
        seen.add(root)
        while stack:
            node, heads = stack[-1]
            fresh = next((head for head in heads if head not in seen), None)
            if fresh is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(fresh)
                stack.append((fresh, iter(onward[fresh])))
    return order


def _grouped(order: list[object], against: _Neighbours) -> dict[object, object]:
    """Return for each node the first one of its set."""
    group: dict[object, object] = {}
    for root in reversed(order):
        todo = [] if root in group else [root]
        while todo:
            node = todo.pop()
            if node not in group:
                group[node] = root
                todo.extend(tail for tail in against[node] if tail not in group)
    return group


def random_places(drawn: Drawn, n: int, seed: int) -> FloatArray:
    """Return (n, 2) lon/lat degrees strewn near the streets of an extract."""
    rng = np.random.default_rng(seed)
    nodes = np.array(list(drawn.places.values()))
    return nodes[rng.integers(0, len(nodes), n)] + rng.normal(0.0, 0.0004, (n, 2))


def share_agreeing(ours: FloatArray, plain: FloatArray, tolerance: float) -> tuple[float, int]:
    """Return the share of (n, m) pairs on which both agree, and how many both can reach.

    Where neither finds a way they agree; where one alone does they do not.
    """
    known = np.isfinite(ours) & np.isfinite(plain)
    close = np.zeros(ours.shape, dtype=np.bool_)
    close[known] = np.abs(ours[known] - plain[known]) <= tolerance * plain[known]
    close |= np.isinf(ours) & np.isinf(plain)
    return float(close.mean()), int(known.sum())
