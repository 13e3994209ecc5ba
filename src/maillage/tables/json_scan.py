"""Where the objects of a JSON text begin, so that a finding can name a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr
from maillage.tables.limits import MAX_ROWS, too_many_rows

_SPACE = re.compile(r"[ \t\r\n]*")
_LONG_DIGITS = 30  # longer than any code: kept as written, for Python refuses to count with 5,000


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONG_DIGITS else digits


_DECODER = json.JSONDecoder(
    parse_int=_integer,
    parse_constant=lambda _: None,  # NaN and Infinity are not told
)
_LONGEST_LITERAL = 5  # "false": a literal cut short is reported where it begins
_CUT_MARGIN = 200  # characters: an error this near the end of a beginning may come from the cut


@dataclass(frozen=True, slots=True)
class Found:
    """An object of the list of rows, and the position in the text where it begins."""

    start: int
    value: Any


class _TooManyRowsError(Exception):
    """A list longer than any real one."""


def find_objects(path: Path, text: str) -> tuple[list[Found], bool]:
    """Return the objects that stand for rows, and whether they are GeoJSON features.

    A text that is not JSON, or holds no single list of objects, is an UnusableFile.
    """
    try:
        return _guarded(path, text)
    except json.JSONDecodeError as error:
        raise (_cut if _is_cut(text, error) else _malformed)(path, text, error) from None


def check_beginning(path: Path, text: str) -> None:
    """Refuse a large file whose beginning already is not JSON, without reading the rest."""
    try:
        _guarded(path, text)
    except json.JSONDecodeError as error:
        if error.pos < len(text) - _CUT_MARGIN and "Unterminated" not in error.msg:
            raise _malformed(path, text, error) from None


def _guarded(path: Path, text: str) -> tuple[list[Found], bool]:
    try:
        return _objects(path, text)
    except RecursionError:
        message = tr("ce fichier JSON est emboîté trop profondément pour être lu")
        raise UnusableFile(path, message) from None
    except _TooManyRowsError:
        raise too_many_rows(path) from None


def _is_cut(text: str, error: json.JSONDecodeError) -> bool:
    """Say whether the text stops too early, rather than being badly written somewhere."""
    body = text.rstrip()
    if error.pos >= len(body):
        return True
    closing = "]" if text.lstrip().startswith("[") else "}"
    if error.msg.startswith("Extra data"):
        return False
    near_end = "Unterminated" in error.msg or error.pos >= len(body) - _LONGEST_LITERAL
    return near_end and not body.endswith(closing)


def _cut(path: Path, text: str, _error: json.JSONDecodeError) -> UnusableFile:
    body = text.rstrip()
    line, column = body.count("\n") + 1, len(body) - body.rfind("\n")
    message = tr(
        "ce fichier JSON est coupé : il s'arrête avant la fin ; "
        "téléchargez-le ou exportez-le de nouveau"
    )
    return UnusableFile(path, message, line=line, column=column, value=body[-30:])


def _malformed(path: Path, text: str, error: json.JSONDecodeError) -> UnusableFile:
    message = tr(
        "ce fichier JSON est mal écrit à cet endroit : corrigez-le ou exportez-le de nouveau"
    )
    seen = text[max(0, error.pos - 15) : error.pos + 15]
    return UnusableFile(path, message, line=error.lineno, column=error.colno, value=seen)


def _objects(path: Path, text: str) -> tuple[list[Found], bool]:
    """Return the objects that stand for rows, and whether they are GeoJSON features."""
    start = _skip(text, 0)
    if text[start] == "[":
        found, end = _array(text, start)
        _expect_end(text, end)
        return _only_objects(path, text, found), False
    lists, end, is_geo = _lists_of(text, start)
    if _skip(text, end) < len(text):
        return list(_json_lines(text, start)), False
    if len(lists) != 1:
        raise UnusableFile(path, _no_single_list(lists))
    return _only_objects(path, text, next(iter(lists.values()))), is_geo


def _no_single_list(lists: dict[str, list[Found]]) -> str:
    if not lists:
        return tr("ce fichier JSON ne contient pas de liste d'objets à lire comme des lignes")
    names = ", ".join(f"« {name} »" for name in lists)
    message = tr("ce fichier JSON contient plusieurs listes ({names}) : gardez-en une seule")
    return message.format(names=names)


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _expect_end(text: str, position: int) -> None:
    after = _skip(text, position)
    if after < len(text):
        raise json.JSONDecodeError("Extra data", text, after)


def _array(text: str, start: int) -> tuple[list[Found], int]:
    """Return the values of the array that begins at ``start``, and where it ends."""
    found: list[Found] = []
    position = _skip(text, start + 1)
    if text[position : position + 1] == "]":
        return found, position + 1
    while True:
        value, end = _DECODER.raw_decode(text, position)
        found.append(Found(position, value))
        if len(found) > MAX_ROWS:
            raise _TooManyRowsError
        position = _skip(text, end)
        sign = text[position : position + 1]
        if sign == "]":
            return found, position + 1
        if sign != ",":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, position)
        position = _skip(text, position + 1)


def _lists_of(text: str, start: int) -> tuple[dict[str, list[Found]], int, bool]:
    """Return the lists of objects held by the object at ``start``, its end, whether it is geo."""
    lists: dict[str, list[Found]] = {}
    is_geo = False
    position = _skip(text, start + 1)
    if text[position : position + 1] == "}":
        return lists, position + 1, is_geo
    while True:
        key, value, end = _member(text, position)
        if isinstance(value, list) and all(isinstance(item, Found) for item in value):
            lists[key] = value
        is_geo = is_geo or (key == "type" and value == "FeatureCollection")
        position = _skip(text, end)
        sign = text[position : position + 1]
        if sign == "}":
            return lists, position + 1, is_geo
        if sign != ",":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, position)
        position = _skip(text, position + 1)


def _member(text: str, position: int) -> tuple[str, Any, int]:
    """Return a key, its value and the end; a list of objects comes as a list of ``Found``."""
    key, end = _DECODER.raw_decode(text, position)
    if not isinstance(key, str):
        raise json.JSONDecodeError("Expecting property name", text, position)
    colon = _skip(text, end)
    if text[colon : colon + 1] != ":":
        raise json.JSONDecodeError("Expecting ':' delimiter", text, colon)
    start = _skip(text, colon + 1)
    if text[start : start + 1] == "[":
        found, end = _array(text, start)
        if all(isinstance(item.value, dict) for item in found):
            return key, found, end
        return key, None, end
    value, end = _DECODER.raw_decode(text, start)
    return key, value, end


def _only_objects(path: Path, text: str, found: list[Found]) -> list[Found]:
    for item in found:
        if not isinstance(item.value, dict):
            line = text.count("\n", 0, item.start) + 1
            message = tr("chaque élément de la liste devrait être un objet { … }")
            raise UnusableFile(path, message, line=line, value=json.dumps(item.value)[:80])
    return found


def _json_lines(text: str, start: int) -> Iterator[Found]:
    position = start
    while position < len(text):
        value, end = _DECODER.raw_decode(text, position)
        if not isinstance(value, dict):
            raise json.JSONDecodeError("Extra data", text, position)
        yield Found(position, value)
        position = _skip(text, end)
