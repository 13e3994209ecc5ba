"""Who coded what, when: events that are only added to; what stands is read from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coding:
    """A theme put on a verbatim, or taken off (``on`` False), by one coder."""

    verbatim: str
    theme: str
    by: str
    at: dt.datetime
    on: bool = True


def undone(event: Coding, at: dt.datetime) -> Coding:
    """Return the event that undoes one: it is added, nothing is taken out."""
    return Coding(event.verbatim, event.theme, event.by, at, not event.on)


def standing(events: Iterable[Coding]) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the themes that stand, by (coder, verbatim), in the order of events.

    A coder who took everything off has read the verbatim: an empty set, not an absence.
    """
    now: dict[tuple[str, str], frozenset[str]] = {}
    for event in events:
        key, theme = (event.by, event.verbatim), frozenset({event.theme})
        before = now.get(key, frozenset())
        now[key] = before | theme if event.on else before - theme
    return now
