"""A network → what it is like: each figure as it was told, as it may be, and between what.

What was told understates every network of which some were silent: they know somebody too. Each
figure is therefore the middle of what it is when the silent are supposed, many times over
(``completing``), with the 95 % interval of these; where all were heard there is none.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maillage.kernel.coded import Coded
from maillage.kernel.parameters import Parameters
from maillage.ties.completing import Told, completed, pairs_of, told_matrix
from maillage.ties.graphs import Floats, Graphs, Pairs
from maillage.ties.model import Link, Network

_ENDS = (2.5, 97.5)


class Figure(Coded):
    """A figure of a network, by its code; its words say what it is."""

    DEGREE = ("connaissances", "structures que chacune connaît, ou qui la connaissent, en moyenne")
    DENSITY = ("densite", "part des paires de structures qui se connaissent")
    RECIPROCITY = ("reciprocite", "part des liens dits par l'une que dit aussi l'autre")
    ISOLATED = ("isolees", "structures que personne ne connaît et qui ne connaissent personne")
    PARTS = ("ensembles", "ensembles de structures sans lien entre eux, les isolées à part")
    LARGEST = ("plus_grand", "part des structures qui sont dans le plus grand ensemble")
    STEPS = ("pas", "nombre de pas de l'une à l'autre, en moyenne, quand un chemin existe")
    WITHIN_TWO = (
        "deux_pas",
        "part des paires qui se connaissent, ou qu'une autre connaît toutes deux",
    )
    CENTRALISED = (
        "centralisation",
        "centralisation (0 : toutes pareilles ; 1 : tout passe par une)",
    )
    SAME_AREA = ("meme_secteur", "part des liens entre structures du même secteur")
    SAME_KIND = ("meme_nature", "part des liens entre structures de même nature")
    AREA_MIXING = ("assortativite_secteur", "entre-soi par secteur (0 : aucun ; 1 : total)")
    KIND_MIXING = ("assortativite_nature", "entre-soi par nature (0 : aucun ; 1 : total)")


COUNTS = frozenset({Figure.ISOLATED, Figure.PARTS})
SHARES = frozenset(
    {
        *(Figure.DENSITY, Figure.RECIPROCITY, Figure.LARGEST, Figure.WITHIN_TWO),
        *(Figure.SAME_AREA, Figure.SAME_KIND),
    }
)
"""Figures that are shares (0-1); the others but ``COUNTS`` are plain numbers."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure: as ``told``, its ``middle`` once the silent are supposed, and between what.

    NaN where it has no meaning (steps where nobody knows anybody).
    """

    told: float
    middle: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Broker:
    """A member that stands between others: ``between`` (0-1) of the shortest chains told.

    ``cut_off``: how many others it alone joins to the rest. ``sure``: in what share (0-1) of the
    suppositions it is among the first.
    """

    key: str
    between: float
    cut_off: int
    sure: float


@dataclass(frozen=True, slots=True)
class Mixing:
    """Pairs that know each other, by group of both: ``counts[a][b]``; each pair once, a <= b."""

    groups: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """What a network is like.

    ``isolated``: keys of those heard that know nobody and whom nobody knows; ``unknown``: silent,
    and named by nobody: nobody can say. ``links``: ties told, by link. ``known_by``: how many say
    that they know each member, by key.
    """

    wave: str
    n: int
    n_heard: int
    figures: Mapping[Figure, Measured]
    links: Mapping[Link, int]
    isolated: tuple[str, ...]
    unknown: tuple[str, ...]
    brokers: tuple[Broker, ...]
    known_by: Mapping[str, int]
    by_kind: Mixing
    by_area: Mixing
    replicates: int

    @property
    def n_silent(self) -> int:
        """How many members were not heard."""
        return self.n - self.n_heard


@dataclass(frozen=True, slots=True)
class _Groups:
    """The kind and the area of each member, as numbers; -1 = not told."""

    kinds: tuple[int, ...]
    areas: tuple[int, ...]


def measure(network: Network, graphs: Graphs, parameters: Parameters) -> Measures:
    """Return what a network is like. The same network gives the same figures."""
    n = len(network.members)
    large = n > parameters.number("ties.large")
    times = int(parameters.number("ties.replicates_large" if large else "ties.replicates"))
    spread = parameters.number("ties.spread")
    n_first = int(parameters.number("ties.brokers"))
    sources = _sources(n, int(parameters.number("ties.sources_large"))) if large else None
    groups = _Groups(*(_codes(network, name) for name in ("kind", "area")))
    told = told_matrix(network)
    as_told = _figures(told, groups, graphs, None)
    between = graphs.between(n, pairs_of(told))
    drawn: list[Mapping[Figure, float]] = []
    among_first = np.zeros(n, dtype=np.float64)
    is_census = network.n_heard in {0, n}
    for one in completed(network, 0 if is_census else times):
        drawn.append(_figures(one, groups, graphs, sources))
        share = between.share if large else graphs.between(n, pairs_of(one)).share
        among_first[_first(share, n_first)] += 1
    sure = among_first / len(drawn) if drawn else np.ones(n)
    isolated, unknown = _alone(network, told)
    return Measures(
        wave=network.wave,
        n=n,
        n_heard=network.n_heard,
        figures={one: _measured(one, as_told, drawn, spread) for one in Figure},
        links=Counter(one.link for one in network.ties),
        isolated=isolated,
        unknown=unknown,
        brokers=tuple(
            Broker(
                network.members[at].key,
                float(between.share[at]),
                int(between.cut_off[at]),
                float(sure[at]),
            )
            for at in _first(between.share, n_first)
        ),
        known_by={
            one.key: int(n_by) for one, n_by in zip(network.members, told.sum(axis=0), strict=True)
        },
        by_kind=mixing(network, "kind"),
        by_area=mixing(network, "area"),
        replicates=len(drawn),
    )


def _sources(n: int, most: int) -> list[int]:
    """Return members spread evenly over the list."""
    return sorted({round(one) for one in np.linspace(0, n - 1, min(most, n))})


def _codes(network: Network, name: str) -> tuple[int, ...]:
    names = [getattr(one, name) for one in network.members]
    known = {one: at for at, one in enumerate(sorted({one for one in names if one}))}
    return tuple(known.get(one, -1) for one in names)


def _figures(
    told: Told, groups: _Groups, graphs: Graphs, sources: Sequence[int] | None
) -> dict[Figure, float]:
    n, pairs = len(told), pairs_of(told)
    shape = graphs.shape(n, pairs, sources)
    sizes = np.bincount(shape.component, minlength=1) if n else np.zeros(1, dtype=np.int64)
    degrees = np.bincount(pairs.ravel(), minlength=n)
    n_told = int(told.sum())
    return {
        Figure.DEGREE: _over(2 * len(pairs), n),
        Figure.DENSITY: _over(2 * len(pairs), n * (n - 1)),
        Figure.RECIPROCITY: _over(int((told & told.T).sum()), n_told),
        Figure.ISOLATED: float((degrees == 0).sum()) if n else 0.0,
        Figure.PARTS: float((sizes > 1).sum()),
        Figure.LARGEST: _over(int(sizes[0]), n),
        Figure.STEPS: shape.mean_steps,
        Figure.WITHIN_TWO: shape.within_two,
        Figure.CENTRALISED: _centralised(degrees, n),
        Figure.SAME_AREA: _same(pairs, groups.areas),
        Figure.SAME_KIND: _same(pairs, groups.kinds),
        Figure.AREA_MIXING: _mixed(pairs, groups.areas, graphs),
        Figure.KIND_MIXING: _mixed(pairs, groups.kinds, graphs),
    }


def _over(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _centralised(degrees: np.ndarray[tuple[int], np.dtype[np.int64]], n: int) -> float:
    """Return Freeman's degree centralisation: 1 where one knows all and they only it."""
    if n < 3:
        return float("nan")
    return float((degrees.max() - degrees).sum()) / ((n - 1) * (n - 2))


def _same(pairs: Pairs, groups: Sequence[int]) -> float:
    """Return the share of pairs of one group, of those whose two groups are told."""
    ends = np.array(groups, dtype=np.int64)[pairs] if len(pairs) else pairs
    told = ends[(ends >= 0).all(axis=1)] if len(pairs) else pairs
    return _over(int((told[:, 0] == told[:, 1]).sum()), len(told)) if len(told) else float("nan")


def _mixed(pairs: Pairs, groups: Sequence[int], graphs: Graphs) -> float:
    known = np.array(groups, dtype=np.int64)
    if not len(pairs) or known.max() < 1:
        return float("nan")
    within = pairs[(known[pairs] >= 0).all(axis=1)]
    return graphs.assortativity(within, [max(one, 0) for one in groups])


def _first(share: Floats, most: int) -> list[int]:
    """Return the ranks of who stands most between others, those that do at all."""
    order = sorted(range(len(share)), key=lambda at: (-share[at], at))
    return [at for at in order[:most] if share[at] > 0]


def _measured(
    figure: Figure,
    as_told: Mapping[Figure, float],
    drawn: Sequence[Mapping[Figure, float]],
    spread: float,
) -> Measured:
    told = as_told[figure]
    values = np.array([one[figure] for one in drawn], dtype=np.float64)
    values = values[np.isfinite(values)]
    if not values.size:
        return Measured(told, told, told, told)
    low, high = np.percentile(values, _ENDS, method="inverted_cdf")
    middle = float(np.median(values))
    low, high = (middle + spread * (float(end) - middle) for end in (low, high))
    if figure in COUNTS:
        low, high = math.floor(low), math.ceil(high)
    if figure in SHARES or figure is Figure.CENTRALISED:
        high = min(high, 1.0)
    if figure not in {Figure.AREA_MIXING, Figure.KIND_MIXING}:
        low = max(low, 0.0)
    return Measured(told, middle, low, high)


def _alone(network: Network, told: Told) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who knows nobody and whom nobody knows: those heard, and those that nobody can say."""
    joined = (told | told.T).any(axis=1)
    alone = [network.members[at] for at in np.flatnonzero(~joined)]
    return (
        tuple(one.key for one in alone if one.is_heard),
        tuple(one.key for one in alone if not one.is_heard),
    )


def mixing(network: Network, name: str) -> Mixing:
    """Return the pairs by group of both: ``name`` is kind or area; groups by name, "" left out."""
    groups = tuple(sorted({getattr(one, name) for one in network.members} - {""}))
    rank = {one: at for at, one in enumerate(groups)}
    counts = [[0] * len(groups) for _ in groups]
    for first, last in network.pairs:
        ends = [rank.get(getattr(network.members[at], name), -1) for at in (first, last)]
        low, high = sorted(ends)
        if low >= 0:
            counts[low][high] += 1
    return Mixing(groups, tuple(map(tuple, counts)))
