"""The graph of one mode, made from streets as they are drawn: only crossings are left as vertices.

What is kept is the main network: the largest set of streets (by length) of which each can be
reached from each, and left. Between two crossings runs a *piece*, with its bends: along it the
minutes from its beginning are known at each bend, so that a journey may begin or end anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from maillage.access.streets.rules import passage, passes
from maillage.access.streets.speeds import StreetSpeeds
from maillage.access.travel import Mode
from maillage.engines.streets_raw import FlagArray, IntArray, RawStreets
from maillage.engines.streets_scipy import scipy_sparse
from maillage.kernel.geometry import EARTH_RADIUS_KM, FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class StreetGraph:
    """The main network of one mode: n vertices, p pieces between them, k bends along pieces.

    Piece i goes from vertex ``starts[i]`` to ``ends[i]``; ``forward`` and ``backward`` (p,) tell
    which ways it may be taken, ``doors`` whether a journey may begin or end along it. Its bends,
    both ends among them, are ``first[i]`` to ``first[i + 1] - 1`` of ``lon``, ``lat`` (k,) degrees.
    ``ahead`` (k,) are the minutes from the piece's beginning to the bend, ``back`` (k,) those from
    the bend to the beginning; 0 where that way is closed.
    """

    n_vertices: int
    starts: IntArray
    ends: IntArray
    forward: FlagArray
    backward: FlagArray
    doors: FlagArray
    first: IntArray
    lon: FloatArray
    lat: FloatArray
    ahead: FloatArray
    back: FloatArray

    @property
    def total_ahead(self) -> FloatArray:
        """The (p,) minutes of a whole piece forward."""
        return self.ahead[self.first[1:] - 1]

    @property
    def total_back(self) -> FloatArray:
        """The (p,) minutes of a whole piece backward."""
        return self.back[self.first[1:] - 1]


@dataclass(frozen=True, slots=True, eq=False)
class _Segments:
    """What one mode may use: (s,) segments, minutes each way (inf = closed)."""

    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    ahead: FloatArray
    back: FloatArray
    doors: FlagArray
    follows: FlagArray
    metres: FloatArray

    def only(self, kept: FlagArray) -> _Segments:
        """Return those kept; one that went on from a segment left out follows nothing."""
        told = {each.name: getattr(self, each.name)[kept] for each in fields(self)}
        at = np.flatnonzero(kept)
        told["follows"][1:] &= np.diff(at) == 1
        told["follows"][:1] = False
        return _Segments(**told)


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """Runs of segments, each from a node to a node: the first segment of each, and how many."""

    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    forward: FlagArray
    backward: FlagArray
    doors: FlagArray
    first: npt.NDArray[np.int64]
    n_segments: npt.NDArray[np.int64]


def street_graph(
    raw: RawStreets, mode: Mode, speeds: StreetSpeeds, *, step_free: bool = False
) -> StreetGraph:
    """Return the graph of a mode; it has no piece where the mode may go nowhere."""
    segments, nodes = _open_segments(raw, mode, speeds, step_free=step_free)
    segments = _main_network(segments, len(nodes))
    pieces = _runs(segments, len(nodes))
    chained, turned, of_chain = _chains(pieces, len(nodes))
    return _drawn((raw.lon[nodes], raw.lat[nodes]), segments, pieces, (chained, turned, of_chain))


def _open_segments(
    raw: RawStreets, mode: Mode, speeds: StreetSpeeds, *, step_free: bool
) -> tuple[_Segments, npt.NDArray[np.int64]]:
    """Return what the mode may use, and for each node the one that it was drawn as.

    A node that a barrier closes is cut: each street that touches it has an end of its own there.
    """
    ways = [passage(tags, mode, speeds, step_free=step_free) for tags in raw.kinds]
    forward = np.array([way.forward_kmh if way else 0.0 for way in ways])[raw.kind]
    backward = np.array([way.backward_kmh if way else 0.0 for way in ways])[raw.kind]
    doors = np.array([way is not None and way.doors for way in ways], dtype=np.bool_)[raw.kind]
    km = segment_km(raw.lon, raw.lat, raw.starts, raw.ends)
    closed = np.array(
        [not passes(tags, mode, step_free=step_free) for tags in raw.barrier_kinds], dtype=np.bool_
    )
    cut = np.zeros(len(raw.lon), dtype=np.bool_)
    cut[raw.barriers[closed[raw.barrier_kind]]] = True
    touching = np.concatenate([raw.starts, raw.ends]).astype(np.int64)
    at_barrier = np.flatnonzero(cut[touching])
    nodes = np.concatenate([np.arange(len(raw.lon)), touching[at_barrier]])
    touching[at_barrier] = len(raw.lon) + np.arange(len(at_barrier))
    starts, ends = touching[: len(km)], touching[len(km) :]
    with np.errstate(divide="ignore", invalid="ignore"):
        ahead = np.where(forward > 0, km / forward * 60.0, np.inf)
        back = np.where(backward > 0, km / backward * 60.0, np.inf)
    follows = raw.follows.copy()
    follows[1:] &= starts[1:] == ends[:-1]
    every = _Segments(starts, ends, ahead, back, doors, follows, km)
    return every.only((forward > 0) | (backward > 0)), nodes


def segment_km(lon: FloatArray, lat: FloatArray, starts: IntArray, ends: IntArray) -> FloatArray:
    """Return the great-circle km between (s,) pairs of nodes."""
    x, y = np.radians(lon), np.radians(lat)
    half = (
        np.sin((y[ends] - y[starts]) / 2.0) ** 2
        + np.cos(y[starts]) * np.cos(y[ends]) * np.sin((x[ends] - x[starts]) / 2.0) ** 2
    )
    km: FloatArray = 2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return km


def _main_network(segments: _Segments, n_nodes: int) -> _Segments:
    sparse = scipy_sparse()
    goes, comes = np.isfinite(segments.ahead), np.isfinite(segments.back)
    tails = np.concatenate([segments.starts[goes], segments.ends[comes]])
    heads = np.concatenate([segments.ends[goes], segments.starts[comes]])
    arcs = sparse.csr_matrix(
        (np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(n_nodes, n_nodes)
    )
    n_sets, sets = sparse.csgraph.connected_components(arcs, directed=True, connection="strong")
    within = sets[segments.starts] == sets[segments.ends]
    km = np.bincount(
        sets[segments.starts[within]], weights=segments.metres[within], minlength=n_sets
    )
    main = int(np.argmax(km)) if len(km) else 0
    return segments.only(within & (sets[segments.starts] == main))


def _runs(segments: _Segments, n_nodes: int) -> _Pieces:
    """Return the runs of segments of one way between nodes where something else touches it."""
    touched = np.bincount(segments.starts, minlength=n_nodes)
    touched += np.bincount(segments.ends, minlength=n_nodes)
    first = np.flatnonzero(~(segments.follows & (touched[segments.starts] == 2)))
    last = np.append(first[1:], len(segments.starts))
    return _Pieces(
        starts=segments.starts[first],
        ends=segments.ends[last - 1] if len(first) else segments.ends[:0],
        forward=np.isfinite(segments.ahead[first]),
        backward=np.isfinite(segments.back[first]),
        doors=segments.doors[first],
        first=first,
        n_segments=last - first,
    )


def _chains(
    pieces: _Pieces, n_nodes: int
) -> tuple[npt.NDArray[np.int64], FlagArray, npt.NDArray[np.int64]]:
    """Join pieces end to end where nothing else touches them and both go the same ways.

    Returns the pieces in order, whether each is taken from its end, and the place of the first of
    each chain (and, last, of what would follow).
    """
    mates = _mates(pieces, n_nodes)
    n_pieces = len(pieces.starts)
    met = [False] * n_pieces
    order: list[int] = []
    turned: list[bool] = []
    begins: list[int] = []
    open_ends = [half for half, mate in enumerate(mates) if mate < 0]
    for entry in (*open_ends, *range(n_pieces)):  # rings have no open end: begun anywhere, last
        half = entry
        if met[half % n_pieces]:
            continue
        begins.append(len(order))
        while half >= 0 and not met[half % n_pieces]:
            piece, from_end = half % n_pieces, half >= n_pieces
            met[piece] = True
            order.append(piece)
            turned.append(from_end)
            half = mates[piece if from_end else piece + n_pieces]
    begins.append(len(order))
    return (
        np.array(order, dtype=np.int64),
        np.array(turned, dtype=np.bool_),
        np.array(begins, dtype=np.int64),
    )


def _mates(pieces: _Pieces, n_nodes: int) -> list[int]:
    """Return, for the start (0 to p - 1) and end (p to 2p - 1) of each piece, what it joins on to.

    -1 where it joins nothing: a crossing, a dead end, or a change of what may be done.
    """
    n_pieces = len(pieces.starts)
    node = np.concatenate([pieces.starts, pieces.ends])
    out = np.concatenate([pieces.forward, pieces.backward])
    into = np.concatenate([pieces.backward, pieces.forward])
    doors = np.concatenate([pieces.doors, pieces.doors])
    order = np.argsort(node, kind="stable")
    touched = np.bincount(node, minlength=n_nodes)
    at = np.concatenate([[0], np.cumsum(touched)])[:-1][touched == 2]
    one, other = order[at], order[at + 1]
    alike = (out[one] == into[other]) & (into[one] == out[other]) & (doors[one] == doors[other])
    alike &= one % max(n_pieces, 1) != other % max(n_pieces, 1)
    mates = np.full(2 * n_pieces, -1, dtype=np.int64)
    mates[one[alike]], mates[other[alike]] = other[alike], one[alike]
    found: list[int] = mates.tolist()
    return found


def _drawn(
    places: tuple[FloatArray, FloatArray],
    segments: _Segments,
    pieces: _Pieces,
    chains: tuple[npt.NDArray[np.int64], FlagArray, npt.NDArray[np.int64]],
) -> StreetGraph:
    order, turned, begins = chains
    at, reverse, first_of_piece = _segments_in_order(pieces, order, turned)
    bounds = first_of_piece[begins]  # first segment of each chain, and last the number of all
    n_chains, n_segments = len(begins) - 1, len(at)
    tails = np.where(reverse, segments.ends[at], segments.starts[at])
    heads = np.where(reverse, segments.starts[at], segments.ends[at])
    chain = np.repeat(np.arange(n_chains), np.diff(bounds))
    bend = np.empty(n_segments + n_chains, dtype=np.int64)
    bend[np.arange(n_segments) + chain] = tails
    bend[bounds[1:] + np.arange(n_chains)] = heads[bounds[1:] - 1]
    forward = np.where(turned, pieces.backward[order], pieces.forward[order])[begins[:-1]]
    backward = np.where(turned, pieces.forward[order], pieces.backward[order])[begins[:-1]]
    ahead = np.where(reverse, segments.back[at], segments.ahead[at])
    back = np.where(reverse, segments.ahead[at], segments.back[at])
    starts, ends = tails[bounds[:-1]], heads[bounds[1:] - 1]
    vertices, numbers = np.unique(np.concatenate([starts, ends]), return_inverse=True)
    return StreetGraph(
        n_vertices=len(vertices),
        starts=numbers[:n_chains].astype(np.int32),
        ends=numbers[n_chains:].astype(np.int32),
        forward=forward,
        backward=backward,
        doors=pieces.doors[order][begins[:-1]],
        first=(bounds + np.arange(n_chains + 1)).astype(np.int32),
        lon=places[0][bend],
        lat=places[1][bend],
        ahead=_along(ahead, bounds),
        back=_along(back, bounds),
    )


def _segments_in_order(
    pieces: _Pieces, order: npt.NDArray[np.int64], turned: FlagArray
) -> tuple[npt.NDArray[np.int64], FlagArray, npt.NDArray[np.int64]]:
    """Return the segments of pieces taken in that order, which are taken backwards, and bounds."""
    counts = pieces.n_segments[order]
    bounds = np.concatenate([[0], np.cumsum(counts)])
    within = np.arange(bounds[-1]) - np.repeat(bounds[:-1], counts)
    reverse = np.repeat(turned, counts)
    first, n_each = np.repeat(pieces.first[order], counts), np.repeat(counts, counts)
    return first + np.where(reverse, n_each - 1 - within, within), reverse, bounds


def _along(minutes: FloatArray, bounds: npt.NDArray[np.int64]) -> FloatArray:
    """Return the minutes from the beginning of each chain to each bend of it; 0 where closed."""
    total = np.concatenate([[0.0], np.cumsum(np.where(np.isfinite(minutes), minutes, 0.0))])
    n_chains = len(bounds) - 1
    chain = np.repeat(np.arange(n_chains), np.diff(bounds) + 1)
    at = np.arange(len(minutes) + n_chains) - chain
    along: FloatArray = total[at] - total[bounds[:-1]][chain]
    return along
