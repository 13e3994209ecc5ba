"""Large CSV files by DuckDB: a few rows and columns out of millions, without holding the others.

Known by their content: separator, gzip, UTF-8 or else Latin-1.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from maillage.kernel.errors import MissingExtra, UnusableFile
from maillage.kernel.language import tr

_HEADER_BYTES = 65_536
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class LargeCsv:
    """A CSV whose first line was read: its columns as written, its separator, zipped or not."""

    path: Path
    columns: tuple[str, ...]
    separator: str
    zipped: bool


def open_csv(path: Path) -> LargeCsv:
    """Return a CSV, its first line read. Raises UnusableFile where it is empty or does not open."""
    try:
        with path.open("rb") as file:
            zipped = file.read(len(_GZIP)) == _GZIP
        with gzip.open(path) if zipped else path.open("rb") as file:
            raw = file.read(_HEADER_BYTES)
    except (OSError, EOFError, zlib.error) as error:
        raise UnusableFile(path, tr("le fichier ne s'ouvre pas.")) from error
    first = raw.decode("utf-8-sig", errors="replace").splitlines()
    if not first or not first[0].strip():
        raise UnusableFile(path, tr("le fichier est vide."))
    separator = max(",;\t|", key=first[0].count)
    columns = next(csv.reader([first[0]], delimiter=separator))
    return LargeCsv(path, tuple(columns), separator, zipped)


def select(
    file: LargeCsv, wanted: Sequence[str], condition: str, asked: Mapping[str, object]
) -> list[tuple[Any, ...]]:
    """Return the rows of a CSV that fulfil a condition of SQL: expressions over texts, in order.

    ``asked`` are the values that the condition names, ``$so``. Raises UnusableFile where a line is
    no CSV of these columns, MissingExtra without DuckDB.
    """
    duckdb = _duckdb()
    table = (
        "read_csv($path, delim=$separator, header=true, all_varchar=true, quote='\"', "
        "compression=$zip, encoding=$encoding)"
    )
    query = f"SELECT {', '.join(wanted)} FROM {table} WHERE {condition}"  # noqa: S608 - quoted
    values = {
        "path": str(file.path),
        "separator": file.separator,
        "zip": "gzip" if file.zipped else "none",
        **asked,
    }
    try:
        return _fetched(duckdb, query, {**values, "encoding": "utf-8"})
    except duckdb.Error as error:
        try:
            return _fetched(duckdb, query, {**values, "encoding": "latin-1"})
        except duckdb.Error:
            message = tr("ce CSV ne se lit pas : {detail}")
            detail = str(error).splitlines()[0]
            raise UnusableFile(file.path, message.format(detail=detail)) from error


def _fetched(duckdb: ModuleType, query: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    with duckdb.connect(config={"threads": 2}) as connection:
        rows: list[tuple[Any, ...]] = connection.execute(query, values).fetchall()
    return rows


def quoted(name: str) -> str:
    """Return a column's name as SQL writes it: between double quotes, its own ones doubled."""
    return '"' + name.replace('"', '""') + '"'


def number_of(name: str) -> str:
    """Return the SQL of a column of texts read as numbers, French or English; NULL for others."""
    return f"TRY_CAST(replace({quoted(name)}, ',', '.') AS DOUBLE)"


def _duckdb() -> ModuleType:
    try:
        import duckdb
    except ImportError as error:
        message = tr(
            "Lire un grand CSV (carreaux, adresses, quartiers) demande DuckDB. Installez-le : "
            'pip install "maillage[linking]"'
        )
        raise MissingExtra(message) from error
    found: ModuleType = duckdb
    return found
