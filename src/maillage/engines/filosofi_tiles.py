"""INSEE's 200 m tiles from its published files, cut to a territory: CSV by DuckDB, GPKG by GDAL.

The forms of 2015 (``IdINSPIRE``, ``Depcom``), 2017 (``Idcar_200m``, ``lcog_geo``), 2019 and 2021
(the same in lower case) are read, whatever the case and the order of columns. Two million rows are
looked through without being held: only those of the territory's communes are kept.

Not yet tried on a producer's file: the names of columns are those that public code reading these
files shows.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np

from maillage.kernel.errors import MissingExtra, UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.language import tr
from maillage.territory.model import Territory
from maillage.territory.tiles import Tiles, centres, codes_told_for, commune_codes, is_tile

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "tile": ("idcar_200m", "idinspire"),
    "communes": ("lcog_geo", "depcom"),
    "estimated": ("i_est_200", "i_est_cr"),
    "people": ("ind",),
    "households": ("men",),
    "poor": ("men_pauv",),
}
_HEADER_BYTES = 65_536
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


def read_tiles(path: Path, territory: Territory) -> ReadTiles:
    """Return the tiles that the file tells to be in communes of the territory, in order of name.

    Raises UnusableFile where the file is no CSV or GPKG of tiles, MissingExtra where what reads it
    is not installed.
    """
    codes = sorted(code for code in codes_told_for(territory) if code.isalnum())
    readers = {".csv": _from_csv, ".gpkg": _from_geopackage}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        message = tr("les carreaux se lisent en CSV ou en GeoPackage, une fois l'archive ouverte.")
        raise UnusableFile(path, message)
    return _checked(reader(path, codes) if codes else [], path)


def _checked(rows: Sequence[Row], path: Path) -> ReadTiles:
    kept: dict[str, Row] = {}
    bad, twice = [], []
    for row in sorted(rows, key=lambda one: tuple(map(str, one))):
        if not is_tile(row[0]) or None in row[3:]:
            bad.append(row[0])
        elif row[0] in kept:
            twice.append(row[0])
        else:
            kept[row[0]] = row
    where = Where(path.name)
    findings = tuple(
        kind.at(where, value=names[0], n=len(names))
        for kind, names in ((TILE_UNREADABLE, bad), (TILE_TWICE, twice))
        if names
    )
    return ReadTiles(_tiles(list(kept.values())), findings)


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


def _select(columns: Mapping[str, str], table: str, condition: str) -> str:
    names = ", ".join(_quoted(columns[what]) for what in _COLUMNS)
    return f"SELECT {names} FROM {table} WHERE {condition}"  # noqa: S608 - names are quoted


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _from_csv(path: Path, codes: Sequence[str]) -> list[Row]:
    duckdb = _duckdb()
    header, separator = _header(path)
    columns = _columns(header, path)
    table = "read_csv($path, delim=$separator, header=true, all_varchar=true, quote='\"')"
    condition = f"regexp_matches({_quoted(columns['communes'])}, $codes)"
    wanted = f"^(?:[0-9A-Z]{{5}}[^0-9A-Z]*)*(?:{'|'.join(codes)})"
    asked = {"path": str(path), "separator": separator, "codes": wanted}
    try:
        with duckdb.connect(config={"threads": 2}) as connection:
            found = connection.execute(_select(columns, table, condition), asked).fetchall()
    except duckdb.Error as error:
        message = tr("ce CSV ne se lit pas : {detail}")
        raise UnusableFile(path, message.format(detail=str(error).splitlines()[0])) from error
    return [_row(cells) for cells in found]


def _header(path: Path) -> tuple[list[str], str]:
    try:
        with path.open("rb") as file:
            first = file.read(_HEADER_BYTES).decode("utf-8-sig", errors="replace").splitlines()
    except OSError as error:
        raise UnusableFile(path, tr("le fichier ne s'ouvre pas.")) from error
    if not first or not first[0].strip():
        raise UnusableFile(path, tr("le fichier est vide."))
    separator = max(",;\t", key=first[0].count)
    return next(csv.reader([first[0]], delimiter=separator)), separator


def _from_geopackage(path: Path, codes: Sequence[str]) -> list[Row]:
    pyogrio = _pyogrio()
    try:
        layer = str(pyogrio.list_layers(path)[0][0])
        columns = _columns(list(pyogrio.read_info(path, layer=layer)["fields"]), path)
        query = _select(columns, _quoted(layer), _in_parts(columns["communes"], codes))
        _, _, _, fields = pyogrio.raw.read(path, sql=query, read_geometry=False)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise UnusableFile(path, tr("ce GeoPackage ne se lit pas.")) from error
    return [_row(cells) for cells in zip(*(field.tolist() for field in fields), strict=True)]


def _in_parts(column: str, codes: Sequence[str]) -> str:
    """Return SQLite's condition that one of the codes, told alone or end to end, is wanted."""
    name = _quoted(column)
    wanted = ", ".join(f"'{code}'" for code in codes)
    starts = range(1, _MOST_CODES * _CODE_SIGNS, _CODE_SIGNS)
    parts = " OR ".join(f"substr({name}, {at}, {_CODE_SIGNS}) IN ({wanted})" for at in starts)
    return f"{name} IN ({wanted}) OR (length({name}) > {_CODE_SIGNS} AND ({parts}))"


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


def _duckdb() -> ModuleType:
    try:
        import duckdb
    except ImportError as error:
        message = tr(
            "Lire les carreaux en CSV demande DuckDB. Installez-le : "
            'pip install "maillage[linking]"'
        )
        raise MissingExtra(message) from error
    found: ModuleType = duckdb
    return found


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
