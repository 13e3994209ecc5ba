"""Which half-days hang on one lieu alone: what its closing would take away, kept as a week is made.

For each home, service, certainty and half-day only one number is kept: none works, this lieu alone
makes it work, or several do. A lieu's closing is then read off, without any new search.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from maillage.access.timetable.model import IntArray

NO_LIEU, SEVERAL = -1, -2
"""Kept in the place of a lieu's number: the half-day does not work; several lieux make it work."""

HALF_DAYS_A_DAY = 2


def lieux_of(lieu_of_presence: Sequence[str]) -> tuple[str, ...]:
    """Return the lieux that presences stand at, in the order of their numbers."""
    return tuple(sorted(set(lieu_of_presence)))


def cells(*numbers: Sequence[int] | npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.intp], ...]:
    """Return what indexes every cell of some rows, columns…, by their numbers."""
    return np.ix_(*(np.asarray(some, dtype=np.intp) for some in numbers))


class SoleLieux:
    """The one lieu that each half-day hangs on, kept visit after visit, in any order."""

    def __init__(
        self, lieu_of_presence: Sequence[str], n_days: int, shape: tuple[int, ...]
    ) -> None:
        """Begin with nothing; ``shape`` is (services, certainties, homes)."""
        numbers = {lieu: number for number, lieu in enumerate(lieux_of(lieu_of_presence))}
        self._lieux = [numbers[lieu] for lieu in lieu_of_presence]
        services, certainties, homes = shape
        every = (services, certainties, n_days * HALF_DAYS_A_DAY, homes)
        self._kept = np.full(every, NO_LIEU, dtype=np.int32)

    def add(
        self,
        presence: int,
        half_days: Sequence[int],
        where: tuple[Sequence[int], Sequence[int]],
        homes: npt.NDArray[np.intp],
    ) -> None:
        """Count half-days of a presence that works for some homes, by their numbers.

        ``where`` are the numbers of the services and of the certainties.
        """
        lieu = self._lieux[presence]
        some = cells(*where, half_days, homes)
        kept = self._kept[some]
        alone = (kept == NO_LIEU) | (kept == lieu)
        self._kept[some] = np.where(alone, np.int32(lieu), np.int32(SEVERAL))

    def kept(self) -> IntArray:
        """Return (services, certainties, half-days, homes): a lieu's number, NO_LIEU, SEVERAL."""
        return self._kept
