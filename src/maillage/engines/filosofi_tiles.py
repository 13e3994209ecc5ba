"""INSEE's 200 m tiles from its published files, cut to a territory: CSV by DuckDB, GPKG by GDAL.

The forms of 2015 (``IdINSPIRE``, ``Depcom``), 2017 (``Idcar_200m``, ``lcog_geo``), 2019 and 2021
(the same in lower case) are read, whatever the case and the order of columns. Two million rows are
looked through without being held: only those of a territory's communes, or of a box, are kept.

Not yet tried on a producer's file: the names of columns are those that public code reading these
files shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np

from maillage.engines.large_csv import open_csv, quoted, select
from maillage.kernel.errors import MissingExtra, UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.geometry import Box
from maillage.kernel.language import tr
from maillage.territory.model import Territory
from maillage.territory.tiles import (
    Tiles,
    centres,
    codes_told_for,
    commune_codes,
    corners_around,
    is_tile,
)

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "tile": ("idcar_200m", "idinspire"),
    "communes": ("lcog_geo", "depcom"),
    "estimated": ("i_est_200", "i_est_cr"),
    "people": ("ind",),
    "households": ("men",),
    "poor": ("men_pauv",),
}
_SIDE = 200  # metres of a tile
_CODE_SIGNS, _MOST_CODES = 5, 8  # of communes written end to end

Row = tuple[str, str, str, float | None, float | None, float | None]
"""A tile as told: name, communes, estimated or not, people, households, poor households."""

TILE_UNREADABLE = FindingKind(
    "tile-unreadable",
    Severity.WARNING,
    "{n} carreaux du territoire ne sont pas comptés : nom de carreau ou nombre illisible "
    "(par exemple « {value} »).",
    "Vérifiez que le fichier est celui que l'INSEE publie, sans modification.",
)
TILE_TWICE = FindingKind(
    "tile-twice",
    Severity.WARNING,
    "{n} carreaux sont décrits deux fois (par exemple « {value} ») : une seule fois compte.",
    "Vérifiez que le fichier n'a pas été assemblé à partir de plusieurs.",
)


@dataclass(frozen=True, slots=True, eq=False)
class ReadTiles:
    """The tiles of a territory, and what was doubtful."""

    tiles: Tiles
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Cut:
    """Which rows are wanted: DuckDB's condition, with the values it asks, and SQLite's."""

    of_csv: Callable[[Mapping[str, str]], str]
    of_gpkg: Callable[[Mapping[str, str]], str]
    asked: Mapping[str, object]


def read_tiles(path: Path, territory: Territory) -> ReadTiles:
    """Return the tiles that the file tells to be in communes of the territory, in order of name.

    Raises UnusableFile where the file is no CSV or GPKG of tiles, MissingExtra where what reads it
    is not installed.
    """
    codes = sorted(code for code in codes_told_for(territory) if code.isalnum())
    return _checked(_reader(path)(path, _of_communes(codes)) if codes else [], path)


def read_tiles_around(path: Path, box: Box) -> ReadTiles:
    """Return the tiles whose centre is in a box of degrees, in order of name.

    Raises as ``read_tiles`` does.
    """
    return _checked(_reader(path)(path, _of_box(box)), path, box)


def tells_tiles(path: Path) -> bool:
    """Tell whether a file's columns are those of INSEE's tiles."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".csv":
            _columns(open_csv(path).columns, path)
        elif suffix == ".gpkg":
            _columns(_geopackage_columns(path), path)
    except UnusableFile:
        return False
    return suffix in _READERS


def _reader(path: Path) -> Callable[[Path, _Cut], list[Row]]:
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        message = tr("les carreaux se lisent en CSV ou en GeoPackage, une fois l'archive ouverte.")
        raise UnusableFile(path, message)
    return reader


def _checked(rows: Sequence[Row], path: Path, box: Box | None = None) -> ReadTiles:
    kept: dict[str, Row] = {}
    bad, twice = [], []
    for row in sorted(rows, key=lambda one: tuple(map(str, one))):
        if not is_tile(row[0]) or None in row[3:]:
            bad.append(row[0])
        elif row[0] in kept:
            twice.append(row[0])
        else:
            kept[row[0]] = row
    tiles = _tiles(list(kept.values()))
    if box is not None:
        inside = box.holds(tiles.points).tolist()
        tiles = _tiles([row for row, held in zip(kept.values(), inside, strict=True) if held])
    where = Where(path.name)
    findings = tuple(
        kind.at(where, value=names[0], n=len(names))
        for kind, names in ((TILE_UNREADABLE, bad), (TILE_TWICE, twice))
        if names
    )
    return ReadTiles(tiles, findings)


def _tiles(rows: list[Row]) -> Tiles:
    ids = tuple(row[0] for row in rows)
    figures = np.array([row[3:] for row in rows], dtype=np.float64).reshape(-1, 3)
    return Tiles(
        ids=ids,
        points=centres(ids),
        people=figures[:, 0].copy(),
        households=figures[:, 1].copy(),
        poor_households=figures[:, 2].copy(),
        estimated=np.array([row[2] == "1" for row in rows], dtype=np.bool_),
        communes=tuple(commune_codes(row[1]) for row in rows),
    )


def _columns(told: Sequence[str], path: Path) -> dict[str, str]:
    """Return the file's own name of each column wanted; UnusableFile where one is missing."""
    by_name = {name.strip().lower(): name for name in told}
    found = {
        what: by_name[name] for what, names in _COLUMNS.items() for name in names if name in by_name
    }
    missing = [names[0] for what, names in _COLUMNS.items() if what not in found]
    if missing:
        message = tr("ce ne sont pas les carreaux de l'INSEE : il manque {missing}.")
        raise UnusableFile(path, message.format(missing=", ".join(missing)))
    return found


def _from_csv(path: Path, cut: _Cut) -> list[Row]:
    file = open_csv(path)
    columns = _columns(file.columns, path)
    wanted = [quoted(columns[what]) for what in _COLUMNS]
    return [_row(cells) for cells in select(file, wanted, cut.of_csv(columns), cut.asked)]


def _from_geopackage(path: Path, cut: _Cut) -> list[Row]:
    pyogrio = _pyogrio()
    try:
        layer, told = _first_layer(path, pyogrio)
        columns = _columns(told, path)
        names = ", ".join(quoted(columns[what]) for what in _COLUMNS)
        query = f"SELECT {names} FROM {quoted(layer)} WHERE {cut.of_gpkg(columns)}"  # noqa: S608 - names are quoted
        _, _, _, fields = pyogrio.raw.read(path, sql=query, read_geometry=False)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise UnusableFile(path, tr("ce GeoPackage ne se lit pas.")) from error
    return [_row(cells) for cells in zip(*(field.tolist() for field in fields), strict=True)]


def _of_communes(codes: Sequence[str]) -> _Cut:
    """Return the cut of the tiles that one of some communes is told for."""
    told = f"^(?:[0-9A-Z]{{5}}[^0-9A-Z]*)*(?:{'|'.join(codes)})"
    return _Cut(
        of_csv=lambda columns: f"regexp_matches({quoted(columns['communes'])}, $codes)",
        of_gpkg=lambda columns: _in_parts(quoted(columns["communes"]), codes),
        asked={"codes": told},
    )


def _in_parts(name: str, codes: Sequence[str]) -> str:
    """Return SQLite's condition that one of the codes, told alone or end to end, is wanted."""
    wanted = ", ".join(f"'{code}'" for code in codes)
    starts = range(1, _MOST_CODES * _CODE_SIGNS, _CODE_SIGNS)
    parts = " OR ".join(f"substr({name}, {at}, {_CODE_SIGNS}) IN ({wanted})" for at in starts)
    return f"{name} IN ({wanted}) OR (length({name}) > {_CODE_SIGNS} AND ({parts}))"


def _of_box(box: Box) -> _Cut:
    """Return the cut of the tiles whose name places them in a box, or so near that it may hold."""
    corners = corners_around(box)

    def within(name: str, north: str, east: str) -> str:
        """Return the condition that a corner told in metres is in the box, in any system."""
        parts = [
            f"({name} LIKE 'CRS{epsg}RES%' AND {north} BETWEEN {south - _SIDE:.0f} AND {top:.0f} "
            f"AND {east} BETWEEN {west - _SIDE:.0f} AND {right:.0f})"
            for epsg, (west, south, right, top) in sorted(corners.items())
        ]
        return " OR ".join(parts) or "false"

    def of_csv(columns: Mapping[str, str]) -> str:
        """Return DuckDB's words for it."""
        name = quoted(columns["tile"])
        north = f"TRY_CAST(regexp_extract({name}, 'mN(-?[0-9]+)', 1) AS BIGINT)"
        east = f"TRY_CAST(regexp_extract({name}, 'E(-?[0-9]+)$', 1) AS BIGINT)"
        return within(name, north, east)

    def of_gpkg(columns: Mapping[str, str]) -> str:
        """Return SQLite's words for it: a text read as a number stops at its first other sign."""
        name = quoted(columns["tile"])
        north = f"substr({name}, instr({name}, 'mN') + 2)"
        east = f"substr({north}, instr({north}, 'E') + 1)"
        return within(name, f"CAST({north} AS INTEGER)", f"CAST({east} AS INTEGER)")

    return _Cut(of_csv, of_gpkg, {})


def _geopackage_columns(path: Path) -> list[str]:
    pyogrio = _pyogrio()
    try:
        return _first_layer(path, pyogrio)[1]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise UnusableFile(path, tr("ce GeoPackage ne se lit pas.")) from error


def _first_layer(path: Path, pyogrio: ModuleType) -> tuple[str, list[str]]:
    """Return the name of a file's first layer, and its columns."""
    layer = str(pyogrio.list_layers(path)[0][0])
    return layer, [str(name) for name in pyogrio.read_info(path, layer=layer)["fields"]]


def _row(cells: Sequence[object]) -> Row:
    tile, communes, estimated = (str(cell or "").strip() for cell in cells[:3])
    people, households, poor = (_number(cell) for cell in cells[3:])
    return tile, communes, estimated, people, households, poor


def _number(cell: object) -> float | None:
    try:
        value = float(str(cell).replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0.0 else None


def _pyogrio() -> ModuleType:
    try:
        import pyogrio
        import pyogrio.raw
    except ImportError as error:
        message = tr(
            "Lire les carreaux en GeoPackage demande pyogrio. Installez-le : "
            'pip install "maillage[exports]"'
        )
        raise MissingExtra(message) from error
    found: ModuleType = pyogrio
    return found


_READERS: Mapping[str, Callable[[Path, _Cut], list[Row]]] = {
    ".csv": _from_csv,
    ".gpkg": _from_geopackage,
}
