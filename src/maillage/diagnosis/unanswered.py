"""What desks could not answer: where, for what, month by month, and the indicators of it.

Indicators are named computations on months, so that an action plan can name one, start from its
baseline and be measured again the same way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from maillage.kernel.language import tr


@dataclass(frozen=True, slots=True)
class Counted:
    """How many requests one commune or one need has; ``estimate`` corrects for silent desks.

    ``n_gathered`` is how many communes or needs the row stands for: more than one, and ``label``
    says it, where each has too few to be told apart.
    """

    label: str
    n: int
    estimate: float
    n_gathered: int = 1


@dataclass(frozen=True, slots=True)
class MonthAsked:
    """What desks were asked in one month: ``month`` is its first day, ``whole`` if it is over.

    ``n_asked`` are the people for whom help was sought, never fewer than the ``n_recorded`` whom
    nobody could help; ``estimate`` corrects the latter for desks that say nothing.
    """

    month: dt.date
    n_asked: int
    n_recorded: int
    estimate: float
    whole: bool

    @property
    def share(self) -> float | None:
        """Requests without an answer among those asked (0-1); None where nobody asked."""
        return self.n_recorded / self.n_asked if self.n_asked else None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure to follow: ``baseline`` is the same computation on as long before.

    ``value`` and ``baseline`` are None where nothing tells. ``unit`` is ``share`` (0-1) or
    ``requests a month``.
    """

    code: str
    label: str
    unit: str
    value: float | None
    baseline: float | None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The requests of some days, both included, that desks recorded without an answer.

    ``estimate`` corrects the ``n_recorded`` for desks that say nothing, between ``low`` and
    ``high`` (None: cannot be known); ``sentences`` say it. ``by_service`` and ``by_commune`` tell
    no row of fewer than ``least_shown`` requests, and are empty where all together are fewer.
    """

    since: dt.date
    until: dt.date
    n_recorded: int
    n_desks: int
    n_reporting: int
    n_apart: int
    estimate: float
    low: float
    high: float | None
    least_shown: int
    by_service: tuple[Counted, ...]
    by_commune: tuple[Counted, ...]
    indicators: tuple[Indicator, ...]
    sentences: tuple[str, ...]


def share_unanswered(months: Sequence[MonthAsked]) -> float | None:
    """Return the share (0-1) of the requests of some months that nobody could answer."""
    asked = sum(one.n_asked for one in months)
    return sum(one.n_recorded for one in months) / asked if asked else None


def unanswered_a_month(months: Sequence[MonthAsked]) -> float | None:
    """Return how many requests a month nobody could answer, corrected for desks that say nothing.

    Months count from the first in which a desk asked; one that is not over does not count.
    """
    asked = [n for n, one in enumerate(months) if one.n_asked]
    whole = [one for one in months[asked[0] :] if one.whole] if asked else []
    return sum(one.estimate for one in whole) / len(whole) if whole else None


_INDICATORS: tuple[tuple[str, str, str, Callable[[Sequence[MonthAsked]], float | None]], ...] = (
    ("unanswered-share", "Part des orientations sans réponse", "share", share_unanswered),
    (
        "unanswered-a-month",
        "Demandes sans réponse par mois",
        "requests a month",
        unanswered_a_month,
    ),
)


def indicators(now: Sequence[MonthAsked], before: Sequence[MonthAsked]) -> tuple[Indicator, ...]:
    """Return every indicator on months in order, and its baseline on as long before."""
    return tuple(
        Indicator(code, tr(label), unit, compute(now), compute(before))
        for code, label, unit, compute in _INDICATORS
    )


def gathered(
    rows: Sequence[Counted], least: int, others: Callable[[int], str]
) -> tuple[Counted, ...]:
    """Return the rows, most requests first, those of fewer than ``least`` put together at the end.

    ``others`` names so many rows put together. Where they are fewer than ``least`` even so, the
    next smallest joins them, for the total would tell them; all together too few: no row is told.
    """
    kept = sorted(rows, key=lambda row: (-row.n, row.label))
    small: list[Counted] = []
    while kept and (kept[-1].n < least or 0 < sum(row.n for row in small) < least):
        small.append(kept.pop())
    n = sum(row.n for row in small)
    if not small:
        return tuple(kept)
    if n < least:
        return ()
    estimate = sum(row.estimate for row in small)
    n_gathered = sum(row.n_gathered for row in small)
    return (*kept, Counted(others(n_gathered), n, estimate, n_gathered))
