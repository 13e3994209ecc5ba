"""Half-days counted alone come to those of whole weeks, in both bounds and with any change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.access.visits.journeys_week import (
    LINES,
    searched_of,
    towns_by_bus,
    weeks_of,
)

from maillage.access.timetable.model import Network
from maillage.access.travel import Mode
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.find import Searched
from maillage.access.visits.half_days import HalfDaySearch, half_days_by_mode, merged_presences
from maillage.access.visits.territory_visits import (
    Presences,
    ground_without_lines,
    weeks_by_mode,
)
from maillage.access.visits.week import CountsHalfDays, Presence
from maillage.kernel.progress import Silent
from maillage.standard import mednum


def same(
    found: tuple[Bounds[CountsHalfDays], ...], told: tuple[Bounds[CountsHalfDays], ...]
) -> None:
    """Hold that both count the same half-days, kind by kind, in both bounds."""
    for one, other in zip(found, told, strict=True):
        np.testing.assert_array_equal(one.low.half_days, other.low.half_days)
        np.testing.assert_array_equal(one.high.half_days, other.high.half_days)


def without(searched: Searched, line_ids: frozenset[str]) -> Searched:
    """Return what is searched without some lines."""
    ground = ground_without_lines(searched.asked, searched.by, searched.ground, line_ids)
    return replace(searched, ground=ground)


@given(towns_by_bus, st.booleans(), st.booleans(), st.sampled_from(LINES))
@settings(max_examples=20, deadline=None)
def test_half_days_are_those_of_whole_weeks(
    network: Network, missing: bool, reduced: bool, line: str
) -> None:
    """As asked and without a line: who is not searched for would not have had more."""
    searched = searched_of(network, a_bus_is_missing=missing, reduced_mobility=reduced)
    search = HalfDaySearch(searched, Silent())
    same(search.found, weeks_of(searched))
    less = without(searched, frozenset({line}))
    same(search.on(less.ground), weeks_of(less))


@pytest.mark.parametrize("mode", [Mode.BICYCLE, Mode.CAR])
def test_a_mode_counts_as_its_whole_week(mode: Mode) -> None:
    """By bicycle or by car: the half-days are those of the week."""
    searched = searched_of(_no_network())
    weeks = weeks_by_mode(searched.asked, searched.by, mode)
    for one, other in zip(half_days_by_mode(searched.asked, searched.by, mode), weeks, strict=True):
        np.testing.assert_array_equal(one.half_days, other.half_days)


def test_presences_that_open_together_are_counted_once() -> None:
    """Two presences of one lieu with the same openings become one that gives both services.

    What gives no service, or never opens, counts nothing.
    """
    first, second = list(mednum.Service)[:2]
    asked = searched_of(_no_network()).asked.to
    opened = asked.opened["p1"]
    twice = Presences(
        (
            Presence("a", "lieu-1", frozenset({first})),
            Presence("b", "lieu-1", frozenset({second})),
            Presence("c", "lieu-2", frozenset({second})),
            Presence("d", "lieu-2", frozenset()),
            Presence("e", "lieu-2", frozenset({first})),
        ),
        asked.places,
        {"a": opened, "b": opened, "c": opened, "d": opened, "e": ()},
    )
    merged = merged_presences(twice).presences
    assert [one.lieu_id for one in merged] == ["lieu-1", "lieu-2"]
    assert merged[0].services == {first, second}


def _no_network() -> Network:
    from tests.access.visits.journeys_week import network_at_stops

    return network_at_stops([])
