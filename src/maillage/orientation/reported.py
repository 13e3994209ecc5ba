"""Requests that desks could not answer, and how many there may be where some desks say nothing.

A desk that never records a request is no proof that nobody asked. The desks that use the tool are
taken for a sample, drawn without replacement, of all those of the territory: each request recorded
then stands for ``n_desks / n_reporting`` requests (the expansion estimator of a total), and how
much desks differ tells how sure that is. It is an assumption, told wherever the figure is.

Only a structure is a desk of that sample. What coordinators record, and accounts that no structure
claims, come from nobody knows how many desks: they count as they are, for one each.
"""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from maillage.access.unreached.model import UnmetNeed
from maillage.kernel.parameters import Parameters

COORDINATION = "coordination"
"""Where coordinators record what they are told."""
WITHOUT_STRUCTURE = "sans-structure"
"""Where members record whose account has no structure yet: one name for nobody knows how many."""
APART = frozenset({COORDINATION, WITHOUT_STRUCTURE})
"""Those that are no desk of the sample: what they record counts as it is."""


@dataclass(frozen=True, slots=True)
class RecordedNeed:
    """A request that a desk could not answer, and recorded: no identity, no free text on a person.

    ``number`` is its own in the territory, given when it is kept (0: not yet). ``desk`` is the id
    of the body that asked, never of who was at its counter. ``errand`` is the code of a formality,
    None where the request was for none in particular.
    """

    need: UnmetNeed
    desk: str
    errand: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class DeskMonth:
    """How many people a desk sought help for in one month, answered or not.

    ``month`` is its first day.
    """

    desk: str
    month: dt.date
    n_asked: int


@dataclass(frozen=True, slots=True)
class Reported:
    """How many requests nobody could answer, and how many there may be.

    ``n_recorded`` were recorded by ``n_reporting`` desks of ``n_desks``. ``estimate`` corrects for
    the desks that say nothing; ``low`` and ``high`` are the ends of its 95 % interval, ``high``
    None where a single desk reports: how much desks differ cannot be known. ``weight`` is how many
    requests each one recorded at a desk stands for; the ``n_apart`` others stand for themselves.
    """

    n_recorded: int
    n_desks: int
    n_reporting: int
    weight: float
    estimate: float
    low: float
    high: float | None
    n_apart: int = 0


def reported(
    needs: Sequence[RecordedNeed], months: Iterable[DeskMonth], n_desks: int, parameters: Parameters
) -> Reported:
    """Return how many requests nobody could answer, corrected for the desks that say nothing.

    ``needs`` and ``months`` are of the same time. A desk reports when it recorded a request, or
    sought help often enough (``reported.least_asked``) to have had one to record. ``n_desks`` are
    all the structures that could report; fewer than report are taken for as many.
    """
    least = parameters.number("reported.least_asked")
    asked = Counter[str]()
    for one in months:
        asked[one.desk] += one.n_asked
    counts = Counter(need.desk for need in needs)
    desks = sorted(({desk for desk, n in asked.items() if n >= least} | counts.keys()) - APART)
    n_apart = sum(counts[desk] for desk in APART)
    n_all, total = max(n_desks, len(desks)), len(needs)
    if not desks:
        high = None if n_all else float(total)
        return Reported(total, n_all, 0, 1.0, float(total), float(total), high, n_apart)
    weight = n_all / len(desks)
    estimate = weight * (total - n_apart) + n_apart
    half = _half_width([counts[desk] for desk in desks], n_all, parameters)
    low = float(total) if half is None else max(float(total), estimate - half)
    high = None if half is None else estimate + half
    return Reported(total, n_all, len(desks), weight, estimate, low, high, n_apart)


def _half_width(counts: Sequence[int], n_all: int, parameters: Parameters) -> float | None:
    """Return half of the 95 % interval of the total; None where it cannot be known."""
    n = len(counts)
    if n == n_all:
        return 0.0
    if n == 1:
        return None
    quantiles = parameters.numbers("reported.student_975")
    quantile = quantiles[min(n - 1, len(quantiles)) - 1]
    spread = statistics.variance(counts) / n * (1 - n / n_all)
    return quantile * n_all * math.sqrt(spread)


def as_demand(needs: Iterable[RecordedNeed], found: Reported) -> tuple[UnmetNeed, ...]:
    """Return the requests as the demand of siting: each for as many as it stands for."""
    return tuple(
        replace(one.need, weight=1.0 if one.desk in APART else found.weight) for one in needs
    )
