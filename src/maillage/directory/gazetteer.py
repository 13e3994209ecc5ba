"""The communes that a place can stand in: the territory's, and its neighbours'."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from maillage.kernel.geometry import Point, coordinates, distances_km
from maillage.kernel.parameters import Parameters
from maillage.kernel.words import commune_key
from maillage.territory.departements import departement
from maillage.territory.former_communes import former_by_code, former_by_name
from maillage.territory.model import Contour, Territory

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# INSEE, code officiel géographique: the arrondissements municipaux have codes of their own.
_ARRONDISSEMENTS = (
    ("75101", "75120", "75056"),
    ("69381", "69389", "69123"),
    ("13201", "13216", "13055"),
)


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune as the gazetteer knows it; neighbours come without a contour."""

    code_insee: str
    name: str
    key: str
    codes_postaux: tuple[str, ...]
    point: Point
    in_territory: bool
    contour: Contour | None = None


class Gazetteer:
    """The communes around, found by code, name, postal code or point. Maps are drawn when asked."""

    def __init__(self, communes: Iterable[Commune], parameters: Parameters) -> None:
        self._communes = tuple(sorted(communes, key=lambda c: (c.code_insee, not c.in_territory)))
        self._by_code = {c.code_insee: c for c in reversed(self._communes)}
        self._by_key = _grouped((c.key, c) for c in self._by_code.values())
        self._by_postal = _grouped((p, c) for c in self._by_code.values() for p in c.codes_postaux)
        self._no_postal = tuple(c for c in self._by_code.values() if not c.codes_postaux)
        self._outside_km = parameters.number("directory.location.outside_commune_km")
        self._neighbour_km = parameters.number("directory.location.outside_neighbour_km")
        self._likeness = parameters.number("directory.likeness.spelling")

    @property
    def knows_around(self) -> bool:
        """Whether communes outside the territory are known: a code of none of them is of nobody."""
        return any(not commune.in_territory for commune in self._communes)

    def by_code(self, code: str | None) -> Commune | None:
        """Return the commune of an INSEE code (or of an arrondissement), None where unknown."""
        return self._by_code.get(city_of(code)) if code else None

    def by_postal(self, code: str | None) -> tuple[Commune, ...]:
        """Return the communes that share a postal code, in order of INSEE code."""
        return self._by_postal.get(code, ()) if code else ()

    def by_name(self, name: str | None) -> tuple[Commune, ...]:
        """Return the communes of that name, however its accents and "Saint" are written."""
        return self._by_key.get(commune_key(name), ()) if name else ()

    def by_former_code(self, code: str | None) -> Commune | None:
        """Return the commune known here that a commune of that INSEE code was merged into."""
        former = former_by_code().get(code or "")
        return self._by_code.get(former.code_insee) if former else None

    def by_former_name(self, name: str | None) -> tuple[Commune, ...]:
        """Return the communes known here of which one of that name is part since a merger."""
        namesakes = former_by_name().get(commune_key(name), ()) if name else ()
        codes = sorted({former.code_insee for former in namesakes})
        return tuple(self._by_code[code] for code in codes if code in self._by_code)

    def by_spelling(self, name: str | None, postal: str | None) -> Commune | None:
        """Return the one commune whose name is nearly the one told, among those it can be.

        They are those of the postal code, and those of its département whose postal codes are not
        known. It is asked last, and always told as a finding (« Ayre-sur-la-Lys »).
        """
        if not name or not postal:
            return None
        can_be = [c for c in self._no_postal if departement(c.code_insee) == departement(postal)]
        keys = {c.key: c for c in (*can_be, *self.by_postal(postal))}
        near = difflib.get_close_matches(commune_key(name), keys, n=2, cutoff=self._likeness)
        return keys[near[0]] if len(near) == 1 else None

    def containing(self, point: Point | None) -> Commune | None:
        """Return the territory's commune whose contour holds the point."""
        if point is None:
            return None
        near = [
            code
            for code, (west, south, east, north) in self._boxes.items()
            if west <= point.lon <= east and south <= point.lat <= north
        ]
        if not near:
            return None
        from shapely.geometry import Point as ShapelyPoint  # noqa: PLC0415 - heavy, loaded where used

        there = ShapelyPoint(point.lon, point.lat)
        return next((self._by_code[c] for c in near if self._shapes[c].intersects(there)), None)

    def km_outside(self, commune: Commune, point: Point) -> float:
        """Return how far a point stands beyond what is allowed: 0 where it can be in the commune.

        From the contour, with a margin for its simplified line; from the point of a neighbour,
        whose contour is not known.
        """
        if commune.code_insee in self._shapes:
            km = self._to_contour(commune.code_insee, point)
            return km if km > self._outside_km else 0.0
        km = float(distances_km(coordinates([commune.point]), coordinates([point]))[0, 0])
        return km if km > self._neighbour_km else 0.0

    def _to_contour(self, code: str, point: Point) -> float:
        from shapely.geometry import Point as ShapelyPoint  # noqa: PLC0415 - heavy
        from shapely.ops import nearest_points  # noqa: PLC0415

        nearest = nearest_points(self._shapes[code], ShapelyPoint(point.lon, point.lat))[0]
        near = Point(float(nearest.x), float(nearest.y))
        return float(distances_km(coordinates([near]), coordinates([point]))[0, 0])

    @cached_property
    def _shapes(self) -> Mapping[str, BaseGeometry]:
        from maillage.territory.contours import shape  # noqa: PLC0415 - loads shapely

        return {c.code_insee: shape(c.contour) for c in self._communes if c.contour is not None}

    @cached_property
    def _boxes(self) -> Mapping[str, tuple[float, float, float, float]]:
        return {code: shape.bounds for code, shape in self._shapes.items()}


def gazetteer_of(territory: Territory, parameters: Parameters) -> Gazetteer:
    """Return the communes of a territory and its neighbours."""
    inside = [
        Commune(
            code_insee=zone.code_insee,
            name=zone.name,
            key=commune_key(zone.name),
            codes_postaux=zone.codes_postaux,
            point=zone.point,
            in_territory=True,
            contour=zone.contour,
        )
        for zone in territory.zones
    ]
    around = [
        Commune(
            code_insee=neighbour.code_insee,
            name=neighbour.name,
            key=commune_key(neighbour.name),
            codes_postaux=neighbour.codes_postaux,
            point=neighbour.point,
            in_territory=False,
        )
        for neighbour in territory.neighbours
    ]
    return Gazetteer([*inside, *around], parameters)


def city_of(code: str) -> str:
    """Return the INSEE code of Paris, Lyon or Marseille for one of their arrondissements.

    Any other code comes back as it is.
    """
    for first, last, city in _ARRONDISSEMENTS:
        if first <= code <= last:
            return city
    return code


def _grouped(pairs: Iterable[tuple[str, Commune]]) -> dict[str, tuple[Commune, ...]]:
    groups: dict[str, list[Commune]] = {}
    for key, commune in pairs:
        groups.setdefault(key, []).append(commune)
    return {k: tuple(sorted(g, key=lambda c: c.code_insee)) for k, g in groups.items()}
