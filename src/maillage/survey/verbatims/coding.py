"""Who coded what, when: events that are only added to; what stands is read from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
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


READ = ""
"""The theme of the event of who read a verbatim and put nothing on it: taken off, it is no theme.
"""


def submitted(
    verbatim: str, before: frozenset[str] | None, now: frozenset[str], by: str, at: dt.datetime
) -> tuple[Coding, ...]:
    """Return the events that lead from the themes that stood (None: not coded) to others."""
    events = [Coding(verbatim, theme, by, at) for theme in sorted(now - (before or frozenset()))]
    gone = sorted((before or frozenset()) - now)
    events += [Coding(verbatim, theme, by, at, on=False) for theme in gone]
    if before is None and not now:
        events.append(Coding(verbatim, READ, by, at, on=False))
    return tuple(events)


def first_told(events: Sequence[Coding]) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return what each coder put on each verbatim the first time, by (coder, verbatim).

    What is told at one moment is told at once. Agreement is measured on it: what a coder changes
    later, having seen where the others differ, does not make them agree.
    """
    began: dict[tuple[str, str], dt.datetime] = {}
    for event in events:
        began.setdefault((event.by, event.verbatim), event.at)
    return standing(one for one in events if one.at == began[one.by, one.verbatim])


def retained(events: Sequence[Coding]) -> Mapping[str, frozenset[str]]:
    """Return the themes that are published of each verbatim that was coded.

    Those that more than half of its coders put; where they are as many for as against, what who
    coded it first says.
    """
    coders: dict[str, list[frozenset[str]]] = {}
    for (_, verbatim), themes in standing(events).items():
        coders.setdefault(verbatim, []).append(themes)
    return {verbatim: _most(said) for verbatim, said in coders.items()}


def _most(said: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the themes of most; ``said`` is in the order in which coders came."""
    votes = {theme: sum(theme in one for one in said) for theme in frozenset().union(*said)}
    return frozenset(
        theme
        for theme, n in votes.items()
        if 2 * n > len(said) or (2 * n == len(said) and theme in said[0])
    )
