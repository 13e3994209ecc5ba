"""p-median problems of the OR-Library (Beasley): a network whose nodes are demands and sites alike.

First line: numbers of nodes, of edges, and p. Then one edge a line: its ends and its length; an
edge told twice has its last length, as the library says. Costs are the shortest ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from maillage.kernel.errors import UnusableFile
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.siting.core import check_size
from maillage.siting.intake.numbers import Line, header, read_lines
from maillage.siting.model import Choice, PMedian


def read_or_library(path: Path, memory_bytes: float) -> PMedian:
    """Return the problem of a file.

    Raises UnusableFile, with the line, for what is not in the format or where some nodes cannot be
    reached; ImpossibleDemand where p contradicts the number of nodes; TooLarge, before reading on,
    where solving would not hold in memory.
    """
    lines = read_lines(path)
    first = header(lines, path)
    n_nodes, n_edges = first.whole(0, 1), first.whole(1, 0)
    choice = Choice(first.whole(2, 0))
    choice.check(n_nodes)
    check_size(n_nodes**2, choice.n_sites, n_nodes, memory_bytes)
    ways = shortest_ways(_lengths(lines, n_nodes, n_edges, path))
    if np.isinf(ways).any():
        node = int(np.flatnonzero(np.isinf(ways[0]))[0]) + 1
        message = tr("aucun chemin ne mène du nœud 1 au nœud {node} : le réseau est en morceaux")
        raise UnusableFile(path, message.format(node=node))
    return PMedian(ways, choice)


def _lengths(lines: Iterator[Line], n_nodes: int, n_edges: int, path: Path) -> FloatArray:
    """Return the lengths of the edges, (n_nodes, n_nodes), infinite where there is none."""
    lengths = np.full((n_nodes, n_nodes), np.inf)
    np.fill_diagonal(lengths, 0.0)
    n_read = 0
    for line in lines:
        n_read += 1
        if n_read > n_edges:
            message = tr("plus d'arêtes que les {n} annoncées à la première ligne")
            raise line.unusable(message.format(n=n_edges))
        one, other = line.whole(0, 1, n_nodes) - 1, line.whole(1, 1, n_nodes) - 1
        length = line.number_at(2)
        if length < 0:
            raise line.unusable(tr("une longueur ne peut pas être négative"))
        if one != other:
            lengths[one, other] = lengths[other, one] = length
    if n_read < n_edges:
        message = tr("{read} arêtes lues, {n} annoncées : le fichier est-il entier ?")
        raise UnusableFile(path, message.format(read=n_read, n=n_edges), line=1)
    return lengths


def shortest_ways(lengths: FloatArray) -> FloatArray:
    """Return the lengths of the shortest ways between all nodes (Floyd and Warshall).

    ``lengths`` (n, n) are those of the edges, infinite where there is none, 0 from a node
    to itself.
    """
    ways = lengths.copy()
    through = np.empty_like(ways)
    for node in range(len(ways)):
        np.add(ways[:, node, None], ways[None, node], out=through)
        np.minimum(ways, through, out=ways)
    return ways
