"""Fellegi and Sunter's model as SQL conditions and weights, and the pairs that it can accept.

Splink weighs every comparison of every pair it is given. Most pairs that share a key are so unlike
that a few comparisons, quick to make, tell that no answer to the others could make them likely:
those are set aside before, and nothing that would be found is lost.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from maillage.engines.splink_blocks import ID

CERTAIN = 1.0 - 1e-12  # the odds of a certainty are no number
_SLACK = 1e-6  # sums of weights made in another order differ by less


@dataclass(frozen=True, slots=True)
class SqlLevel:
    """A level of a comparison: what must hold of ``column_l`` and ``column_r``, and its weight."""

    condition: str
    weight: float


@dataclass(frozen=True, slots=True)
class SqlComparison:
    """One comparison of a model.

    ``untold``: the condition under which a pair tells nothing. ``levels`` go from the most alike
    to the least, the last of which holds wherever no other does (its condition is not read).
    """

    name: str
    untold: str
    levels: tuple[SqlLevel, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """What makes two records one: comparisons, and the log2 odds before any is looked at."""

    comparisons: tuple[SqlComparison, ...]
    prior: float


def likely_pairs(model: Model, columns: Iterable[str], at_least: float) -> str:
    """Return the SQL of the pairs (l, r) of ``part`` that may be one with that probability.

    Records are those of ``near``, which has these columns. Each comparison is asked, the quickest
    first, of the pairs that may still be likely if all those that remain speak for them as much as
    they can.
    """
    if at_least <= 0.0:
        return "SELECT l, r FROM part"
    least = min(at_least, CERTAIN)
    wanted = math.log2(least / (1.0 - least)) - _SLACK
    in_turn = sorted(model.comparisons, key=lambda c: (len(_weight(c)), c.name))
    best = [max(0.0, *(level.weight for level in c.levels)) for c in in_turn]
    pairs = f"SELECT *, {model.prior!r} AS weight FROM ({_joined(columns)})"  # noqa: S608 - own names
    for place, comparison in enumerate(in_turn):  # the last weight is not looked at, and not made
        still = wanted - sum(best[place:])
        more = f"* REPLACE (weight + {_weight(comparison)} AS weight)"
        pairs = f"SELECT {more} FROM ({pairs}) WHERE weight >= {still!r}"  # noqa: S608 - own names
    return f"SELECT l, r FROM ({pairs})"  # noqa: S608 - own names


def _joined(columns: Iterable[str]) -> str:
    sides = ((column, side) for column in columns if column != ID for side in "lr")
    told = ", ".join(f'{side}."{column}" AS "{column}_{side}"' for column, side in sides)
    return (
        f"SELECT part.l, part.r, {told} FROM part "  # noqa: S608 - own names
        f"JOIN near AS l ON l.{ID} = part.l JOIN near AS r ON r.{ID} = part.r"
    )


def _weight(comparison: SqlComparison) -> str:
    """Return the SQL of what a comparison weighs, 0 where it is not told."""
    *told, last = comparison.levels
    cases = "".join(f" WHEN {level.condition} THEN {level.weight!r}" for level in told)
    return f"CASE WHEN {comparison.untold} THEN 0.0{cases} ELSE {last.weight!r} END"
