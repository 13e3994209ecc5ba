"""The search itself, compiled: shortest times from one place to all within a limit (Dijkstra).

The queue is a heap of fours in two arrays, shallower than a heap of twos; what is settled better
afterwards is left in it, and passed over when its turn comes. Nothing but the vertices that were
reached is put back between two searches, so that a short search costs little on a large graph.
"""

# Import this file inside functions only: it loads numba.

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from maillage.engines.compiled import compiled
from maillage.kernel.geometry import FloatArray

_Whole = npt.NDArray[np.int32]


@compiled
def push(keys: FloatArray, items: _Whole, size: int, key: float, item: int) -> int:
    """Put an item in the heap; return the new size."""
    at = size
    while at > 0:
        above = (at - 1) >> 2
        if keys[above] <= key:
            break
        keys[at] = keys[above]
        items[at] = items[above]
        at = above
    keys[at] = key
    items[at] = item
    return size + 1


@compiled
def drop_first(keys: FloatArray, items: _Whole, size: int) -> int:
    """Take the first item out of the heap; return the new size."""
    size -= 1
    key, item = keys[size], items[size]
    at = 0
    while True:
        least = 4 * at + 1
        if least >= size:
            break
        lowest = keys[least]
        for below in range(least + 1, min(least + 4, size)):
            if keys[below] < lowest:
                least, lowest = below, keys[below]
        if lowest >= key:
            break
        keys[at] = lowest
        items[at] = items[least]
        at = least
    keys[at] = key
    items[at] = item
    return size


@compiled
def settle(
    arcs: tuple[_Whole, _Whole, FloatArray],
    seeds: tuple[_Whole, FloatArray],
    limit: float,
    found: FloatArray,
    heap: tuple[FloatArray, _Whole],
    touched: _Whole,
) -> int:
    """Fill ``found`` (n vertices, inf everywhere) with minutes; return how many were touched.

    ``arcs`` are first arcs (n + 1,), heads and minutes (a,); ``seeds`` the vertices where one
    begins and the minutes at which. ``heap`` has room for a + seeds items; ``touched`` for n.
    """
    first, heads, minutes = arcs
    keys, items = heap
    size, n_touched = 0, 0
    for seed in range(len(seeds[0])):
        vertex, begun = seeds[0][seed], seeds[1][seed]
        if begun <= limit and begun < found[vertex]:
            if found[vertex] == np.inf:
                touched[n_touched] = vertex
                n_touched += 1
            found[vertex] = begun
            size = push(keys, items, size, begun, vertex)
    while size > 0:
        now, vertex = keys[0], items[0]
        size = drop_first(keys, items, size)
        if now > found[vertex]:
            continue
        for arc in range(first[vertex], first[vertex + 1]):
            then = now + minutes[arc]
            head = heads[arc]
            if then <= limit and then < found[head]:
                if found[head] == np.inf:
                    touched[n_touched] = head
                    n_touched += 1
                found[head] = then
                # A dead end leads nowhere but back: no need to wait for its turn.
                only = first[head]
                if first[head + 1] - only != 1 or heads[only] != vertex:
                    size = push(keys, items, size, then, head)
    return n_touched


@compiled
def times_to_many(
    arcs: tuple[_Whole, _Whole, FloatArray],
    few: tuple[_Whole, FloatArray],
    many: tuple[_Whole, FloatArray],
    limit: float,
    result: FloatArray,
) -> None:
    """Fill ``result`` (s, t) with the minutes from each of s points to each of t.

    ``few``: (s, 2) vertices and the minutes from the point to each; ``many``: (t, 2) vertices and
    the minutes from each to the point; inf = closed. What is beyond the limit is inf.
    """
    n_vertices = len(arcs[0]) - 1
    found = np.full(n_vertices, np.inf)
    room = len(arcs[1]) + 2
    heap = (np.empty(room, dtype=np.float64), np.empty(room, dtype=np.int32))
    touched = np.empty(n_vertices, dtype=np.int32)
    for source in range(len(few[0])):
        seeds = (few[0][source], few[1][source])
        n_touched = settle(arcs, seeds, limit, found, heap, touched)
        for target in range(len(many[0])):
            by_start = found[many[0][target, 0]] + many[1][target, 0]
            by_end = found[many[0][target, 1]] + many[1][target, 1]
            best = min(by_start, by_end)
            result[source, target] = best if best <= limit else np.inf
        for at in range(n_touched):
            found[touched[at]] = np.inf


@compiled
def times_to_vertices(
    arcs: tuple[_Whole, _Whole, FloatArray], seeds: tuple[_Whole, FloatArray], limit: float
) -> FloatArray:
    """Return the minutes from the seeds to each vertex, inf beyond the limit."""
    n_vertices = len(arcs[0]) - 1
    found = np.full(n_vertices, np.inf)
    room = len(arcs[1]) + len(seeds[0])
    heap = (np.empty(room, dtype=np.float64), np.empty(room, dtype=np.int32))
    settle(arcs, seeds, limit, found, heap, np.empty(n_vertices, dtype=np.int32))
    return found
