"""Points that analysts bring: a table of ``id, lon, lat``, other columns kept beside."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.geometry import FloatArray, Point, coordinates
from maillage.kernel.language import tr
from maillage.tables.model import Row, Table
from maillage.tables.read import read_table
from maillage.territory.features import IN_METRES, seem_metres

_IDS = ("id", "identifiant", "code")
_LONS = ("lon", "longitude", "lng", "x")
_LATS = ("lat", "latitude", "y")

POINT_UNREADABLE = FindingKind(
    "point-unreadable",
    Severity.ERROR,
    "Ce point n'a pas de coordonnées lisibles (longitude, latitude : « {value} »).",
    "Écrivez la longitude et la latitude en degrés, par exemple 2.6402 et 50.5303.",
)
POINT_TWICE = FindingKind(
    "point-twice",
    Severity.ERROR,
    "Deux points portent le même identifiant « {value} » : seul le premier compte.",
    "Donnez à chaque point un identifiant à lui.",
)
POINT_WITHOUT_ID = FindingKind(
    "point-without-id",
    Severity.WARNING,
    "Ce point n'a pas d'identifiant : le numéro de sa ligne en tient lieu.",
    "Remplissez la colonne « id ».",
)


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """One point with the other cells of its row."""

    id: str
    point: Point
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Points:
    """The usable points of a file, in its order, ids all different; and what was doubtful."""

    points: tuple[NamedPoint, ...]
    findings: tuple[Finding, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, in order."""
        return tuple(one.id for one in self.points)

    @property
    def places(self) -> FloatArray:
        """The (n, 2) longitudes and latitudes in degrees."""
        return coordinates(tuple(one.point for one in self.points))


def read_points(path: Path) -> Points:
    """Return the points of a CSV, GeoJSON or spreadsheet file.

    Raises UnusableFile where it has no columns of longitude and latitude, or no usable point.
    """
    table = read_table(path)
    columns = _columns(table)
    points: dict[str, NamedPoint] = {}
    findings = list(table.findings)
    for row in table.rows:
        point, doubts = _point(row, columns, path.name)
        findings += doubts
        if point is None:
            continue
        if point.id in points:
            findings.append(POINT_TWICE.at(Where(path.name, row.line), value=point.id))
        else:
            points[point.id] = point
    if not points:
        if _in_metres(table, columns):
            raise UnusableFile(path, IN_METRES)
        raise UnusableFile(path, tr("aucun point utilisable : il faut id, lon et lat par ligne."))
    return Points(tuple(points.values()), tuple(findings))


def _in_metres(table: Table, columns: tuple[str | None, str, str]) -> bool:
    """Tell whether every pair of numbers told is too great to be degrees."""
    told = [tuple(_number(row.get(column)) for column in columns[1:]) for row in table.rows]
    pairs = np.array([pair for pair in told if None not in pair], dtype=np.float64)
    return len(pairs) > 0 and seem_metres(pairs)


def _columns(table: Table) -> tuple[str | None, str, str]:
    by_name = {column.strip().lower(): column for column in table.columns}
    found = [
        next((by_name[name] for name in names if name in by_name), None)
        for names in (_IDS, _LONS, _LATS)
    ]
    if found[1] is None or found[2] is None:
        message = tr("il faut des colonnes « lon » et « lat » (degrés) ; lues : {columns}.")
        raise UnusableFile(table.path, message.format(columns=", ".join(table.columns)))
    return found[0], found[1], found[2]


def _point(
    row: Row, columns: tuple[str | None, str, str], name: str
) -> tuple[NamedPoint | None, list[Finding]]:
    id_column, lon_column, lat_column = columns
    where = Where(name, row.line)
    lon, lat = (_number(row.get(column)) for column in (lon_column, lat_column))
    if lon is None or lat is None or abs(lon) > 180 or abs(lat) > 90:
        told = f"{row.get(lon_column) or ''}, {row.get(lat_column) or ''}"
        return None, [POINT_UNREADABLE.at(where, value=told)]
    told_id = row.get(id_column) if id_column else None
    doubts = [] if told_id or id_column is None else [POINT_WITHOUT_ID.at(where)]
    others = dict(_others(row, columns))
    return NamedPoint(told_id or str(row.line), Point(lon, lat), others), doubts


def _others(row: Row, columns: tuple[str | None, str, str]) -> Iterator[tuple[str, str]]:
    return ((name, cell) for name, cell in row.cells.items() if name not in columns)


def _number(text: str | None) -> float | None:
    try:
        value = float((text or "").replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
