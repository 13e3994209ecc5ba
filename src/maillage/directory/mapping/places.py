"""Which two columns are the latitude and the longitude, by their values first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations

from maillage.directory.mapping.names import is_named_for
from maillage.directory.mapping.profile import Profile, is_number
from maillage.kernel.findings import Where
from maillage.kernel.words import plain
from maillage.standard.cells import number
from maillage.standard.coordinates import in_france, parse_coordinates
from maillage.tables.model import Row

_MOSTLY = 0.8  # of the told cells of a column, or of the rows that tell a pair
_DECIMALS = re.compile(r"-?\d{1,7}[.,]\d{3,}")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns of coordinates: the share of rows that they place in France, and how.

    ``in_metres`` where they are Lambert-93; ``misnamed`` where the names tell the contrary.
    """

    latitude: str
    longitude: str
    share: float
    n_told: int
    in_metres: bool

    @property
    def named(self) -> int:
        """How many of the two columns are named for what they are."""
        pairs = (("latitude", self.latitude), ("longitude", self.longitude))
        return sum(is_named_for(axis, column) for axis, column in pairs)

    @property
    def misnamed(self) -> bool:
        """Whether each column is named for the other axis."""
        pairs = (("longitude", self.latitude), ("latitude", self.longitude))
        return self.named == 0 and all(is_named_for(axis, column) for axis, column in pairs)

    @property
    def is_exact(self) -> bool:
        """Whether the columns bear the standard's own names."""
        return (plain(self.latitude), plain(self.longitude)) == ("latitude", "longitude")


def coordinate_pairs(profiles: Mapping[str, Profile], rows: Iterable[Row]) -> list[Pair]:
    """Return the pairs of columns that place most of their rows in France, the best first."""
    columns = [name for name, profile in profiles.items() if _can_be(profile)]
    told_rows = list(rows)
    pairs = [_pair(lat, lon, told_rows) for lat, lon in permutations(sorted(columns), 2)]
    good = [pair for pair in pairs if pair is not None and pair.share >= _MOSTLY]
    return sorted(
        good, key=lambda p: (-p.named, not p.is_exact, -p.n_told, p.latitude, p.longitude)
    )


def _can_be(profile: Profile) -> bool:
    """Whether a column holds numbers, and is named for an axis or has many decimals."""
    if not profile.n_told or profile.share(is_number) < _MOSTLY:
        return False
    if any(is_named_for(axis, profile.column) for axis in ("latitude", "longitude")):
        return True
    return profile.share(lambda text: bool(_DECIMALS.fullmatch(text))) >= _MOSTLY


def _pair(latitude: str, longitude: str, rows: list[Row]) -> Pair | None:
    """Return how a pair places its rows, None where no row tells both.

    In metres the north is the larger of the two: no name is needed to tell them apart.
    """
    n_told = n_degrees = n_metres = 0
    for row in rows:
        lat, lon = number(row.cells.get(latitude, "")), number(row.cells.get(longitude, ""))
        if lat is None or lon is None:
            continue
        n_told += 1
        if in_france(lat, lon):
            n_degrees += 1
        elif lat > lon > 0 and lat > 180:
            place, _ = parse_coordinates(row.cells[latitude], row.cells[longitude], Where())
            n_metres += place is not None
    if not n_told:
        return None
    n = max(n_degrees, n_metres)
    return Pair(latitude, longitude, n / n_told, n_told, in_metres=n_metres > n_degrees)
