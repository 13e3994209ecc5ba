"""Things drawn on a map as a file tells them: text cells, and a point or a contour in degrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.kernel.geometry import FloatArray, Point
from maillage.kernel.language import tr
from maillage.territory.model import Contour

_FARTHEST_LON, _FARTHEST_LAT = 180.0, 90.0
_LEAST_METRES = 1_000.0  # of a projected coordinate of France, whatever the projection

IN_METRES = tr(
    "ses coordonnées semblent être des mètres (Lambert 93 ?) dits en degrés : donnez le fichier "
    "avec sa projection (GeoPackage, ou Shapefile avec son .prj), ou ses longitudes et latitudes"
)
"""Why a file whose coordinates ``seem_metres`` is refused."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One row of a layer: its told cells, and its shape, None where it has none that is usable."""

    cells: Mapping[str, str]
    shape: Point | Contour | None

    def get(self, column: str | None) -> str | None:
        """Return a told cell, None where there is none."""
        return None if column is None else self.cells.get(column)


def seem_metres(places: FloatArray) -> bool:
    """Tell whether (n, 2) told coordinates, n at least 1, are all too great to be degrees."""
    beyond = (abs(places[:, 0]) > _FARTHEST_LON) | (abs(places[:, 1]) > _FARTHEST_LAT)
    great = abs(places).max(axis=1) > _LEAST_METRES
    return len(places) > 0 and bool((beyond & great).all())
