"""The lines by which people find their way on a map: main roads, railways, rivers."""

from __future__ import annotations

import enum
import json
from collections.abc import Sequence
from dataclasses import dataclass

from maillage.kernel.language import tr

OSM_CREDIT = "© les contributeurs d'OpenStreetMap"
_DECIMALS = 5  # about a metre


class LandmarkKind(enum.Enum):
    """What a line is; members go from what matters most on a map to what is left out first."""

    MOTORWAY = ("motorway", "autoroute ou voie rapide")
    WATER = ("water", "cours d'eau")
    RAIL = ("rail", "voie ferrée")
    ROAD = ("road", "route principale")
    MINOR = ("minor", "route secondaire")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


@dataclass(frozen=True, slots=True)
class Landmark:
    """One line: what it is, its name ("" where none is told), its points in lon/lat degrees."""

    kind: LandmarkKind
    name: str
    points: tuple[tuple[float, float], ...]


def landmarks_geojson(lines: Sequence[Landmark], credit: str) -> bytes:
    """Return lines as the GeoJSON that a map draws: one feature a kind and name, in order.

    ``credit`` is whom to name beside the map.
    """
    parts: dict[tuple[LandmarkKind, str], list[list[list[float]]]] = {}
    order = list(LandmarkKind)
    for line in sorted(lines, key=lambda one: (order.index(one.kind), one.name, one.points)):
        rounded = [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lon, lat in line.points]
        parts.setdefault((line.kind, line.name), []).append(rounded)
    features = [
        {
            "type": "Feature",
            "properties": {"kind": kind.code, "name": name},
            "geometry": {"type": "MultiLineString", "coordinates": drawn},
        }
        for (kind, name), drawn in parts.items()
    ]
    told = {"type": "FeatureCollection", "credit": credit, "features": features}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
