"""Where the members of a network stand on its map, how large, of which sign: always the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maillage.ties.completing import pairs_of, told_matrix
from maillage.ties.graphs import Floats, Graphs
from maillage.ties.measures import Measures
from maillage.ties.model import Link, Member, Network

WIDTH, HEIGHT, BAND = 1200, 860, 26
"""The map, in units of the drawing; ``BAND``: the height of a row of members without ties."""
_MARGIN = 34
_LEAST, _MOST = 6.0, 17.0  # radii of a member known by nobody, and by who is known most
_ROUNDS = 90
_STRENGTH = {Link.KNOWS: 0, Link.WORKS_WITH: 1, Link.SENDS_TO: 2}


@dataclass(frozen=True, slots=True)
class Dot:
    """A member on the map: its number in the list, where it stands, its radius.

    ``area`` and ``kind``: ranks in the legend, -1 = not told. ``named``: its name is written.
    """

    member: Member
    number: int
    x: float
    y: float
    r: float
    area: int
    kind: int
    named: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A pair that knows each other: ranks of its dots, the strongest link told."""

    first: int
    last: int
    link: Link


@dataclass(frozen=True, slots=True)
class Drawing:
    """A network ready to be drawn; ``dots`` in the order of the members."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    areas: tuple[str, ...]
    kinds: tuple[str, ...]
    height: float
    band_from: float | None


def drawing_of(network: Network, measures: Measures, graphs: Graphs) -> Drawing:
    """Return where each member stands: by whom it knows; those without ties in rows below."""
    alone = frozenset((*measures.isolated, *measures.unknown))
    joined = [at for at, one in enumerate(network.members) if one.key not in alone]
    left = [at for at, one in enumerate(network.members) if one.key in alone]
    areas, kinds = (_in_order(network.members, name) for name in ("area", "kind"))
    radii = _radii(network, measures)
    spots = np.zeros((len(network.members), 2))
    spots[joined] = _laid_out(network, joined, areas, radii[joined], graphs)
    columns = max(int((WIDTH - 2 * _MARGIN) // BAND), 1)
    for place, at in enumerate(left):
        row, column = divmod(place, columns)
        spots[at] = (_MARGIN + BAND * column, HEIGHT + BAND * (row + 1.6))
    n_rows = -(-len(left) // columns)
    named = {one.key for one in measures.brokers}
    numbers = _numbers(network.members, areas)
    return Drawing(
        dots=tuple(
            Dot(
                one, numbers[at], float(spots[at, 0]), float(spots[at, 1]), float(radii[at]),
                _rank(areas, one.area), _rank(kinds, one.kind), one.key in named, one.key in alone,
            )
            for at, one in enumerate(network.members)
        ),
        lines=_lines(network),
        areas=areas,
        kinds=kinds,
        height=HEIGHT + (BAND * (n_rows + 1.6) if left else 0),
        band_from=HEIGHT if left else None,
    )  # fmt: skip


def _in_order(members: Sequence[Member], name: str) -> tuple[str, ...]:
    """Return areas or kinds, those of most members first."""
    told = [getattr(one, name) for one in members if getattr(one, name)]
    return tuple(sorted(set(told), key=lambda one: (-told.count(one), one)))


def _rank(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else -1


def _numbers(members: Sequence[Member], areas: Sequence[str]) -> Mapping[int, int]:
    """Return the number of each member in the list: by area, then by name."""
    order = sorted(
        range(len(members)),
        key=lambda at: (_rank(areas, members[at].area), members[at].name.casefold(), at),
    )
    return {at: number for number, at in enumerate(order, start=1)}


def _radii(network: Network, measures: Measures) -> Floats:
    known = np.array([measures.known_by[one.key] for one in network.members], dtype=np.float64)
    most = max(float(known.max()) if known.size else 0.0, 1.0)
    # Smaller dots where there are many: a drawing of 2,000 keeps air between them.
    shrink = min(1.0, (220 / max(len(known), 1)) ** 0.5)
    radii: Floats = (_LEAST + (_MOST - _LEAST) * np.sqrt(known / most)) * shrink
    return radii


def _laid_out(
    network: Network, joined: Sequence[int], areas: Sequence[str], radii: Floats, graphs: Graphs
) -> Floats:
    """Return where the members that know somebody stand, no two over each other."""
    if not joined:
        return np.zeros((0, 2))
    told = told_matrix(network)[np.ix_(joined, joined)]
    start = _by_area([_rank(areas, network.members[at].area) for at in joined], len(areas))
    spots = graphs.positions(len(joined), pairs_of(told), start)
    return _apart(_framed(spots), radii)


def _by_area(ranks: Sequence[int], n_areas: int) -> Floats:
    """Return where members are first put: each area in a spiral of its own, around a circle."""
    turn = 2.399963  # the golden angle: no two of a spiral are in line
    seen: dict[int, int] = {}
    spots = np.zeros((len(ranks), 2))
    for at, rank in enumerate(ranks):
        n = seen[rank] = seen.get(rank, -1) + 1
        centre = 2 * np.pi * (rank + 1) / (n_areas + 1)
        reach = 0.35 * n**0.5
        spots[at] = (
            10 * np.cos(centre) + reach * np.cos(turn * n),
            10 * np.sin(centre) + reach * np.sin(turn * n),
        )
    return spots


def _framed(spots: Floats) -> Floats:
    """Return spots stretched to the map, a few far ones pulled in."""
    low, high = np.percentile(spots, (2, 98), axis=0)
    held = np.clip(spots, low - 0.06 * (high - low), high + 0.06 * (high - low))
    low, span = held.min(axis=0), np.maximum(np.ptp(held, axis=0), 1e-9)
    room = np.array([WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN])
    framed: Floats = _MARGIN + (held - low) / span * room
    return framed


def _apart(spots: Floats, radii: Floats) -> Floats:
    """Return spots pushed until no dot covers another, as far as room allows."""
    least = radii[:, None] + radii[None, :] + 3.0
    rounds = _ROUNDS if len(spots) <= 600 else _ROUNDS // 6
    edges = np.array([WIDTH - _MARGIN, HEIGHT - _MARGIN])
    for _ in range(rounds):
        between = spots[:, None, :] - spots[None, :, :]
        far = np.hypot(between[..., 0], between[..., 1])
        np.fill_diagonal(far, np.inf)
        lack = np.maximum(least - far, 0.0)
        if not lack.any():
            break
        push = between / np.maximum(far, 1e-6)[..., None] * (lack / 2)[..., None]
        spots = np.clip(spots + push.sum(axis=1), _MARGIN, edges)
    return spots


def _lines(network: Network) -> tuple[Line, ...]:
    strongest: dict[tuple[int, int], Link] = {}
    for one in network.ties:
        ends = network.place[one.teller], network.place[one.other]
        pair = (min(ends), max(ends))
        known = strongest.get(pair)
        if known is None or _STRENGTH[one.link] > _STRENGTH[known]:
            strongest[pair] = one.link
    return tuple(
        Line(first, last, link)
        for (first, last), link in sorted(strongest.items(), key=lambda one: one[0])
    )
