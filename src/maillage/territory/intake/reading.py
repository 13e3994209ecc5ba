"""Files opened and cells turned into numbers, the same way for every source of the territory."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Where
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.kernel.provenance import LocalFile
from maillage.tables.limits import MAX_BYTES, too_heavy
from maillage.tables.model import Table
from maillage.tables.read import read_table
from maillage.territory.doubts import (
    CODES_UNREADABLE,
    COORDINATES_UNREADABLE,
    FIGURE_OUT_OF_RANGE,
    FIGURE_UNREADABLE,
    POPULATION_UNREADABLE,
)

_SPACES = re.compile(r"\s+")
_BLANK = b"\x00 \t\r\n\xef\xbb\xbf"
_LOOK = 4096  # bytes read before a file is taken to be JSON at all


def read_json(file: LocalFile) -> object:
    """Return what a JSON file holds.

    Raises UnusableFile naming the line where the file is absent, empty, not UTF-8 or not JSON;
    where it is heavier than any table may be; where a number has thousands of digits.
    """
    raw = _bytes(file)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnusableFile(file.path, tr("le texte n'est pas en UTF-8"), line=line) from error
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_json(file, text, error) from error


def _bytes(file: LocalFile) -> bytes:
    try:
        with file.path.open("rb") as stream:
            start = stream.read(_LOOK)
            opening = start.strip(_BLANK)[:1]
            if opening and opening not in b"[{":
                message = tr("le fichier n'est pas du JSON")
                value = start[:40].decode("utf-8", "replace")
                raise UnusableFile(file.path, message, line=1, value=value)
            raw = start + stream.read(MAX_BYTES + 1 - len(start))
    except OSError as error:
        message = tr("le fichier ne peut pas être lu ({reason})")
        raise UnusableFile(file.path, message.format(reason=error.strerror)) from error
    if len(raw) > MAX_BYTES:
        raise too_heavy(file.path, max(len(raw), file.path.stat().st_size))
    if not raw.strip(_BLANK):
        raise UnusableFile(file.path, tr("le fichier est vide"))
    return raw


def _not_json(file: LocalFile, text: str, error: Exception) -> UnusableFile:
    if isinstance(error, RecursionError):
        return UnusableFile(file.path, tr("le JSON est emboîté trop profondément"))
    if not isinstance(error, json.JSONDecodeError):  # Python refuses to read endless integers
        return UnusableFile(file.path, tr("un nombre du fichier a plusieurs milliers de chiffres"))
    near = text[max(0, error.pos - 20) : error.pos + 20].strip()
    message = tr("le JSON est coupé ou mal formé : téléchargez le fichier de nouveau")
    return UnusableFile(file.path, message, line=error.lineno, column=error.colno, value=near)


def read_columns(file: LocalFile, wanted: Iterable[str]) -> Table:
    """Return the table of a file that has all the wanted columns.

    Raises UnusableFile naming the columns that are not there, or what is wrong with the file.
    """
    table = read_table(file.path)
    absent = [name for name in wanted if name not in table.columns]
    if absent:
        message = tr("il manque une ou plusieurs colonnes : {names}")
        raise UnusableFile(file.path, message.format(names=", ".join(absent)), line=1)
    return table


def french_number(text: str) -> float | None:
    """Return a number written in French or in English, None where it is not a finite number.

    Any space parts thousands; a comma is the decimal sign.

    >>> french_number("38\u202f584"), french_number("17,3"), french_number("n.d.")
    (38584.0, 17.3, None)
    """
    try:
        value = float(text)
    except ValueError:
        try:
            value = float(_SPACES.sub("", text).replace(",", "."))
        except ValueError:
            return None
    return value if math.isfinite(value) and "_" not in text else None


def figure(
    text: str | None, bounds: tuple[float, float], where: Where, doubts: list[Finding]
) -> float | None:
    """Return the number of a cell, None where not published; the unreadable is told in ``doubts``.

    ``bounds`` are the least and greatest values that the indicator can take.
    """
    if text is None:
        return None
    value = french_number(text)
    if value is None:
        doubts.append(FIGURE_UNREADABLE.at(where, value=text))
        return None
    low, high = bounds
    if not low <= value <= high:
        doubts.append(FIGURE_OUT_OF_RANGE.at(where, value=text, low=f"{low:g}", high=f"{high:g}"))
        return None
    return value


def people(value: object, where: Where, doubts: list[Finding]) -> int | None:
    """Return a number of people, None where not told; the unreadable is told in ``doubts``."""
    if value is None or value == "":
        return None
    number = None if isinstance(value, bool) else french_number(str(value))
    if number is None or number < 0 or number != int(number):
        doubts.append(POPULATION_UNREADABLE.at(where.on("population"), value=value))
        return None
    return int(number)


def codes(value: object, where: Where, doubts: list[Finding]) -> tuple[str, ...]:
    """Return a list of codes in order, empty where not told; what is no list of texts is told.

    A number is not taken for a code: it may have lost a leading zero.
    """
    if value is None:
        return ()
    if not isinstance(value, list):
        doubts.append(CODES_UNREADABLE.at(where, value=value))
        return ()
    told = sorted(code for code in value if isinstance(code, str))
    if len(told) < len(value):
        doubts.append(CODES_UNREADABLE.at(where, value=value))
    return tuple(told)


def degrees(lon: object, lat: object, where: Where, doubts: list[Finding]) -> Point | None:
    """Return a point, None where not told; the unreadable is told in ``doubts``."""
    if lon in (None, "") and lat in (None, ""):
        return None
    x, y = french_number(str(lon)), french_number(str(lat))
    if x is None or y is None or abs(x) > 180.0 or abs(y) > 90.0:
        doubts.append(COORDINATES_UNREADABLE.at(where, value=f"{lon}, {lat}"))
        return None
    return Point(x, y)
