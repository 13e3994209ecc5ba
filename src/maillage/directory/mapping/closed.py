"""The closed fields of a row: what is found → national words, and what has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from maillage.directory.mapping.cells import parts, says, tells_nothing
from maillage.directory.mapping.model import FieldRule, Words
from maillage.kernel.words import plain
from maillage.standard import mednum
from maillage.standard.aliases import understand
from maillage.standard.html_text import without_html
from maillage.tables.model import Row


@dataclass(slots=True)
class ClosedCells:
    """What a row tells of a closed field.

    ``text`` are its words joined as the standard does, "" = told "none", None = not told. ``known``
    are the keys of the values understood, by column; ``unknown`` the values that were not, by
    column and key.
    """

    text: str | None = None
    known: dict[str, set[str]] = field(default_factory=dict)
    unknown: dict[str, dict[str, str]] = field(default_factory=dict)


def keyed(values: Mapping[str, Words]) -> dict[str, Words]:
    """Return the words of values by the key under which spellings meet."""
    return {plain(found): words for found, words in values.items()}


def read_closed(name: str, rule: FieldRule, values: Mapping[str, Words], row: Row) -> ClosedCells:
    """Return what the columns of a rule tell of a closed field; ``values`` are its own, ``keyed``.

    A value stands as the rule says, else as the standard understands it. Yes and no count only in
    the columns of ``if_yes``, where any other value is read as a value.
    """
    told = ClosedCells()
    words: list[str] = []
    for column in dict.fromkeys((*rule.columns, *rule.if_yes)):
        text = row.cells.get(column)
        if text is None:
            continue
        if text == "" and column in rule.columns:  # an empty list: none, and said so
            told.text = ""
            continue
        bare = without_html(text)
        answer = says(bare) if column in rule.if_yes else None
        if answer is not None:
            words += rule.if_yes[column] if answer else ()
        elif not tells_nothing(bare):
            words += _words(name, column, parts(bare, rule.split), values, told)
    if words:
        told.text = mednum.SEPARATOR.join(dict.fromkeys(words))
    return told


@lru_cache(maxsize=65536)
def _key(part: str) -> str:
    return plain(part)


def _words(
    name: str, column: str, found: list[str], values: Mapping[str, Words], told: ClosedCells
) -> list[str]:
    words: list[str] = []
    for part in found:
        key = _key(part)
        meant = values.get(key)
        if meant is None and understand(name, part) is not None:
            meant = (part,)
        if meant is None:
            told.unknown.setdefault(column, {})[key] = part
        else:
            told.known.setdefault(column, set()).add(key)
            words += meant
    return words
