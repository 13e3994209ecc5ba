"""What would be lost: a lieu that closes, a line that ends; who loses every visit, who some.

A lieu's closing is read off the week, which keeps of each half-day whether it hangs on one lieu
alone. A line's end changes every journey: the week is searched again without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maillage.access.model import ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.find import Searched
from maillage.access.visits.half_days import HalfDaySearch
from maillage.access.visits.model import Certainty
from maillage.access.visits.sole import lieux_of
from maillage.access.visits.territory_visits import ground_without_lines
from maillage.access.visits.week import CERTAINTIES, CountsHalfDays, HalfDays, VisitWeek
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress


@dataclass(frozen=True, slots=True)
class Loss:
    """What people would lose of one service, if ``subject`` (a lieu, a line) were no more.

    ``people_without`` lose every visit that they could make; ``people_fewer`` lose half-days but
    keep some. ``half_days`` are those lost in a week, each counted once for each person. The
    fragile likewise.
    """

    subject: str
    kind: str
    service: ServiceKey
    certainty: Certainty
    people_without: float
    fragile_without: float
    people_fewer: float
    fragile_fewer: float
    half_days: float


@dataclass(frozen=True, slots=True, eq=False)
class Residents:
    """Who lives where: (n_homes,) people, and fragile people among them, none negative."""

    people: FloatArray
    fragile: FloatArray


def half_days_without(week: VisitWeek, lieu_id: str) -> FloatArray:
    """Return the (10, 2, n_homes) half-days that would still work if one lieu closed.

    Raises ValueError where no presence of the week stands at that lieu.
    """
    number = lieux_of([one.lieu_id for one in week.presences]).index(lieu_id)
    hanging = np.count_nonzero(week.sole_lieux == number, axis=2)
    left: FloatArray = (week.half_days - hanging).astype(np.float64)
    return left


def lieu_losses(
    week: VisitWeek,
    residents: Residents,
    services: Sequence[ServiceKey] = SERVICE_KEYS,
) -> tuple[Loss, ...]:
    """Return what each lieu's closing would take away, by lieu, service given there, certainty.

    Nothing is searched again. Lieux are in order of id, services in that of ``SERVICE_KEYS``.
    """
    given: dict[str, set[ServiceKey]] = {}
    for one in week.presences:
        if one.services:
            given.setdefault(one.lieu_id, set()).update({*one.services, None})
    rows = [row for row, service in enumerate(SERVICE_KEYS) if service in services]
    before = week.half_days[rows].astype(np.float64)
    hanging = week.sole_lieux[rows]
    keys = tuple(SERVICE_KEYS[row] for row in rows)
    found: list[Loss] = []
    for number, lieu in enumerate(lieux_of([one.lieu_id for one in week.presences])):
        if lieu not in given:
            continue
        after = before - np.count_nonzero(hanging == number, axis=2)
        lost = _losses(lieu, week.kind.code, (before, after), residents, keys)
        found += [loss for loss in lost if loss.service in given[lieu]]
    return tuple(found)


def line_losses(
    searched: Searched,
    weeks: Sequence[Bounds[VisitWeek]] | Sequence[Bounds[HalfDays]],
    residents: Residents,
    lines: Mapping[str, frozenset[str]],
    progress: Progress,
    search: HalfDaySearch | None = None,
) -> Iterator[tuple[str, tuple[Bounds[tuple[Loss, ...]], ...]]]:
    """Give, for each name of ``lines``, what the end of its lines would take, by kind of visit.

    ``weeks`` are those found while all lines run. Each name is searched again, for those whom rides
    give something; names come one at a time, so that the caller may stop between two. Lines none of
    which runs on the days asked are answered at once. ``search`` is that of ``searched`` if it was
    made already.
    """
    for name, line_ids in lines.items():
        ground = ground_without_lines(searched.asked, searched.by, searched.ground, line_ids)
        left: Sequence[Bounds[VisitWeek]] | Sequence[Bounds[HalfDays]] = weeks
        if ground is not searched.ground:
            progress.step(tr("Sans la ligne {name}").format(name=name))
            search = search or HalfDaySearch(searched, progress)
            left = search.on(ground)
        pairs = zip(_counts(weeks), _counts(left), strict=True)
        yield name, tuple(_between(name, before, after, residents) for before, after in pairs)


_Weeks = Sequence[Bounds[VisitWeek]] | Sequence[Bounds[HalfDays]]


def _counts(weeks: _Weeks) -> list[Bounds[CountsHalfDays]]:
    return [Bounds(week.low, week.high) for week in weeks]


def week_losses(
    subject: str, before: CountsHalfDays, after: CountsHalfDays, residents: Residents
) -> tuple[Loss, ...]:
    """Return what one week has less than another, by service and certainty.

    Raises ValueError where some half-day works afterwards that did not before: nothing lost.
    """
    if np.any(after.half_days > before.half_days):
        raise ValueError("more half-days work afterwards")
    half_days = tuple(week.half_days.astype(np.float64) for week in (before, after))
    return tuple(_losses(subject, before.kind.code, (half_days[0], half_days[1]), residents))


def both_bounds(
    week: Bounds[VisitWeek], measure: Callable[[VisitWeek], tuple[Loss, ...]]
) -> Bounds[tuple[Loss, ...]]:
    """Return a measure of both bounds, measured once where they are one."""
    low = measure(week.low)
    return Bounds(low, low if week.low is week.high else measure(week.high))


def _between(
    subject: str,
    before: Bounds[CountsHalfDays],
    after: Bounds[CountsHalfDays],
    residents: Residents,
) -> Bounds[tuple[Loss, ...]]:
    low = week_losses(subject, before.low, after.low, residents)
    if before.low is before.high:
        return Bounds(low, low)
    return Bounds(low, week_losses(subject, before.high, after.high, residents))


def _losses(
    subject: str,
    kind: str,
    half_days: tuple[FloatArray, FloatArray],
    residents: Residents,
    services: Sequence[ServiceKey] = SERVICE_KEYS,
) -> Iterator[Loss]:
    before, after = half_days
    for s, service in enumerate(services):
        for c, certainty in enumerate(CERTAINTIES):
            lost = before[s, c] - after[s, c]
            without = (lost > 0) & (after[s, c] == 0)
            fewer = (lost > 0) & (after[s, c] > 0)
            yield Loss(
                subject,
                kind,
                service,
                certainty,
                people_without=float(residents.people[without].sum()),
                fragile_without=float(residents.fragile[without].sum()),
                people_fewer=float(residents.people[fewer].sum()),
                fragile_fewer=float(residents.fragile[fewer].sum()),
                half_days=float(residents.people @ lost),
            )
