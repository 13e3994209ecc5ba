"""Seeded chance that falls the same on every machine and every version of Python.

Only the raw bits of the Mersenne Twister are used: what the standard library builds on them
(``gauss``, ``choices``…) rests on the machine's own logarithms or has changed between versions.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_BITS = 53


class Draw:
    """A stream of chance. ``Draw(seed, "places")`` never disturbs ``Draw(seed, "contours")``."""

    def __init__(self, seed: int, *subject: str) -> None:
        told = "\x1f".join((str(seed), *subject)).encode()
        self._bits = random.Random(int.from_bytes(hashlib.sha256(told).digest(), "big"))

    def share(self) -> float:
        """Return a number of [0, 1[."""
        return self._bits.getrandbits(_BITS) / (1 << _BITS)

    def below(self, n: int) -> int:
        """Return a whole number of 0..n-1."""
        return (self._bits.getrandbits(_BITS) * n) >> _BITS

    def between(self, low: int, high: int) -> int:
        """Return a whole number of low..high, both included."""
        return low + self.below(high - low + 1)

    def happens(self, share: float) -> bool:
        """Return True that share of the times."""
        return self.share() < share

    def one_of(self, things: Sequence[T]) -> T:
        """Return one of the things."""
        return things[self.below(len(things))]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """Return the things in another order."""
        left = list(things)
        return [left.pop(self.below(len(left))) for _ in range(len(left))]

    def bell(self) -> float:
        """Return a number that is nearly normal (mean 0, spread 1), within ±6."""
        return sum(self.share() for _ in range(12)) - 6.0

    def hexadecimal(self, n: int) -> str:
        """Return n hexadecimal signs."""
        return "".join("0123456789abcdef"[self.below(16)] for _ in range(n))

    def uuid(self) -> str:
        """Return an id in the form of a UUID."""
        return "-".join(self.hexadecimal(n) for n in (8, 4, 4, 4, 12))
