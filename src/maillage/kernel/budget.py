"""How hard a search may try, and when it must stop with the best it has."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field


def _no_end() -> float:
    return math.inf


@dataclass(frozen=True, slots=True)
class Budget:
    """How hard to search: the same budget and seed give the same answer, unless time ends first.

    ``iterations`` of a first bound or of local search, ``tries`` of local search begun anew,
    ``nodes`` of branching: these decide, each search says which it heeds. ``seconds_left`` is asked
    now and then, and only stops: what was found so far is the answer. ``memory_bytes``: no search
    that would need more is begun.
    """

    seed: int = 0
    iterations: int = 1_500
    tries: int = 40
    nodes: int = 2_000
    memory_bytes: float = math.inf
    seconds_left: Callable[[], float] = field(default=_no_end)

    @property
    def ended(self) -> bool:
        """Whether time has ended."""
        return self.seconds_left() <= 0
