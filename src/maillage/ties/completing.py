"""What the silent members would have told, supposed many times over.

A silent member's answers are borrowed from one that was heard, drawn anew each time among a fresh
draw of those heard: the approximate Bayesian bootstrap (Rubin and Schenker 1986), over respondents.
It names as many as its donor, first those that named it, as often as ties are returned; then others
as they are known, of the same area and kind as often as those heard do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from maillage.ties.graphs import Floats, Pairs
from maillage.ties.model import Network

Told = NDArray[np.bool_]
"""Who says anything of whom: (n, n), the teller first."""
_SEED = 20281


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


class _Silent:
    """The silent members of a network, made ready to be supposed many times."""

    def __init__(self, network: Network, told: Told, heard: Told) -> None:
        self._told, self._heard = told, np.flatnonzero(heard)
        self._silent = np.flatnonzero(~heard)
        self._kinds, self._areas, self._communes = (
            _codes([getattr(one, name) for one in network.members])
            for name in ("kind", "area", "commune")
        )
        self._known = told[self._heard].sum(axis=0) + 0.5

    def supposed(self, draw: np.random.Generator) -> Told:
        """Return what all would have told, once."""
        donors = draw.choice(self._heard, len(self._heard))
        returned = self._returned(donors)
        likeness = self._likeness(donors)
        told = self._told.copy()
        for one in self._silent:
            donor = self._donor(one, donors, draw)
            self._fill(told, one, int(self._told[donor].sum()), (returned, likeness, draw))
        return told

    def _donor(self, one: np.int64, donors: Pairs, draw: np.random.Generator) -> np.int64:
        """Return one of the donors: of the same kind where there is one."""
        alike = donors[self._kinds[donors] == self._kinds[one]]
        return draw.choice(alike if len(alike) else donors)

    def _fill(
        self,
        told: Told,
        one: np.int64,
        n: int,
        means: tuple[float, Floats, np.random.Generator],
    ) -> None:
        """Write what one silent member would have told: ``n`` others, it named by them first."""
        returned, likeness, draw = means
        namers = self._heard[self._told[self._heard, one]]
        back = namers[draw.random(len(namers)) < returned]
        told[one, back] = True
        left = min(n, len(told) - 1) - len(back)
        if left <= 0:
            return
        weights = self._known * self._drawn_to(one, likeness)
        weights[one] = 0.0
        weights[namers] = 0.0
        n_open = int((weights > 0).sum())
        if n_open:
            chance = weights / weights.sum()
            told[one, draw.choice(len(told), min(left, n_open), replace=False, p=chance)] = True

    def _returned(self, donors: Pairs) -> float:
        """Return how often, of two donors of whom one named the other, the other did too."""
        drawn = np.unique(donors)
        within = self._told[np.ix_(drawn, drawn)]
        n_told = int(within.sum())
        return float((within & within.T).sum()) / n_told if n_told else 0.0

    def _likeness(self, donors: Pairs) -> Floats:
        """Return how much more often donors name who is of their kind, their area, their commune.

        Each beside what blind naming of who is as known would give; 1 = no more often.
        """
        told = self._told[donors]
        blind = self._known / self._known.sum()
        n_told = told.sum(axis=1)
        found = []
        for codes in (self._kinds, self._areas, self._communes):
            same = codes[donors][:, None] == codes[None, :]
            seen = float((told & same).sum())
            due = float(((same * blind).sum(axis=1) * n_told).sum())
            found.append((seen + 0.5) / (due + 0.5))
        return np.array(found)

    def _drawn_to(self, one: np.int64, likeness: Floats) -> Floats:
        """Return by how much one names each member more than blindly: the nearest likeness."""
        kinds, areas, communes = likeness
        pull = np.where(self._kinds == self._kinds[one], kinds, 1.0)
        near = np.where(self._areas == self._areas[one], areas, 1.0)
        near = np.where(self._communes == self._communes[one], np.maximum(communes, areas), near)
        drawn: Floats = pull * near
        return drawn


def _codes(names: Sequence[str]) -> NDArray[np.int64]:
    """Return a number for each name; one that is not told is like no other."""
    known = {name: at for at, name in enumerate(sorted({one for one in names if one}))}
    return np.array([known.get(one, -1 - at) for at, one in enumerate(names)], dtype=np.int64)
