"""Streets of several extracts made one: ids are the world's, so the same way is in both.

Near the limit of two extracts a way, and its nodes, stand in each: the way is taken once, in its
newest version, and each node from the newest extract that places it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from maillage.engines.streets_osm import NOWHERE, Extract, Kinds, degrees, read_extract
from maillage.engines.streets_raw import FlagArray, IntArray, RawStreets, Tags
from maillage.kernel.errors import UnusableFile
from maillage.kernel.geometry import Box, FloatArray
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress

_Long = npt.NDArray[np.int64]


def read_streets(osm: Sequence[Path], box: Box | None, progress: Progress) -> RawStreets:
    """Read the streets of one or more extracts together, cut to a box (None = all).

    A segment is kept if one of its ends at least is in the box. Of two extracts of one date, what
    they tell otherwise is taken from the first given. UnusableFile where a file is not a whole
    .osm.pbf, or where none holds any street there.
    """
    extracts = [read_extract(pbf, box, progress) for pbf in osm]
    if not any(one.n_streets for one in extracts):
        raise UnusableFile(osm[0], tr("cet extrait OpenStreetMap ne contient aucune rue"))
    raw = joined(extracts, box)
    if not len(raw.starts):
        told = (
            tr("cet extrait OpenStreetMap") if len(osm) == 1 else tr("ces extraits OpenStreetMap")
        )
        message = tr(
            "aucune rue de {told} n'est dans le territoire demandé, ni dans ses abords ; donnez "
            "l'extrait de son ancienne région"
        )
        raise UnusableFile(osm[0], message.format(told=told))
    return raw


def joined(extracts: Sequence[Extract], box: Box | None) -> RawStreets:
    """Return the streets of extracts together, cut to a box (None = all)."""
    ranked = sorted(extracts, key=lambda one: one.dated or dt.date.min, reverse=True)
    ways, kinds = _ways(ranked)
    nodes = _nodes(ways)
    chosen = _newest(ways)
    return _segments(ways, chosen, nodes, box).raw(
        kinds,
        _barriers(ranked, nodes),
        brought=tuple(len(one.ways.ids) for one in extracts),
        dates=tuple(sorted({one.dated for one in extracts if one.dated is not None})),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """All ways, those of the newest extract first: (w,) of each, and (k,) of their nodes."""

    ids: _Long
    versions: IntArray
    lengths: _Long
    kind: IntArray
    refs: _Long
    x: IntArray
    y: IntArray
    rank: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class _Nodes:
    """The (n,) nodes in order of id, and (k,) which of them each mention on a way is.

    ``owner`` is the rank of the newest extract that places the node.
    """

    ids: _Long
    lon: FloatArray
    lat: FloatArray
    known: FlagArray
    owner: IntArray
    of: _Long


def _ways(ranked: Sequence[Extract]) -> tuple[_Ways, tuple[Tags, ...]]:
    kinds, numbers = _one_numbering([one.kinds for one in ranked])
    each = [one.ways for one in ranked]

    def long(name: str) -> _Long:
        """Return one column of all extracts."""
        return np.concatenate([np.array(getattr(one, name), dtype=np.int64) for one in each])

    def whole(name: str) -> IntArray:
        """Return one column of smaller numbers."""
        return np.concatenate([np.array(getattr(one, name), dtype=np.int32) for one in each])

    kind = [n[np.array(one.kind, dtype=np.int64)] for n, one in zip(numbers, each, strict=True)]
    rank = np.repeat(np.arange(len(each)), [len(one.refs) for one in each])
    ways = _Ways(
        ids=long("ids"),
        versions=whole("versions"),
        lengths=long("lengths"),
        kind=np.concatenate(kind).astype(np.int32),
        refs=long("refs"),
        x=whole("x"),
        y=whole("y"),
        rank=rank.astype(np.int32),
    )
    return ways, kinds


def _one_numbering(several: Sequence[Kinds]) -> tuple[tuple[Tags, ...], list[_Long]]:
    """Return all sets of tags in order, and for each numbering the new number of each."""
    every = sorted({tags for kinds in several for tags in kinds.numbers})
    number = {tags: at for at, tags in enumerate(every)}
    renumbered = [
        np.array([number[tags] for tags in kinds.numbers], dtype=np.int64) for kinds in several
    ]
    return tuple(dict(tags) for tags in every), renumbered


def _nodes(ways: _Ways) -> _Nodes:
    unknown = ways.x == NOWHERE
    order = np.lexsort((unknown, ways.refs))  # stable: of two known, the newest extract's
    ranked = ways.refs[order]
    fresh = np.ones(len(ranked), dtype=np.bool_)
    fresh[1:] = ranked[1:] != ranked[:-1]
    of = np.empty(len(ranked), dtype=np.int64)
    of[order] = np.cumsum(fresh) - 1
    at = order[fresh]
    return _Nodes(
        ids=ways.refs[at],
        lon=degrees(ways.x[at]),
        lat=degrees(ways.y[at]),
        known=~unknown[at],
        owner=ways.rank[at],
        of=of,
    )


def _newest(ways: _Ways) -> _Long:
    """Return the number of each way taken, in order of id: of one told twice, the newest."""
    order = np.lexsort((-ways.versions, ways.ids))  # stable: of one version, the newest extract's
    ids = ways.ids[order]
    first = np.ones(len(ids), dtype=np.bool_)
    first[1:] = ids[1:] != ids[:-1]
    return order[first]


@dataclass(frozen=True, slots=True, eq=False)
class _Segments:
    """Segments kept: numbers of nodes at both ends, kind, whether each follows the one before."""

    nodes: _Nodes
    tails: _Long
    heads: _Long
    kind: IntArray
    follows: FlagArray
    missing: int

    def raw(
        self,
        kinds: tuple[Tags, ...],
        barriers: tuple[_Long, IntArray, tuple[Tags, ...]],
        *,
        brought: tuple[int, ...],
        dates: tuple[dt.date, ...],
    ) -> RawStreets:
        """Return the streets, only the nodes that they use being kept."""
        used = np.zeros(len(self.nodes.ids), dtype=np.bool_)
        used[self.tails] = used[self.heads] = True
        fresh = np.where(used, np.cumsum(used) - 1, -1).astype(np.int32)
        across = fresh[barriers[0]]
        return RawStreets(
            lon=self.nodes.lon[used],
            lat=self.nodes.lat[used],
            starts=fresh[self.tails],
            ends=fresh[self.heads],
            kind=self.kind,
            follows=self.follows,
            kinds=kinds,
            barriers=across[across >= 0],
            barrier_kind=barriers[1][across >= 0],
            barrier_kinds=barriers[2],
            brought=brought,
            missing=self.missing,
            dates=dates,
        )


def _segments(ways: _Ways, chosen: _Long, nodes: _Nodes, box: Box | None) -> _Segments:
    lengths = ways.lengths[chosen]
    begins = np.cumsum(ways.lengths) - ways.lengths
    way = np.repeat(np.arange(len(chosen)), lengths)
    within = np.arange(len(way)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    refs = nodes.of[begins[chosen][way] + within]
    known = nodes.known[refs]
    real = (way[1:] == way[:-1]) & known[1:] & known[:-1] & (refs[1:] != refs[:-1])
    if box is not None:
        inside = box.holds(np.column_stack([nodes.lon, nodes.lat]))
        real &= inside[refs[1:]] | inside[refs[:-1]]
    at = np.flatnonzero(real)
    follows = np.zeros(len(at), dtype=np.bool_)
    follows[1:] = (np.diff(at) == 1) & (way[at[1:]] == way[at[:-1]])
    return _Segments(
        nodes=nodes,
        tails=refs[at],
        heads=refs[at + 1],
        kind=ways.kind[chosen][way[at]],
        follows=follows,
        missing=len(np.unique(refs[~known])),
    )


def _barriers(ranked: Sequence[Extract], nodes: _Nodes) -> tuple[_Long, IntArray, tuple[Tags, ...]]:
    """Return the nodes with something across, each as its owner tells it, and the kinds."""
    kinds, numbers = _one_numbering([one.barriers.kinds for one in ranked])
    found, kind = [], []
    for rank, (one, number) in enumerate(zip(ranked, numbers, strict=True)):
        ids = np.array(one.barriers.ids, dtype=np.int64)
        at, met = _numbered(ids, nodes.ids)
        met[met] &= nodes.owner[at[met]] == rank
        found.append(at[met])
        kind.append(number[np.array(one.barriers.kind, dtype=np.int64)[met]])
    at = np.concatenate(found)
    order = np.argsort(at, kind="stable")
    return at[order], np.concatenate(kind)[order].astype(np.int32), kinds


def _numbered(wanted: _Long, ids: _Long) -> tuple[_Long, FlagArray]:
    if not len(ids):
        return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=np.bool_)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return at, ids[at] == wanted
