"""What the silent members would have told, supposed many times over.

A silent member borrows from one that was heard, drawn anew each time among a fresh draw of those
heard that are about as known as it, of its kind rather than another: the approximate Bayesian
bootstrap (Rubin and Schenker 1986), over respondents. Of those that named it, it names as many as
those heard return; of the others, as many as its donor does, near and far, of its kind or not,
known and unknown, as those heard do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.ties.graphs import Floats, Pairs
from maillage.ties.model import Network

Told = NDArray[np.bool_]
"""Who says anything of whom: (n, n), the teller first."""
Ranks = NDArray[np.int64]
_SEED = 20281
_SEEN_BY_NOBODY = 0.25
"""What one that nobody named weighs beside one that one member named."""
_FITS = 8
"""Times that nearness is fitted to what all those heard told; once more in each supposition."""
_FEW = 10
"""Ties of a cell under which it is taken to be much as the others."""
_ALIKE = 5
"""Donors that a silent member may borrow from, at least."""
_OTHER_KIND = 0.35
"""How far another kind is, in the logarithm of how many know a member."""


def told_matrix(network: Network) -> Told:
    """Return who says anything of whom."""
    told = np.zeros((len(network.members),) * 2, dtype=np.bool_)
    for teller, other in network.told:
        told[teller, other] = True
    return told


def pairs_of(told: Told) -> Pairs:
    """Return the pairs of which either says anything of the other."""
    found: Pairs = np.argwhere(np.triu(told | told.T, 1)).astype(np.int64)
    return found


def completed(network: Network, times: int) -> Iterator[Told]:
    """Give what all would have told, supposed so many times; what was told stays as it is.

    Where all were heard, or none, it is what was told.
    """
    told = told_matrix(network)
    heard = np.array([one.is_heard for one in network.members], dtype=np.bool_)
    if heard.all() or not heard.any():
        yield from (told for _ in range(times))
        return
    silent = _Silent(network, told, heard)
    draw = np.random.default_rng(_SEED)
    for _ in range(times):
        yield silent.supposed(draw)


@dataclass(frozen=True, slots=True)
class _Ways:
    """How the donors of one supposition name others.

    By cell: how often (0-1) who is named names back; how much more often than blindly one is named.
    """

    donors: Ranks
    returned: Floats
    nearness: Floats

    @property
    def joint(self) -> Floats:
        """How often who is silent names back another silent one, for as many returned ties."""
        return self.returned / (2.0 - self.returned)


class _Silent:
    """The silent members of a network, made ready to be supposed many times."""

    def __init__(self, network: Network, told: Told, heard: Told) -> None:
        self._told, self._is_heard = told, heard
        self._heard, self._silent = np.flatnonzero(heard), np.flatnonzero(~heard)
        self._cells = _cells(network)
        self._kinds = _codes([one.kind for one in network.members])
        known = told[self._heard].sum(axis=0)
        self._known = known + _SEEN_BY_NOBODY
        self._fame = np.log1p(known)
        self._nearness = self._fitted(self._heard, np.ones(int(self._cells.max()) + 1), _FITS)
        # Of each heard: how many heard it names that do not name it, and how many silent.
        self._alone = (told & ~told.T)[:, heard].sum(axis=1)
        self._to_silent = told[:, ~heard].sum(axis=1)

    def supposed(self, draw: np.random.Generator) -> Told:
        """Return what all would have told, once."""
        ways = self._ways(draw.choice(self._heard, len(self._heard)))
        told = self._told.copy()
        for one in draw.permutation(self._silent):
            donor = self._donor(int(one), ways.donors, draw)
            self._to_those_heard(told, int(one), int(self._alone[donor]), (ways, draw))
            self._to_the_silent(told, int(one), int(self._to_silent[donor]), (ways, draw))
        return told

    def _donor(self, one: int, donors: Ranks, draw: np.random.Generator) -> int:
        """Return one of the donors about as known as this one, of its kind rather than another."""
        apart = np.abs(self._fame[donors] - self._fame[one])
        apart = apart + _OTHER_KIND * (self._kinds[donors] != self._kinds[one])
        # Equals are drawn at random, and not in the order of the list.
        order = np.lexsort((draw.random(len(donors)), apart))
        return int(draw.choice(donors[order[: max(_ALIKE, len(donors) // 12)]]))

    def _to_those_heard(
        self, told: Told, one: int, n: int, means: tuple[_Ways, np.random.Generator]
    ) -> None:
        """Write whom one would have named of those heard: some that named it, ``n`` others."""
        ways, draw = means
        namers = self._heard[self._told[self._heard, one]]
        returned = ways.returned[self._cells[one, namers]]
        told[one, namers[draw.random(len(namers)) < returned]] = True
        weights = self._known * ways.nearness[self._cells[one]] * self._is_heard
        weights[namers] = 0.0
        told[one, _drawn(weights, n, draw)] = True

    def _to_the_silent(
        self, told: Told, one: int, n: int, means: tuple[_Ways, np.random.Generator]
    ) -> None:
        """Write whom one would have named of the other silent, and who of them names it back."""
        ways, draw = means
        first = n / (1.0 + float(ways.joint.mean()))
        n_first = int(first) + int(draw.random() < first % 1.0)
        weights = self._known * ways.nearness[self._cells[one]] * ~self._is_heard
        weights[one] = 0.0
        others = _drawn(weights, n_first, draw)
        told[one, others] = True
        joint = ways.joint[self._cells[one, others]]
        told[others[draw.random(len(others)) < joint], one] = True

    def _ways(self, donors: Ranks) -> _Ways:
        drawn = np.unique(donors)
        within, cells = (one[np.ix_(drawn, drawn)] for one in (self._told, self._cells))
        n_told, n_back = (
            np.bincount(cells[one], minlength=len(self._nearness))
            for one in (within, within & within.T)
        )
        usual = n_back.sum() / max(int(n_told.sum()), 1)
        returned = (n_back + _FEW * usual) / (n_told + _FEW)
        nearness = self._fitted(donors, self._nearness, 1)
        return _Ways(donors, returned, nearness)

    def _fitted(self, tellers: Ranks, nearness: Floats, times: int) -> Floats:
        """Return the nearness by which tellers, each naming as many as it did, would name as many
        of each cell as they did: what they named over what was due, so many times over."""
        told, cells = self._told[tellers], self._cells[tellers]
        n_told = told.sum(axis=1)[:, None]
        seen = np.bincount(cells[told], minlength=len(nearness))
        for _ in range(times):
            pull = self._known * nearness[cells]
            pull[np.arange(len(tellers)), tellers] = 0.0
            due = (pull * n_told / pull.sum(axis=1)[:, None]).ravel()
            nearness = (
                nearness * (seen + 0.5) / (np.bincount(cells.ravel(), due, len(nearness)) + 0.5)
            )
        return nearness


def _drawn(weights: Floats, n: int, draw: np.random.Generator) -> Ranks:
    """Return n members drawn by their weights, fewer where fewer may be."""
    n = min(n, int((weights > 0).sum()))
    if n <= 0:
        return np.empty(0, dtype=np.int64)
    drawn: Ranks = draw.choice(len(weights), n, replace=False, p=weights / weights.sum())
    return drawn


def _cells(network: Network) -> Ranks:
    """Return how near each two members are, (n, n): elsewhere, same area, same commune; and of
    another kind, or the same."""
    kinds, areas, communes = (
        _codes([getattr(one, name) for one in network.members])
        for name in ("kind", "area", "commune")
    )
    alike = [codes[:, None] == codes[None, :] for codes in (kinds, areas, communes)]
    where = np.where(alike[2], 2, np.where(alike[1], 1, 0))
    cells: Ranks = 2 * where + alike[0]
    return cells


def _codes(names: Sequence[str]) -> NDArray[np.int64]:
    """Return a number for each name; one that is not told is like no other."""
    known = {name: at for at, name in enumerate(sorted({one for one in names if one}))}
    return np.array([known.get(one, -1 - at) for at, one in enumerate(names)], dtype=np.int64)
