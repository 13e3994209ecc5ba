"""Streets where they are known, straight lines where they are not: for walks to stops and places.

A timetable goes farther than an extract of streets: a stop beyond its edge would else be a stop
that nobody can walk to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from maillage.access.streets.model import Snapped
from maillage.access.travel import Mode, TravelTimes, Trip
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr


class Streets(TravelTimes, Protocol):
    """An engine of travel times that knows which points stand near its streets."""

    def snap(self, places: FloatArray, mode: Mode) -> Snapped:
        """Return how far (n, 2) lon/lat degrees stand from the streets of a mode."""


class WhereKnown:
    """Times by the streets between points that stand near one, and estimated for the others."""

    def __init__(self, streets: Streets, estimate: TravelTimes) -> None:
        self._streets, self._estimate = streets, estimate

    @property
    def name(self) -> str:
        """The names of both engines."""
        return f"{self._streets.name}+{self._estimate.name}"

    def describe(self, modes: Sequence[Mode] = tuple(Mode)) -> str:
        """Return how times are had by the streets, then how where there are none."""
        return tr("{streets} Loin de toute rue de l'extrait : {estimate}").format(
            streets=self._streets.describe(modes), estimate=self._estimate.describe(modes)
        )

    def matrix(self, origins: FloatArray, destinations: FloatArray, trip: Trip) -> FloatArray:
        """Return the (n, m) minutes; those of a point far from streets are estimated."""
        minutes = self._streets.matrix(origins, destinations, trip)
        lost, unreached = (
            ~self._streets.snap(places, trip.mode).placed for places in (origins, destinations)
        )
        if lost.any():
            minutes[lost] = self._estimate.matrix(origins[lost], destinations, trip)
        kept = np.flatnonzero(~lost)
        if unreached.any() and len(kept):
            estimated = self._estimate.matrix(origins[kept], destinations[unreached], trip)
            minutes[np.ix_(kept, np.flatnonzero(unreached))] = estimated
        return minutes
