"""Communes that are part of another one now: old codes and names still found in every file.

The table is drawn up from INSEE's Code officiel géographique (``bench/former_communes.py``); its
first line tells the vintage. Dates of the mergers are not in it, nor the names of the communes
merged before INSEE kept them as *communes associées* or *déléguées*.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from maillage.kernel.words import commune_key

_TABLE = Path(__file__).with_name("communes_anciennes.csv")


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A commune that was: its code (still in use where it gave it to the new one), its name.

    ``name`` None = not kept by INSEE. ``code_insee`` is the commune it is part of today.
    """

    code: str
    name: str | None
    code_insee: str


@cache
def former_by_code() -> Mapping[str, FormerCommune]:
    """Return the communes whose code is out of use, by that code."""
    return {former.code: former for former in _every() if former.code != former.code_insee}


@cache
def former_by_name() -> Mapping[str, tuple[FormerCommune, ...]]:
    """Return the former communes by the key of their name, namesakes together."""
    groups: dict[str, list[FormerCommune]] = {}
    for former in _every():
        if former.name:
            groups.setdefault(commune_key(former.name), []).append(former)
    return {key: tuple(group) for key, group in groups.items()}


@cache
def _every() -> tuple[FormerCommune, ...]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return tuple(
            FormerCommune(row["ancien_code"], row["ancien_nom"] or None, row["code_insee"])
            for row in rows
        )
