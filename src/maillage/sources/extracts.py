"""Which extract of OpenStreetMap holds the streets of which département."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "extracts.yaml"


@dataclass(frozen=True, slots=True)
class Extract:
    """The streets of one region of before 2016. ``about_bytes`` is a hint of the file's size."""

    id: str
    name: str
    about_bytes: int
    departements: tuple[str, ...]


class Extracts:
    """All extracts, in order of id, as they were on ``date``."""

    def __init__(self, date: dt.date, extracts: Iterable[Extract]) -> None:
        self.date = date
        self._by_id = {one.id: one for one in sorted(extracts, key=lambda one: one.id)}
        self._of = {code: one for one in self for code in one.departements}

    def __iter__(self) -> Iterator[Extract]:
        """Go through the extracts in order of id."""
        return iter(self._by_id.values())

    def __getitem__(self, extract_id: str) -> Extract:
        """Return one extract. An unknown id is a KeyError."""
        return self._by_id[extract_id]

    def holding(self, departements: Iterable[str]) -> tuple[tuple[Extract, ...], tuple[str, ...]]:
        """Return the extracts that together hold some départements, and those that none holds.

        Extracts in order of id, each once; départements in order of code.
        """
        asked = sorted(set(departements))
        wanted = {self._of[code].id for code in asked if code in self._of}
        found = tuple(one for one in self if one.id in wanted)
        return found, tuple(code for code in asked if code not in self._of)


@lru_cache(maxsize=1)
def load_extracts() -> Extracts:
    """Return the extracts that Maillage knows of."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Extracts(
        told["date"],
        (
            Extract(
                words["id"],
                words["name"],
                round(words["about_mb"] * 1_000_000),
                tuple(words["departements"]),
            )
            for words in told["extracts"]
        ),
    )
