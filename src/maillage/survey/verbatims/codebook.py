"""The themes by which words are coded: data, dated; a territory amends them and keeps history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

import yaml

from maillage.kernel.parameters import FOLDER


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: what belongs to it, what does not, examples; ``into``: which one took it over."""

    code: str
    label: str
    belongs: str
    excludes: str
    examples: tuple[str, ...]
    into: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A theme added (``theme``), renamed (``label``) or merged (``into``), when, by whom."""

    code: str
    at: dt.datetime
    by: str
    theme: Theme | None = None
    label: str | None = None
    into: str | None = None


def load_themes(on: dt.date) -> dict[str, Theme]:
    """Return the themes shipped that are in force on a date, by code."""
    tree = yaml.safe_load((FOLDER / "codebook.yaml").read_text(encoding="utf-8"))
    return {
        code: Theme(code, one["label"], one["belongs"], one["excludes"], tuple(one["examples"]))
        for code, one in tree.items()
        if any(value["date"] <= on for value in one["values"])
    }


def amended(themes: dict[str, Theme], changes: Iterable[Change]) -> dict[str, Theme]:
    """Return themes after changes, in their order; a code never goes, a merged one points on.

    A change of an unknown code, or a merge into itself by any way, is a ValueError.
    """
    now = dict(themes)
    for change in changes:
        if change.theme is not None:
            now[change.code] = change.theme
            continue
        if change.code not in now or (change.into is not None and change.into not in now):
            raise ValueError(change.code)
        if change.into is not None:
            if current(now, change.into) == change.code:
                raise ValueError(change.into)
            now[change.code] = replace(now[change.code], into=change.into)
        elif change.label is not None:
            now[change.code] = replace(now[change.code], label=change.label)
    return now


def current(themes: dict[str, Theme], code: str) -> str:
    """Return the code that stands for one now, through all merges."""
    while (into := themes[code].into) is not None:
        code = into
    return code
