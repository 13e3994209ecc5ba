"""Which streets are reached from a point, and when one stands at each bend of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from maillage.access.streets.isochrones import Reached
from maillage.engines.streets_graph import StreetGraph
from maillage.engines.streets_search import Side, StreetSearch, Walking
from maillage.engines.streets_snap import Attached
from maillage.kernel.geometry import FloatArray

_Index = npt.NDArray[np.int64]


def reached_streets(
    search: StreetSearch, point: Side, walking: Walking, *, towards: bool
) -> Reached:
    """Return the segments reached from one point.

    With ``towards``, those from which it is reached: minutes are then those left to go.
    """
    place, spot = point.places, point.spots
    if spot.piece[0] < 0:
        return Reached.nothing()
    graph = search.graph
    at_vertex = search.reached(point, walking, turned=towards)
    walked = float(spot.metres[0]) * walking.minutes_per_m
    parts = [_point_to_street(place, spot, walked), *_own_piece(graph, spot, walked, towards)]
    from_start = graph.backward if towards else graph.forward
    from_end = graph.forward if towards else graph.backward
    begun = from_start & (at_vertex[graph.starts] <= walking.limit_minutes)
    ended = from_end & (at_vertex[graph.ends] <= walking.limit_minutes)
    away = graph.back if towards else graph.ahead
    home = graph.ahead if towards else graph.back
    total = graph.total_ahead if towards else graph.total_back
    bends, piece = _segments_of(graph, begun)
    begin = at_vertex[graph.starts[piece]]
    parts.append(_segments(graph, (bends, bends + 1), begin + away[bends], begin + away[bends + 1]))
    bends, piece = _segments_of(graph, ended)
    begin = at_vertex[graph.ends[piece]] + total[piece]
    parts.append(_segments(graph, (bends + 1, bends), begin - home[bends + 1], begin - home[bends]))
    return Reached.together(parts).within(walking.limit_minutes)


def _point_to_street(place: FloatArray, spot: Attached, walked: float) -> Reached:
    return Reached(place, spot.spots, np.zeros(1), np.full(1, walked))


def _own_piece(
    graph: StreetGraph,
    spot: Attached,
    walked: float,
    towards: bool,  # noqa: FBT001 - as it is asked
) -> list[Reached]:
    """Return the piece on which the point stands, both ways from it."""
    piece = int(spot.piece[0])
    bends = np.arange(graph.first[piece], graph.first[piece + 1])
    onward, backward = graph.forward[piece], graph.backward[piece]
    if towards:
        onward, backward = backward, onward
    later = graph.back[bends] - spot.back[0] if towards else graph.ahead[bends] - spot.ahead[0]
    sooner = spot.ahead[0] - graph.ahead[bends] if towards else spot.back[0] - graph.back[bends]
    parts = []
    for open_, minutes, step in ((onward, later, 1), (backward, sooner, -1)):
        passed = np.flatnonzero(minutes > 0)[::step]
        if open_ and len(passed):
            at = bends[passed]
            lon = np.concatenate([spot.spots[:, 0], graph.lon[at]])
            lat = np.concatenate([spot.spots[:, 1], graph.lat[at]])
            line = np.column_stack([lon, lat])
            when = np.concatenate([[0.0], minutes[passed]]) + walked
            parts.append(Reached(line[:-1], line[1:], when[:-1], when[1:]))
    return parts


def _segments_of(graph: StreetGraph, pieces: npt.NDArray[np.bool_]) -> tuple[_Index, _Index]:
    """Return the first bend of each segment of these pieces, and its piece."""
    first = graph.first.astype(np.int64)
    owner = np.repeat(np.arange(len(pieces)), np.diff(first))
    bends = np.arange(len(owner))
    kept = pieces[owner]
    kept[first[1:] - 1] = False
    return bends[kept], owner[kept]


def _segments(
    graph: StreetGraph, bends: tuple[_Index, _Index], begin: FloatArray, end: FloatArray
) -> Reached:
    tails, heads = (np.column_stack([graph.lon[at], graph.lat[at]]) for at in bends)
    return Reached(tails, heads, begin, end)
