"""How far the shares of people without a visit hang on what is supposed of people.

Each supposition is shifted alone, by ``parameters/visits_variants.yaml``: the pace of walking, the
time that a change needs (a connection that is missed), when one leaves and is back, how long one
bears to travel. The prepared streets serve all of them; only another pace walks them again. What
shifts the visit alone (day and budget) shares the journeys of the week as told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from maillage.access.journeys.model import Walks
from maillage.access.model import ServiceKey
from maillage.access.visits.all_visits import Transport
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.find import Searched
from maillage.access.visits.half_days import HalfDaySearch
from maillage.access.visits.losses import Residents
from maillage.access.visits.measure import Shares, Shortfall, measure_shortfalls
from maillage.access.visits.model import VisitKind
from maillage.access.visits.territory_visits import Movement, WeekGround, week_ground
from maillage.access.visits.week import HalfDays
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress

AS_TOLD = "as-told"
"""The code of the week without any shift."""

_VARIANTS = "visits_variants"
_LAST_MINUTE = 24 * 60


@dataclass(frozen=True, slots=True)
class Variant:
    """One supposition shifted; ``label`` says which in French, and by how much."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class VariantShortfalls:
    """Who falls short if one supposition is shifted: by code of kind of visit, in order."""

    variant: Variant
    by_kind: tuple[tuple[str, tuple[Shortfall, ...]], ...]


@dataclass(frozen=True, slots=True)
class ShareRange:
    """Between what one share of people (0-1) stands when suppositions are shifted one at a time.

    ``reading`` names one of the four of ``Shares``; ``public`` is "people" or "fragile".
    ``moved_most_by`` is the variant farthest from the share as told, None where none moves it.
    """

    kind: str
    service: ServiceKey
    fewer_than: int
    public: str
    reading: str
    as_told: float
    least: float
    most: float
    moved_most_by: Variant | None


def visit_variants(
    searched: Searched, residents: Residents, fewer_than: Sequence[int], progress: Progress
) -> Iterator[VariantShortfalls]:
    """Give who falls short as told, then under each variant: four weeks are searched in all.

    They come one at a time, so that the caller may stop between two.
    """
    # 1. as told, and what shifts the visit alone: one search of journeys for all of them
    kinds = searched.asked.kinds
    shifted = shifted_kinds(kinds, searched.by.parameters)
    every = tuple(kind for _, some in shifted for kind in some)
    progress.step(shifted[0][0].label)
    weeks = _weeks(replace(searched, asked=replace(searched.asked, kinds=every)), progress)
    for number, (variant, _) in enumerate(shifted):
        some = weeks[number * len(kinds) : (number + 1) * len(kinds)]
        yield variant_shortfalls(variant, some, residents, fewer_than)

    # 2. what shifts the journeys: a search for each
    yield from journey_variants(searched, residents, fewer_than, progress)


def journey_variants(
    searched: Searched, residents: Residents, fewer_than: Sequence[int], progress: Progress
) -> Iterator[VariantShortfalls]:
    """Give who falls short under each variant of the journeys: one search each."""
    for variant, moved in _shifted_journeys(searched, searched.by.parameters):
        progress.step(variant.label)
        yield variant_shortfalls(variant, _weeks(moved, progress), residents, fewer_than)


def variant_shortfalls(
    variant: Variant,
    weeks: Sequence[Bounds[HalfDays]],
    residents: Residents,
    fewer_than: Sequence[int],
) -> VariantShortfalls:
    """Return who falls short in the weeks of a variant, one for each kind of visit."""
    people, fragile = residents.people, residents.fragile
    each = (
        (week.low.kind.code, measure_shortfalls(week, people, fragile, fewer_than))
        for week in weeks
    )
    return VariantShortfalls(variant, tuple(each))


def shifted_kinds(
    kinds: Sequence[VisitKind], parameters: Parameters
) -> tuple[tuple[Variant, tuple[VisitKind, ...]], ...]:
    """Return the kinds of visit as told, then with their day or their budget shifted."""
    day = round(parameters.number(f"{_VARIANTS}.day.shift_minutes"))
    budget = round(parameters.number(f"{_VARIANTS}.budget.shift_minutes"))
    shifts = (
        (AS_TOLD, tr("tel que supposé"), (0, 0, 0)),
        ("leave-later", tr("partir {n} plus tard"), (day, 0, 0)),
        ("leave-earlier", tr("partir {n} plus tôt"), (-day, 0, 0)),
        ("back-earlier", tr("rentrer {n} plus tôt"), (0, -day, 0)),
        ("back-later", tr("rentrer {n} plus tard"), (0, day, 0)),
        ("less-time", tr("{n} de trajet et d'attente en moins"), (0, 0, -budget)),
        ("more-time", tr("{n} de trajet et d'attente en plus"), (0, 0, budget)),
    )
    found = []
    for code, label, by in shifts:
        told = label.format(n=french.minutes(abs(sum(by))))
        found.append((Variant(code, told), tuple(_shifted(kind, by) for kind in kinds)))
    return tuple(found)


def _shifted(kind: VisitKind, by: tuple[int, int, int]) -> VisitKind:
    leave, back, budget = by
    return replace(
        kind,
        leave_after=max(0, kind.leave_after + leave),
        back_by=min(_LAST_MINUTE, kind.back_by + back),
        budget_minutes=max(0, kind.budget_minutes + budget),
    )


def _shifted_journeys(
    searched: Searched, parameters: Parameters
) -> Iterator[tuple[Variant, Searched]]:
    for code, label in (
        ("slower", tr("marcher plus lentement")),
        ("faster", tr("marcher plus vite")),
    ):
        factor = parameters.number(f"{_VARIANTS}.pace.{code}")
        told = tr("{label} (temps × {factor})").format(label=label, factor=french.number(factor, 2))
        by = _at_another_pace(searched.by, factor)
        ground = week_ground(searched.asked, by)
        yield Variant(f"walk-{code}", told), replace(searched, by=by, ground=ground)
    if searched.ground.transport is None:
        return
    more = round(parameters.number(f"{_VARIANTS}.change.more_seconds"))
    told = tr("{n} de plus à chaque correspondance").format(n=french.minutes(more / 60))
    ground = _with_longer_changes(searched.ground, searched.ground.transport, more)
    yield Variant("missed-connection", told), replace(searched, ground=ground)


def _at_another_pace(by: Movement, factor: float) -> Movement:
    who = "reduced_mobility" if by.reduced_mobility else "anybody"
    name = f"journeys.{who}.pace"
    return replace(by, parameters=by.parameters.replaced(name, by.parameters.number(name) * factor))


def _with_longer_changes(ground: WeekGround, transport: Transport, seconds: int) -> WeekGround:
    between = transport.between
    longer = Walks(between.first, between.stops, between.seconds + np.int32(seconds))
    return replace(ground, transport=replace(transport, between=longer))


def _weeks(searched: Searched, progress: Progress) -> tuple[Bounds[HalfDays], ...]:
    return HalfDaySearch(searched, progress).found


def share_ranges(found: Sequence[VariantShortfalls]) -> tuple[ShareRange, ...]:
    """Return between what each share stands, by kind, service, number, public and reading.

    Raises ValueError where no week as told is among the variants.
    """
    told = next((one for one in found if one.variant.code == AS_TOLD), None)
    if told is None:
        raise ValueError("no week as told")
    ranges: list[ShareRange] = []
    for k, (kind, shortfalls) in enumerate(told.by_kind):
        for number, shortfall in enumerate(shortfalls):
            tried = [(one.variant, one.by_kind[k][1][number]) for one in found]
            ranges += _ranges(kind, shortfall, tried)
    return tuple(ranges)


def _ranges(
    kind: str, told: Shortfall, tried: Sequence[tuple[Variant, Shortfall]]
) -> Iterator[ShareRange]:
    for public in ("people", "fragile"):
        for reading in (field.name for field in fields(Shares)):
            as_told = _share(told, public, reading)
            each = [(_share(one, public, reading), variant) for variant, one in tried]
            farthest = max(each, key=lambda pair: abs(pair[0] - as_told))
            shares = [share for share, _ in each]
            yield ShareRange(
                kind=kind,
                service=told.service,
                fewer_than=told.fewer_than,
                public=public,
                reading=reading,
                as_told=as_told,
                least=min(shares),
                most=max(shares),
                moved_most_by=None if farthest[0] == as_told else farthest[1],
            )


def _share(shortfall: Shortfall, public: str, reading: str) -> float:
    shares = shortfall.people if public == "people" else shortfall.fragile
    return float(getattr(shares, reading))
