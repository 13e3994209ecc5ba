"""How sure a share is that was observed on few: intervals at 95 %."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z_975 = 1.959963984540054
"""The 97.5 % quantile of the normal law: 95 % lie within."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share observed: ``n_yes`` of ``n``, and its 95 % interval (0-1) by Wilson's score.

    The score keeps its word where n is small or the share near 0 or 1, where the usual formula
    tells an interval of no width. It supposes cases that say nothing of one another.
    """

    n_yes: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """The share observed (0-1); None where there was nothing to observe."""
        return self.n_yes / self.n if self.n else None


def rate(n_yes: int, n: int) -> Rate:
    """Return a share and its interval; of nothing observed, nothing is known: from 0 to 1.

    Raises ValueError where more were found than looked at.

    >>> found = rate(8, 10)
    >>> round(found.low, 4), round(found.high, 4)
    (0.4902, 0.9433)
    """
    if not 0 <= n_yes <= n:
        raise ValueError(f"{n_yes} of {n} is no share")
    if not n:
        return Rate(0, 0, 0.0, 1.0)
    share, squared = n_yes / n, Z_975 * Z_975 / n
    middle = (share + squared / 2) / (1 + squared)
    half = Z_975 * math.sqrt(share * (1 - share) / n + squared / (4 * n)) / (1 + squared)
    # None and all are ends of their own interval, which rounding would leave just outside it.
    low = 0.0 if n_yes == 0 else max(0.0, middle - half)
    high = 1.0 if n_yes == n else min(1.0, middle + half)
    return Rate(n_yes, n, low, high)
