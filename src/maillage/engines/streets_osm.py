"""The streets of one OpenStreetMap extract (.osm.pbf), read by pyosmium into arrays.

Two passes: the ways that are streets, then what stands across them; one more, first, where nodes
come after the ways. Only tags that the rules read are kept, and ways that bear the same ones share
them: rules are then asked of a few thousand kinds of way rather than of every way.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from maillage.access.streets.rules import NEVER, NODE_TAGS, WAY_TAGS
from maillage.engines.streets_raw import FlagArray, IntArray, Tags
from maillage.kernel.errors import MissingExtra, UnusableFile
from maillage.kernel.geometry import Box, FloatArray
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress

if TYPE_CHECKING:
    from osmium.osm import TagList, Way

READER_VERSION = 3  # goes up when the same extract would be read otherwise
NOWHERE = 2**31 - 1  # pyosmium's coordinate of a node that the extract does not hold
_DEGREES = 1e-7  # of one unit of OpenStreetMap's whole-number coordinates
_FIRST_YEAR = 2004  # before OpenStreetMap was, no date is one
_CUT_EVERY = 20_000  # ways read, between two cuts to the box
_SORTED = "Type_then_ID"  # what a header tells of nodes that come before ways


def degrees(units: IntArray) -> FloatArray:
    """Return in degrees what is told in OpenStreetMap's whole-number coordinates."""
    return units.astype(np.float64) * _DEGREES


def osmium_library() -> ModuleType:
    """Return pyosmium; MissingExtra where it is not installed."""
    try:
        import osmium
        import osmium.filter
        import osmium.index
        import osmium.io
        import osmium.osm
    except ImportError as error:
        message = tr(
            "Lire les rues d'OpenStreetMap demande pyosmium. Installez-le : "
            'pip install "maillage[access]"'
        )
        raise MissingExtra(message) from error
    found: ModuleType = osmium
    return found


@dataclass(slots=True)
class Kinds:
    """Distinct sets of tags, numbered as they are met."""

    names: frozenset[str]
    numbers: dict[tuple[tuple[str, str], ...], int] = field(default_factory=dict)

    def number(self, tags: TagList) -> int:
        """Return the number of what the rules read of these tags."""
        kept = sorted((tag.k, tag.v) for tag in tags if tag.k in self.names)
        return self.numbers.setdefault(tuple(kept), len(self.numbers))

    def all(self) -> tuple[Tags, ...]:
        """Return them in order of number."""
        return tuple(dict(each) for each in self.numbers)


@dataclass(slots=True)
class Ways:
    """Streets as they are read: nodes laid end to end, in OpenStreetMap's whole-number degrees."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    versions: array[int] = field(default_factory=lambda: array("i"))
    lengths: array[int] = field(default_factory=lambda: array("i"))
    kind: array[int] = field(default_factory=lambda: array("i"))
    refs: array[int] = field(default_factory=lambda: array("q"))
    x: array[int] = field(default_factory=lambda: array("i"))
    y: array[int] = field(default_factory=lambda: array("i"))

    def only(self, kept: FlagArray, of_nodes: FlagArray) -> None:
        """Forget the (w,) ways, and their nodes, that are not kept."""
        for name in ("ids", "versions", "lengths", "kind"):
            self._keep(name, kept)
        for name in ("refs", "x", "y"):
            self._keep(name, of_nodes)

    def _keep(self, name: str, kept: FlagArray) -> None:
        told: array[int] = getattr(self, name)
        left = np.frombuffer(told, dtype=told.typecode)[kept]
        setattr(self, name, array(told.typecode, left.tobytes()))

    def extend(self, other: Ways) -> None:
        """Add ways after these."""
        for name in ("ids", "versions", "lengths", "kind", "refs", "x", "y"):
            getattr(self, name).extend(getattr(other, name))


@dataclass(slots=True)
class Barriers:
    """Nodes with something across, as they are read."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    kind: array[int] = field(default_factory=lambda: array("i"))
    kinds: Kinds = field(default_factory=lambda: Kinds(frozenset(NODE_TAGS)))


@dataclass(slots=True)
class Extract:
    """What one extract tells of streets, and its date, None where it tells none.

    ``ways`` are those that touch the box, ``n_streets`` counts all; ``placed`` tells whether any
    node of them has a place.
    """

    ways: Ways = field(default_factory=Ways)
    kinds: Kinds = field(default_factory=lambda: Kinds(frozenset(WAY_TAGS)))
    barriers: Barriers = field(default_factory=Barriers)
    n_streets: int = 0
    n_unplaced: int = 0
    placed: bool = False
    latest: dt.datetime | None = None
    told: dt.date | None = None

    @property
    def dated(self) -> dt.date | None:
        """The header's date, else that of its latest street; None where neither is told."""
        if self.told is None and self.latest is not None and self.latest.year >= _FIRST_YEAR:
            return self.latest.date()
        return self.told


def read_extract(pbf: Path, box: Box | None, progress: Progress) -> Extract:
    """Read the streets of an extract that have a node in a box (None = all).

    UnusableFile where the file is not a whole .osm.pbf, is a history, or places none of its
    streets.
    """
    osmium = osmium_library()
    if not pbf.is_file():
        raise UnusableFile(pbf, tr("ce fichier n'existe pas"))
    try:
        return _read(osmium, pbf, box, progress)
    except (RuntimeError, OSError, ValueError) as error:
        if isinstance(error, UnusableFile):
            raise
        message = tr(
            "ce n'est pas un extrait OpenStreetMap entier au format .osm.pbf ; téléchargez-le à "
            "nouveau"
        )
        raise UnusableFile(pbf, message, value=str(error)) from error


def _read(osmium: ModuleType, pbf: Path, box: Box | None, progress: Progress) -> Extract:
    header = _header(osmium, pbf)
    if header.has_multiple_object_versions:
        message = tr(
            "c'est un historique d'OpenStreetMap, où une rue figure autant de fois qu'elle a "
            "changé ; gardez-en la dernière version avec « osmium time-filter »"
        )
        raise UnusableFile(pbf, message)
    file = osmium.io.File(str(pbf), "pbf")
    found = _read_ways(osmium, file, box, progress, nodes_first=False)
    if found.n_unplaced and header.get("sorting", "") != _SORTED:
        # Nodes may come after the ways: read once more, the nodes before.
        found = _read_ways(osmium, file, box, progress, nodes_first=True)
    if found.n_streets and not found.placed:
        message = tr(
            "les rues de cet extrait OpenStreetMap n'ont pas de coordonnées : il ne contient pas "
            "leurs nœuds ; découpez-le à nouveau avec « osmium extract », ou téléchargez-le entier"
        )
        raise UnusableFile(pbf, message)
    found.told = _header_date(header)
    found.barriers = _read_barriers(osmium, file, progress)
    return found


def _header(osmium: ModuleType, pbf: Path) -> Any:  # noqa: ANN401 - pyosmium is had when used
    with osmium.io.Reader(osmium.io.File(str(pbf), "pbf"), osmium.osm.NOTHING) as reader:
        return reader.header()


def _header_date(header: Any) -> dt.date | None:  # noqa: ANN401 - pyosmium is had when used
    for key in ("osmosis_replication_timestamp", "timestamp"):
        try:
            return dt.date.fromisoformat(header.get(key, "")[:10])
        except ValueError:
            continue
    return None


def _read_ways(
    osmium: ModuleType,
    file: Any,  # noqa: ANN401 - pyosmium is had when used
    box: Box | None,
    progress: Progress,
    *,
    nodes_first: bool,
) -> Extract:
    progress.step(tr("Lecture des rues d'OpenStreetMap"))
    found, fresh = Extract(), Ways()
    for way in _streets(osmium, file, nodes_first=nodes_first):
        _take(way, fresh, found)
        if len(fresh.ids) == _CUT_EVERY:
            _add(found, fresh, box)
            progress.advance(_CUT_EVERY)
            fresh = Ways()
    _add(found, fresh, box)
    return found


def _streets(
    osmium: ModuleType,
    file: Any,  # noqa: ANN401 - pyosmium is had when used
    *,
    nodes_first: bool,
) -> Iterator[Way]:
    """Give the ways that are streets, their nodes placed where the file tells their places."""
    # One handler for both passes: it remembers that nodes came out of order.
    places = osmium.NodeLocationsForWays(osmium.index.create_map("flex_mem"))
    places.ignore_errors()
    only_ways = osmium.filter.EntityFilter(osmium.osm.WAY)
    filters = (places, only_ways, osmium.filter.KeyFilter("highway"))
    kept = osmium.osm.NODE | osmium.osm.WAY
    if nodes_first:
        kept = osmium.osm.WAY
        with osmium.io.Reader(file, osmium.osm.NODE) as reader:
            for _ in osmium.OsmFileIterator(reader, places, only_ways):
                pass
    with osmium.io.Reader(file, kept) as reader:
        for way in osmium.OsmFileIterator(reader, *filters):
            if way.tags["highway"] not in NEVER:
                yield way


def _take(way: Way, fresh: Ways, found: Extract) -> None:
    nodes = way.nodes
    for node in nodes:
        fresh.refs.append(node.ref)
        fresh.x.append(node.x)
        fresh.y.append(node.y)
    fresh.ids.append(way.id)
    fresh.versions.append(way.version)
    fresh.lengths.append(len(nodes))
    fresh.kind.append(found.kinds.number(way.tags))
    found.latest = way.timestamp if found.latest is None else max(found.latest, way.timestamp)


def _add(found: Extract, fresh: Ways, box: Box | None) -> None:
    """Add ways to those found, those that have a node in the box."""
    x, y = (np.frombuffer(each, dtype=np.int32) for each in (fresh.x, fresh.y))
    placed = x != NOWHERE
    found.n_streets += len(fresh.ids)
    found.n_unplaced += int(np.count_nonzero(~placed))
    found.placed |= bool(placed.any())
    if box is not None:
        lengths = np.frombuffer(fresh.lengths, dtype=np.int32)
        inside = placed & box.holds(degrees(np.column_stack([x, y])))
        way = np.repeat(np.arange(len(lengths)), lengths)
        kept = np.bincount(way[inside], minlength=len(lengths)) > 0
        fresh.only(kept, kept[way])
    found.ways.extend(fresh)


def _read_barriers(
    osmium: ModuleType,
    file: Any,  # noqa: ANN401 - pyosmium is had when used
    progress: Progress,
) -> Barriers:
    progress.step(tr("Lecture des obstacles sur les rues"))
    barriers = Barriers()
    source = osmium.FileProcessor(file, osmium.osm.NODE)
    for node in source.with_filter(osmium.filter.KeyFilter("barrier")):
        barriers.ids.append(node.id)
        barriers.kind.append(barriers.kinds.number(node.tags))
    return barriers
