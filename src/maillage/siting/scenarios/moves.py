"""What changes from one plan to another, half-day by half-day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from maillage.siting.posts.model import Held

_NONE, _SAME_TIME, _SAME_VENUE = range(3)


@dataclass(frozen=True, slots=True)
class Move:
    """One half-day given up and the one held instead; one of the two is None where none is."""

    left: Held | None
    came: Held | None


def moves_between(before: tuple[Held, ...], after: tuple[Held, ...]) -> tuple[Move, ...]:
    """Return what changes, in order of what is given up; what has no other half stands last.

    A half-day given up goes with one at the same venue, else with one at the same time, else with
    any: the fewest words tell what is done.
    """
    gone, came = list(left_of(before, after)), list(left_of(after, before))
    pairs: list[tuple[Held, Held]] = []
    for likeness in (_SAME_VENUE, _SAME_TIME, _NONE):
        for old in tuple(gone):
            new = next((one for one in came if _likeness(old, one) >= likeness), None)
            if new is not None:
                pairs.append((old, new))
                gone.remove(old)
                came.remove(new)
    moves = [Move(old, new) for old, new in sorted(pairs)]
    return (*moves, *(Move(old, None) for old in gone), *(Move(None, new) for new in came))


def _likeness(one: Held, other: Held) -> int:
    if one.venue == other.venue:
        return _SAME_VENUE
    return _SAME_TIME if one.half_day == other.half_day else _NONE


def left_of(some: tuple[Held, ...], others: tuple[Held, ...]) -> tuple[Held, ...]:
    """Return the half-days that others do not have, in order, as often as they are more."""
    return tuple(sorted((Counter(some) - Counter(others)).elements()))
