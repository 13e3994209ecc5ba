"""Pairs become groups: the surest first, and never two groups that a pair across keeps apart.

Groups are grown from single things. What is decided the same is put together first; then each
link, the most probable first, joins the two groups it stands between, unless one of one group may
not be one with one of the other. So no chain ever joins A to C where A and C contradict, and where
nothing contradicts the groups are the connected parts of the links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Apart = Callable[[int, int], bool]


class Link(NamedTuple):
    """Two things that may be one, by position, and how probable it is (0 to 1)."""

    left: int
    right: int
    probability: float


@dataclass(frozen=True, slots=True)
class Join:
    """One link that joined two groups, and who stood on each side at that moment."""

    link: Link
    left: tuple[int, ...]
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Agglomeration:
    """Groups of positions, each in order, in order of their first; and the links that made them."""

    groups: list[list[int]]
    joins: tuple[Join, ...]


class Partition:
    """Things in groups that join, some of which may never join: they are foes."""

    def __init__(self, n: int) -> None:
        self._parent = list(range(n))
        self._members: dict[int, list[int]] = {}
        self._foes: dict[int, set[int]] = {}

    def copy(self) -> Partition:
        """Return another partition, the same, that changes on its own."""
        other = Partition(0)
        other._parent = list(self._parent)
        other._members = {root: list(group) for root, group in self._members.items()}
        other._foes = {root: set(foes) for root, foes in self._foes.items()}
        return other

    def root(self, index: int) -> int:
        """Return the thing by which a group is known, the same for all its things."""
        parent = self._parent
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    def group(self, index: int) -> Sequence[int]:
        """Return all that stands with a thing, itself included."""
        root = self.root(index)
        return self._members.get(root, (root,))

    def together(self, a: int, b: int) -> bool:
        """Whether two things stand in one group."""
        return self.root(a) == self.root(b)

    def foes(self, a: int, b: int) -> bool:
        """Whether the groups of two things may never join."""
        return self.root(b) in self._foes.get(self.root(a), ())

    def join(self, a: int, b: int) -> None:
        """Make one group of two; what was a foe of one is a foe of both."""
        a, b = self.root(a), self.root(b)
        if a == b:
            return
        if self._weight(a) < self._weight(b):
            a, b = b, a
        self._parent[b] = a
        self._members.setdefault(a, [a]).extend(self._members.pop(b, [b]))
        for foe in self._foes.pop(b, ()):
            self._foes[foe].discard(b)
            self.part(a, foe)

    def part(self, a: int, b: int) -> None:
        """Make foes of two groups."""
        a, b = self.root(a), self.root(b)
        self._foes.setdefault(a, set()).add(b)
        self._foes.setdefault(b, set()).add(a)

    def groups(self) -> list[list[int]]:
        """Return every group in order, in order of their first."""
        alone = ([i] for i, parent in enumerate(self._parent) if i == parent)
        return sorted(sorted(self._members.get(one[0], one)) for one in alone)

    def _weight(self, root: int) -> int:
        return len(self._members.get(root, (root,))) + len(self._foes.get(root, ()))


def never(_a: int, _b: int) -> bool:
    """Keep nothing apart."""
    return False


def clusters(
    n: int,
    links: Iterable[Link],
    together: Iterable[tuple[int, int]] = (),
    apart: Apart = never,
) -> list[list[int]]:
    """Return the groups of ``n`` things: see ``agglomerate``."""
    return agglomerate(n, links, together, apart).groups


def agglomerate(
    n: int,
    links: Iterable[Link],
    together: Iterable[tuple[int, int]] = (),
    apart: Apart = never,
    coherent: Sequence[Partition] = (),
) -> Agglomeration:
    """Return the groups of ``n`` things, and the joins that made them, in the order they were made.

    Pairs in ``together`` are joined whatever else is told. ``apart(i, j)`` says whether two things
    may not be one; it is asked both ways round or not, as comes. Groups that join here join in each
    of ``coherent`` too, which are changed, and don't join where one of these refuses. Links of one
    probability go in order of position: positions must be those of an order that lasts.
    """
    grown = Partition(n)
    for a, b in together:
        for partition in (grown, *coherent):
            partition.join(a, b)
    joins = []
    for link in _in_turn(links):
        if _may_join(grown, link, apart, coherent):
            sides = (tuple(sorted(grown.group(i))) for i in (link.left, link.right))
            joins.append(Join(link, *sides))
            for partition in (grown, *coherent):
                partition.join(link.left, link.right)
    return Agglomeration(grown.groups(), tuple(joins))


def _in_turn(links: Iterable[Link]) -> list[Link]:
    """Return the links left to right, the most probable first, then in order of position."""
    upright = {Link(min(a, b), max(a, b), p) for a, b, p in links}
    return sorted(upright, key=lambda link: (-link.probability, link.left, link.right))


def _may_join(grown: Partition, link: Link, apart: Apart, coherent: Sequence[Partition]) -> bool:
    a, b = link.left, link.right
    if grown.together(a, b) or grown.foes(a, b):
        return False
    if any(partition.foes(a, b) for partition in coherent):
        return False
    if any(apart(i, j) for i in grown.group(a) for j in grown.group(b)):
        grown.part(a, b)  # larger groups hold the same pair: not to be asked again
        return False
    return True
