"""Travel times asked again and again in one piece of work, computed once."""

from __future__ import annotations

from collections.abc import Sequence

from maillage.access.travel import Mode, TravelTimes, Trip
from maillage.kernel.geometry import FloatArray


class Remembered:
    """An engine of travel times that keeps every matrix that it was asked, as long as it lives."""

    def __init__(self, engine: TravelTimes) -> None:
        """Keep what ``engine`` answers."""
        self._engine = engine
        self._known: dict[tuple[bytes, bytes, Trip], FloatArray] = {}

    @property
    def name(self) -> str:
        """The name of the engine."""
        return self._engine.name

    def describe(self, modes: Sequence[Mode] = tuple(Mode)) -> str:
        """Return what the engine says of itself."""
        return self._engine.describe(modes)

    def matrix(self, origins: FloatArray, destinations: FloatArray, trip: Trip) -> FloatArray:
        """Return the (n, m) minutes of the engine, not to be written in."""
        asked = (origins.tobytes(), destinations.tobytes(), trip)
        if asked not in self._known:
            self._known[asked] = self._engine.matrix(origins, destinations, trip)
        return self._known[asked]
