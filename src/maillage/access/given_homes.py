"""Homes that analysts bring: points or polygons of a file, each with how many people live there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maillage.access.homes import HomeBasis, Homes, KnownHomes, ReadKnown, rows_by_zone
from maillage.access.points import (
    POINT_TWICE,
    POINT_WITHOUT_ID,
    NamedPoint,
    Points,
    read_points,
)
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import number
from maillage.kernel.geometry import Point, coordinates
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.territory.contours import inner_point, spread_in
from maillage.territory.features import Feature
from maillage.territory.locate import zones_holding
from maillage.territory.model import Territory

PER_SHAPE = "homes.points_per_shape"
"""The parameter that says how many points a quarter or a given polygon is spread over."""

_MOST_PEOPLE = 1e9  # more than any place holds: such a number is not of people
_IDS = ("id", "identifiant", "code_iris", "dcomiris", "code")
_WEIGHTS = ("weight", "poids", "population", "people", "habitants", "pop", "ind")
_CENSUS = re.compile(r"p\d\d_pop")  # as INSEE's bases by IRIS write it: P21_POP
_FRAGILE = ("fragile", "fragiles")

WEIGHT_UNREADABLE = FindingKind(
    "weight-unreadable",
    Severity.ERROR,
    "Le poids de ce point n'est pas un nombre positif (« {value} ») : le point n'est pas compté.",
    "Écrivez un nombre d'habitants, 0 s'il n'y en a pas.",
)
SHAPE_UNREADABLE = FindingKind(
    "home-without-shape",
    Severity.ERROR,
    "{n} objets n'ont ni point ni polygone lisible (le premier : « {value} ») : leurs habitants ne "
    "sont pas comptés.",
    "Donnez à chacun un point ou un polygone.",
)
HOMES_OUTSIDE = FindingKind(
    "homes-outside",
    Severity.INFO,
    "{n} points de ce fichier ({people} habitants) ne sont dans le contour d'aucune commune du "
    "territoire : ils ne sont pas comptés.",
    "Rien à faire s'ils sont chez le voisin ; sinon, vérifiez leurs coordonnées.",
)


@dataclass(frozen=True, slots=True, eq=False)
class ReadHomes:
    """The homes of a file, each a zone of its own, and what was doubtful."""

    homes: Homes
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Given:
    """One home as told: its id, the points that it is spread over, and the other cells."""

    id: str
    points: tuple[Point, ...]
    cells: Mapping[str, str]

    @property
    def basis(self) -> HomeBasis:
        """How its points were chosen."""
        return HomeBasis.GIVEN if len(self.points) == 1 else HomeBasis.SPREAD


def homes_from_points(path: Path) -> ReadHomes:
    """Return the homes of a table of ``id, lon, lat, weight``, in its order.

    A column ``fragile`` tells fragile people. Raises UnusableFile where there is no column of
    weights, of longitude or of latitude, or no usable point.
    """
    read = read_points(path)
    return _homes([_Given(one.id, (one.point,), one.cells) for one in read.points], path, read)


def homes_from_features(
    features: Sequence[Feature], path: Path, parameters: Parameters
) -> ReadHomes:
    """Return the homes of a layer of points or polygons with weights, in its order.

    A polygon is spread over a dated number of points. Raises UnusableFile where there is no column
    of weights, or no usable shape.
    """
    wanted = int(parameters.number(PER_SHAPE))
    column = _column([feature.cells for feature in features], _IDS)
    given: dict[str, _Given] = {}
    doubts: list[Finding] = []
    shapeless: list[str] = []
    for line, feature in enumerate(features, start=1):
        one_id = feature.get(column) or str(line)
        where = Where(path.name, subject=one_id)
        if feature.shape is None:
            shapeless.append(one_id)
        elif one_id in given:
            doubts.append(POINT_TWICE.at(where, value=one_id))
        else:
            given[one_id] = _Given(one_id, _points(feature, wanted), feature.cells)
            if column is not None and feature.get(column) is None:
                doubts.append(POINT_WITHOUT_ID.at(where))
    if shapeless:
        told = Where(path.name, subject=path.name)
        doubts.append(SHAPE_UNREADABLE.at(told, value=shapeless[0], n=number(len(shapeless))))
    if not given:
        raise UnusableFile(path, tr("aucun point ni polygone utilisable."))
    return _homes(list(given.values()), path, Points((), tuple(doubts)))


def _points(feature: Feature, wanted: int) -> tuple[Point, ...]:
    shape = feature.shape
    if isinstance(shape, Point):
        return (shape,)
    return () if shape is None else spread_in(shape, wanted) or (inner_point(shape),)


def _homes(given: Sequence[_Given], path: Path, read: Points) -> ReadHomes:
    cells = [one.cells for one in given]
    weight = _column(cells, _WEIGHTS) or _census_column(cells)
    if weight is None:
        message = tr("il faut une colonne de poids (« weight » ou « population »).")
        raise UnusableFile(path, message)
    fragile = _column(cells, _FRAGILE)
    told = [(one, _weight(one, weight), _weight(one, fragile) or 0.0) for one in given]
    kept = [(one, people, some) for one, people, some in told if people is not None]
    doubts = [
        WEIGHT_UNREADABLE.at(Where(path.name, subject=one.id), value=one.cells.get(weight))
        for one, people, _ in told
        if people is None
    ]
    if not kept:
        raise UnusableFile(path, tr("aucun point n'a de poids utilisable."))
    if not any(people for _, people, _ in kept):
        raise UnusableFile(path, tr("aucun point n'a d'habitants : il n'y a personne à compter."))
    n_points = np.array([len(one.points) for one, _, _ in kept])
    zone = np.repeat(np.arange(len(kept)), n_points).astype(np.int32)
    homes = Homes(
        zone_ids=tuple(one.id for one, _, _ in kept),
        points=coordinates([point for one, _, _ in kept for point in one.points]),
        zone=zone,
        people=(np.array([people for _, people, _ in kept], dtype=np.float64) / n_points)[zone],
        fragile=(np.array([some for _, _, some in kept], dtype=np.float64) / n_points)[zone],
        bases=tuple(one.basis for one, _, _ in kept),
        fragile_told=fragile is not None,
    )
    return ReadHomes(homes, (*read.findings, *doubts))


def _column(rows: Sequence[Mapping[str, str]], names: tuple[str, ...]) -> str | None:
    """Return the first column of those names, whatever their case, that any row fills."""
    told = {name.strip().lower(): name for cells in rows for name in cells}
    return next((told[name] for name in names if name in told), None)


def _census_column(rows: Sequence[Mapping[str, str]]) -> str | None:
    """Return the last census's column of people, as INSEE names it."""
    told = {name for cells in rows for name in cells if _CENSUS.fullmatch(name.strip().lower())}
    return max(told, key=str.lower, default=None)


def _weight(one: _Given, column: str | None) -> float | None:
    """Return the people told, French thousands (« 1 234,5 ») included; None where none can be."""
    told = "".join((one.cells.get(column or "") or "").split()).replace(",", ".")
    try:
        value = float(told)
    except ValueError:
        return None
    return value if 0.0 <= value <= _MOST_PEOPLE else None


def named_points(homes: Homes) -> Points:
    """Return homes as named points, each under the id of its zone."""
    ids = [homes.zone_ids[zone] for zone in homes.zone.tolist()]
    at = [Point(lon, lat) for lon, lat in homes.points.tolist()]
    return Points(tuple(NamedPoint(i, p, {}) for i, p in zip(ids, at, strict=True)), ())


def known_from_given(given: Homes, territory: Territory, source: str) -> ReadKnown:
    """Return the given homes of each zone by its id, in the zone whose contour holds each.

    Points without anybody tell nothing. Those of no zone are counted in a finding of ``source``.
    """
    order = np.lexsort((given.people, given.points[:, 1], given.points[:, 0]))
    points, people = given.points[order], given.people[order]
    fragile = given.fragile[order] if given.fragile_told else people
    zones = zones_holding(points, territory.zones)
    out = zones < 0
    zones[people <= 0.0] = -1
    homes = {
        zone_id: KnownHomes(points[of], people[of], fragile[of], HomeBasis.GIVEN)
        for zone_id, of in rows_by_zone(zones, territory)
    }
    if not out.any():
        return ReadKnown(homes)
    n, lost = number(int(out.sum())), number(float(people[out].sum()))
    where = Where(source, subject=source)
    return ReadKnown(homes, (HOMES_OUTSIDE.at(where, n=n, people=lost),))
