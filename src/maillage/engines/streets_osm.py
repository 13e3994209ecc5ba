"""The streets of an OpenStreetMap extract (.osm.pbf), read by pyosmium into arrays.

Two passes: the ways that are streets, then what stands across them. Only tags that the rules read
are kept, and ways that bear the same ones share them: rules are then asked of a few thousand kinds
of way rather than of every way.
"""

from __future__ import annotations

import datetime as dt
import json
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from maillage.access.streets.rules import NEVER, NODE_TAGS, WAY_TAGS
from maillage.kernel.errors import MissingExtra, UnusableFile
from maillage.kernel.geometry import Box, FloatArray
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress

if TYPE_CHECKING:
    from osmium.osm import TagList, Way

READER_VERSION = 1  # goes up when the same extract would be read otherwise
IntArray = npt.NDArray[np.int32]
FlagArray = npt.NDArray[np.bool_]
Tags = Mapping[str, str]
_FIRST_YEAR = 2004  # before OpenStreetMap was, no date is one
_DEGREES = 1e-7  # of one unit of OpenStreetMap's whole-number coordinates
_NOWHERE = 2**31 - 1  # pyosmium's coordinate of a node that the extract does not hold
_TOLD_EVERY = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class RawStreets:
    """Streets as they are drawn: nodes, and the (s,) straight segments between them.

    ``lon``, ``lat`` (n,) degrees. A segment goes from node ``starts`` to node ``ends``, bears the
    tags ``kinds[kind]``, and with ``follows`` goes on from the end of the segment before it, on the
    same way. ``barriers`` (b,) are nodes with something across, of tags
    ``barrier_kinds[barrier_kind]``. ``dated`` is the extract's date, None where it tells none.
    """

    lon: FloatArray
    lat: FloatArray
    starts: IntArray
    ends: IntArray
    kind: IntArray
    follows: FlagArray
    kinds: tuple[Tags, ...]
    barriers: IntArray
    barrier_kind: IntArray
    barrier_kinds: tuple[Tags, ...]
    dated: dt.date | None

    def arrays(self) -> dict[str, Any]:
        """Return everything as arrays, to be stored."""
        texts = {
            "kinds": json.dumps([dict(tags) for tags in self.kinds]),
            "barrier_kinds": json.dumps([dict(tags) for tags in self.barrier_kinds]),
            "dated": self.dated.isoformat() if self.dated else "",
        }
        stored = {name: np.array(text) for name, text in texts.items()}
        return {**{name: getattr(self, name) for name in _ARRAYS}, **stored}


_ARRAYS = ("lon", "lat", "starts", "ends", "kind", "follows", "barriers", "barrier_kind")


def from_arrays(arrays: Mapping[str, Any]) -> RawStreets:
    """Return the streets that were stored; KeyError, ValueError where they are not all there."""
    dated = str(arrays["dated"])
    return RawStreets(
        **{name: arrays[name] for name in _ARRAYS},
        kinds=tuple(json.loads(str(arrays["kinds"]))),
        barrier_kinds=tuple(json.loads(str(arrays["barrier_kinds"]))),
        dated=dt.date.fromisoformat(dated) if dated else None,
    )


def osmium_library() -> ModuleType:
    """Return pyosmium; MissingExtra where it is not installed."""
    try:
        import osmium
        import osmium.filter
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


def read_streets(pbf: Path, box: Box | None, progress: Progress) -> RawStreets:
    """Read the streets of an extract, cut to a box (None = all).

    A segment is kept if one of its ends at least is in the box. UnusableFile where the file is
    not a whole .osm.pbf, or holds no street there.
    """
    osmium = osmium_library()
    try:
        ways = _read_ways(osmium, pbf, progress)
        if not ways.lengths:
            raise UnusableFile(pbf, tr("cet extrait OpenStreetMap ne contient aucune rue"))
        barriers = _read_barriers(osmium, pbf, progress)
        dated = _header_date(osmium, pbf) or ways.latest
    except (RuntimeError, OSError, ValueError) as error:
        if isinstance(error, UnusableFile):
            raise
        raise _unusable(pbf, error) from error
    raw = _segments(ways, barriers, box, dated)
    if not len(raw.starts):
        message = tr("aucune rue de cet extrait OpenStreetMap n'est dans le territoire demandé")
        raise UnusableFile(pbf, message)
    return raw


def _unusable(pbf: Path, error: Exception) -> UnusableFile:
    if isinstance(error, FileNotFoundError) or not pbf.is_file():
        return UnusableFile(pbf, tr("ce fichier n'existe pas"))
    message = tr(
        "ce n'est pas un extrait OpenStreetMap entier au format .osm.pbf ; téléchargez-le à nouveau"
    )
    return UnusableFile(pbf, message, value=str(error))


@dataclass(slots=True)
class _Kinds:
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
class _Ways:
    """Streets as they are read: nodes laid end to end, in OpenStreetMap's whole-number degrees."""

    refs: array[int] = field(default_factory=lambda: array("q"))
    x: array[int] = field(default_factory=lambda: array("i"))
    y: array[int] = field(default_factory=lambda: array("i"))
    lengths: array[int] = field(default_factory=lambda: array("q"))
    kind: array[int] = field(default_factory=lambda: array("i"))
    kinds: _Kinds = field(default_factory=lambda: _Kinds(frozenset(WAY_TAGS)))
    latest: dt.date | None = None


@dataclass(slots=True)
class _Barriers:
    """Nodes with something across, as they are read."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    kind: array[int] = field(default_factory=lambda: array("i"))
    kinds: _Kinds = field(default_factory=lambda: _Kinds(frozenset(NODE_TAGS)))


def _read_ways(osmium: ModuleType, pbf: Path, progress: Progress) -> _Ways:
    progress.step(tr("Lecture des rues d'OpenStreetMap"))
    ways, latest = _Ways(), None
    entities = osmium.osm.NODE | osmium.osm.WAY
    source = osmium.FileProcessor(osmium.io.File(str(pbf), "pbf"), entities).with_locations()
    source.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
    source.with_filter(osmium.filter.KeyFilter("highway"))
    streets: Iterator[Way] = (way for way in source if way.tags["highway"] not in NEVER)
    for count, way in enumerate(streets, 1):
        for node in way.nodes:
            place = node.location
            ways.refs.append(node.ref)
            ways.x.append(place.x)
            ways.y.append(place.y)
        ways.lengths.append(len(way.nodes))
        ways.kind.append(ways.kinds.number(way.tags))
        latest = way.timestamp if latest is None else max(latest, way.timestamp)
        if count % _TOLD_EVERY == 0:
            progress.advance(_TOLD_EVERY)
    ways.latest = latest.date() if latest is not None and latest.year >= _FIRST_YEAR else None
    return ways


def _read_barriers(osmium: ModuleType, pbf: Path, progress: Progress) -> _Barriers:
    progress.step(tr("Lecture des obstacles sur les rues"))
    barriers = _Barriers()
    source = osmium.FileProcessor(osmium.io.File(str(pbf), "pbf"), osmium.osm.NODE)
    for node in source.with_filter(osmium.filter.KeyFilter("barrier")):
        barriers.ids.append(node.id)
        barriers.kind.append(barriers.kinds.number(node.tags))
    return barriers


def _header_date(osmium: ModuleType, pbf: Path) -> dt.date | None:
    with osmium.io.Reader(osmium.io.File(str(pbf), "pbf"), osmium.osm.NOTHING) as reader:
        header = reader.header()
        told = [header.get(key) for key in ("osmosis_replication_timestamp", "timestamp")]
    for text in told:
        try:
            return dt.date.fromisoformat(text[:10])
        except ValueError:
            continue
    return None


def _segments(ways: _Ways, told: _Barriers, box: Box | None, dated: dt.date | None) -> RawStreets:
    x, y = np.array(ways.x, dtype=np.int64), np.array(ways.y, dtype=np.int64)
    ids, at_first, refs = np.unique(
        np.array(ways.refs, dtype=np.int64), return_index=True, return_inverse=True
    )
    lon, lat = x[at_first] * _DEGREES, y[at_first] * _DEGREES
    known = x != _NOWHERE
    way = np.repeat(np.arange(len(ways.lengths)), np.array(ways.lengths, dtype=np.int64))
    real = (way[1:] == way[:-1]) & known[1:] & known[:-1] & (refs[1:] != refs[:-1])
    if box is not None:
        inside = box.holds(np.column_stack([lon, lat]))
        real &= inside[refs[1:]] | inside[refs[:-1]]
    at = np.flatnonzero(real)
    follows = np.zeros(len(at), dtype=np.bool_)
    follows[1:] = (np.diff(at) == 1) & (way[at[1:]] == way[at[:-1]])
    used = np.unique(np.concatenate([refs[at], refs[at + 1]]))
    fresh = np.full(len(ids), -1, dtype=np.int32)
    fresh[used] = np.arange(len(used), dtype=np.int32)
    barriers, met = _numbered(np.array(told.ids, dtype=np.int64), ids)
    across = fresh[barriers]
    met &= across >= 0
    return RawStreets(
        lon=lon[used],
        lat=lat[used],
        starts=fresh[refs[at]],
        ends=fresh[refs[at + 1]],
        kind=np.array(ways.kind, dtype=np.int32)[way[at]],
        follows=follows,
        kinds=ways.kinds.all(),
        barriers=across[met],
        barrier_kind=np.array(told.kind, dtype=np.int32)[met],
        barrier_kinds=told.kinds.all(),
        dated=dated,
    )


def _numbered(
    wanted: npt.NDArray[np.int64], ids: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], FlagArray]:
    if not len(ids):
        return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=np.bool_)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return at, ids[at] == wanted
