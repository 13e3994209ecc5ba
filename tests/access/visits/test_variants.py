"""Laws of variants: each is the week asked with one supposition shifted, and bounds follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from tests.access.journeys.timetables import run
from tests.access.visits.journeys_week import (
    NINE,
    PARAMETERS,
    PEOPLE,
    a_week,
    network_at_stops,
    searched_of,
    towns_by_bus,
    weeks_of,
)

from maillage.access.timetable.model import Network
from maillage.access.visits.find import Searched
from maillage.access.visits.measure import Shares, Shortfall, measure_shortfalls
from maillage.access.visits.territory_visits import week_ground
from maillage.access.visits.variants import (
    AS_TOLD,
    ShareRange,
    Variant,
    VariantShortfalls,
    share_ranges,
    shifted_kinds,
    visit_variants,
)
from maillage.kernel.progress import Silent

NUMBERS = (1, 2)
Told = Mapping[str, tuple[tuple[str, tuple[Shortfall, ...]], ...]]


def variants_of(searched: Searched) -> Told:
    """Return what falls short under each variant, by its code."""
    found = visit_variants(searched, PEOPLE, NUMBERS, Silent())
    return {one.variant.code: one.by_kind for one in found}


def plainly(searched: Searched) -> tuple[tuple[str, tuple[Shortfall, ...]], ...]:
    """Return what falls short in a week, asked for itself."""
    return tuple(
        (week.low.kind.code, measure_shortfalls(week, PEOPLE.people, PEOPLE.fragile, NUMBERS))
        for week in weeks_of(searched)
    )


def at_pace(searched: Searched, name: str) -> Searched:
    """Return the same prepared from nothing for another pace."""
    factor = PARAMETERS.number(f"visits_variants.pace.{name}")
    by = replace(searched.by, parameters=PARAMETERS.replaced("journeys.anybody.pace", factor))
    return replace(searched, by=by, ground=week_ground(searched.asked, by))


@given(towns_by_bus)
@settings(max_examples=8, deadline=None)
def test_each_variant_is_the_week_asked_so(network: Network) -> None:
    """Journeys that several variants share give each of them what a search of its own gives."""
    searched = searched_of(network)
    found = variants_of(searched)
    for variant, kinds in shifted_kinds(searched.asked.kinds, PARAMETERS):
        alone = replace(searched, asked=replace(searched.asked, kinds=kinds))
        assert found[variant.code] == plainly(alone), variant
    for pace in ("slower", "faster"):
        assert found[f"walk-{pace}"] == plainly(at_pace(searched, pace))


@given(towns_by_bus)
@settings(max_examples=8, deadline=None)
def test_less_leave_never_does_better(network: Network) -> None:
    """Less time, a shorter day, longer changes: nobody who could not go now can."""
    found = variants_of(searched_of(network, a_bus_is_missing=True))
    pairs = [
        ("more-time", AS_TOLD, "less-time"),
        ("leave-earlier", AS_TOLD, "leave-later"),
        ("back-later", AS_TOLD, "back-earlier"),
        ("walk-faster", AS_TOLD, "walk-slower"),
        (AS_TOLD, "missed-connection"),
    ]
    for codes in pairs:
        for less, more in pairwise(codes):
            for (_, before), (_, after) in zip(found[less], found[more], strict=True):
                for one, other in zip(before, after, strict=True):
                    assert one.people.certain_low <= other.people.certain_low
                    assert one.people.possible_high <= other.people.possible_high


def test_as_told_is_the_week_itself_for_who_climbs_no_step() -> None:
    """Both bounds of the variants are those of the week, what tells nothing of steps included."""
    there, back = run((0, NINE), (1, NINE + 900)), run((1, NINE + 3600), (0, NINE + 4500))
    searched = searched_of(network_at_stops([there, back]), reduced_mobility=True)
    weeks = weeks_of(searched)
    assert np.any(weeks[0].high.half_days > weeks[0].low.half_days)
    told = next(iter(visit_variants(searched, PEOPLE, NUMBERS, Silent())))
    assert told.by_kind == plainly(searched)


def test_four_searches_serve_all_variants() -> None:
    """The journeys are searched as told, slower, faster and with longer changes: no more."""
    searched, engine = a_week()
    weeks_of(searched)
    once = engine.asked
    variants_of(searched)
    assert engine.asked == once + 4 * once


def test_a_bus_too_early_is_missed_by_who_leaves_later() -> None:
    """The 9:00 bus is there for who may leave at 8:00, and not for who may leave at 9:30."""
    searched, _ = a_week()
    parameters = PARAMETERS.replaced("visits_variants.day.shift_minutes", 120)
    by = replace(searched.by, parameters=parameters)
    found = variants_of(replace(searched, by=by))
    any_service = -2  # the number 1 of any service
    assert found[AS_TOLD][0][1][any_service].people.certain_low == pytest.approx(3 / 123)
    assert found["leave-later"][0][1][any_service].people.certain_low == pytest.approx(103 / 123)


@pytest.mark.parametrize(("wait", "missed"), [(360, True), (480, False)])
def test_a_connection_is_missed_where_it_is_tight(wait: int, missed: bool) -> None:
    """Two minutes to change are enough as told; with five more, six are too few and eight do."""
    here = NINE + 900 + wait
    runs = [
        run((0, NINE), (3, NINE + 900)),
        run((3, here), (1, here + 600)),
        run((1, here + 2400), (0, here + 3600)),
    ]
    found = variants_of(searched_of(network_at_stops(runs)))
    left = {code: kinds[0][1][-2].people.certain_low for code, kinds in found.items()}
    assert left[AS_TOLD] == pytest.approx(3 / 123)
    assert left["missed-connection"] == pytest.approx(103 / 123 if missed else 3 / 123)


def test_the_range_names_what_moves_a_share_most() -> None:
    """Least, most and the farthest from what is told, reading by reading."""

    def short(share: float) -> VariantShortfalls:
        shares = Shares(share, share, 0.5, 0.5)
        return VariantShortfalls(
            Variant(f"v{share}", "v"), (("court", (Shortfall(None, 1, shares, shares),)),)
        )

    told = VariantShortfalls(Variant(AS_TOLD, ""), short(0.4).by_kind)
    found = share_ranges([told, short(0.3), short(0.6)])
    by_reading = {(one.public, one.reading): one for one in found}
    certain = by_reading["people", "certain_low"]
    assert certain == ShareRange(
        "court", None, 1, "people", "certain_low", 0.4, 0.3, 0.6, Variant("v0.6", "v")
    )
    assert by_reading["fragile", "possible_low"].moved_most_by is None
    assert len(found) == 2 * 4
    with pytest.raises(ValueError, match="as told"):
        share_ranges([short(0.3)])


def test_labels_say_by_how_much() -> None:
    """Each variant tells its own shift in French."""
    searched, _ = a_week()
    found = list(visit_variants(searched, PEOPLE, (1,), Silent()))
    labels = {one.variant.code: one.variant.label.replace("\u00a0", " ") for one in found}
    assert labels["leave-later"] == "partir 30 min plus tard"
    assert labels["walk-slower"] == "marcher plus lentement (temps × 1,25)"
    assert labels["missed-connection"] == "5 min de plus à chaque correspondance"
    assert np.unique(list(labels.values())).size == len(found) == 10
