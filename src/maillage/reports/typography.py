"""French spacing: what must stay together on a line is joined by a no-break space."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TypeVar

from maillage.kernel.french import FIXED
from maillage.reports.blocks import Picture

_BEFORE = re.compile(r" (?=[:;!?»%])")
_AFTER = re.compile(r"(?<=«) ")

T = TypeVar("T")


def spaced(text: str) -> str:
    """Return the text with no-break spaces before « : ; ! ? % » and inside quotes.

    >>> spaced("Où : « ici » ?").count(FIXED)
    4
    """
    return _AFTER.sub(FIXED, _BEFORE.sub(FIXED, text))


def polished(thing: T) -> T:
    """Return the same blocks, every text in them spaced as French is; drawings are left alone."""
    if isinstance(thing, str):
        return type(thing)(spaced(thing))
    if isinstance(thing, tuple):
        return type(thing)(polished(item) for item in thing)
    if is_dataclass(thing) and not isinstance(thing, type | Picture):
        return type(thing)(**{f.name: polished(getattr(thing, f.name)) for f in fields(thing)})
    return thing
