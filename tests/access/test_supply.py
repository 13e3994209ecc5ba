"""What lieux can give, and what catchments make of hours."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.strategies import directories, territories
from tests.access.visits.strategies import openings
from tests.builders import DEMARCHES, OUTILS

from maillage.access.catchment import measure_catchments
from maillage.access.model import SupplyKind
from maillage.access.offer import SERVICE_KEYS
from maillage.access.supply import Supply, permanences_supply
from maillage.access.travel import Mode, StraightLine, Trip
from maillage.access.visits.calendar import days_of
from maillage.access.visits.hours_supply import hours_supply
from maillage.access.visits.model import Certainty, OpeningOn
from maillage.access.visits.of_directory import presences_of
from maillage.access.visits.territory_visits import Presences
from maillage.access.visits.week import Presence
from maillage.directory.model import Directory
from maillage.kernel.geometry import coordinates
from maillage.kernel.parameters import load_parameters
from maillage.territory.model import Territory

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
DAY = dt.date(2026, 11, 23)
ROW, OTHER, ANY = (SERVICE_KEYS.index(key) for key in (DEMARCHES, OUTILS, None))


def at_one_lieu(*openings: tuple[OpeningOn, ...]) -> Presences:
    """Return presences at one lieu, the first of which gives a second service."""
    presences = tuple(
        Presence(f"p{n}", "lieu", frozenset({DEMARCHES, OUTILS} if n == 0 else {DEMARCHES}))
        for n in range(len(openings))
    )
    opened = {f"p{n}": one for n, one in enumerate(openings)}
    return Presences(presences, {"lieu": np.array([2.6, 50.5])}, opened)


def test_hours_are_those_of_each_permanence() -> None:
    """Two permanences at once are two hours in one; each hour counts whole for each service."""
    told = (OpeningOn(DAY, ((540, 720), (700, 780)), Certainty.CERTAIN),)
    usual = (OpeningOn(DAY, ((540, 570),), Certainty.POSSIBLE), OpeningOn(DAY, (), None))
    to = at_one_lieu(told, usual)
    sure, maybe = (hours_supply(to, certainty) for certainty in Certainty)
    assert sure.amounts[[ROW, OTHER, ANY], 0].tolist() == [4.0, 4.0, 4.0]
    assert maybe.amounts[[ROW, OTHER, ANY], 0].tolist() == [4.5, 4.0, 4.5]
    assert (sure.kind, maybe.kind) == (SupplyKind.CERTAIN_HOURS, SupplyKind.POSSIBLE_HOURS)
    assert "heures" in sure.kind.label


@given(st.lists(st.lists(openings, max_size=3).map(tuple), min_size=1, max_size=3))
def test_what_is_possible_holds_what_is_certain(told: list[tuple[OpeningOn, ...]]) -> None:
    """Usual hours add to those told and take none away; any service has as many as each."""
    to = at_one_lieu(*told)
    sure, maybe = (hours_supply(to, certainty).amounts for certainty in Certainty)
    assert (sure <= maybe).all()
    assert (maybe[ANY] >= maybe).all()


@given(directories)
def test_hours_stand_where_permanences_do(directory: Directory) -> None:
    """Both supplies know the same lieux, at the same places."""
    days = days_of(DAY)
    hours = hours_supply(presences_of(directory, days, PARAMETERS), Certainty.POSSIBLE)
    counted = permanences_supply(directory)
    assert hours.lieu_ids == counted.lieu_ids
    np.testing.assert_array_equal(hours.places, counted.places)
    np.testing.assert_array_equal(hours.amounts > 0, counted.amounts > 0)


@given(territories, directories, st.sampled_from(Mode), st.sampled_from(Certainty))
def test_all_that_is_reached_is_shared_and_no_more(
    territory: Territory, directory: Directory, mode: Mode, certainty: Certainty
) -> None:
    """People times their index, over all zones, is the supply of the lieux that anybody reaches."""
    days = days_of(DAY)
    supply = hours_supply(presences_of(directory, days, PARAMETERS), certainty)
    engine = StraightLine(PARAMETERS)
    found = measure_catchments(territory, directory, engine, PARAMETERS, mode, supply)
    people = territory.populations
    points = coordinates([zone.point for zone in territory.zones])
    last = PARAMETERS.numbers("access.catchment.bands_minutes")[-1]
    within = engine.matrix(points, supply.places, Trip(mode)) <= last
    reached = ((people[:, None] > 0) & within).any(axis=0)
    per = PARAMETERS.number("access.catchment.per_inhabitants")
    for row, catchment in enumerate(found):
        assert catchment.supply is supply.kind
        given_out = float(people @ catchment.index) / per
        assert given_out == pytest.approx(float(supply.amounts[row, reached].sum()), abs=1e-9)


@given(territories, directories)
def test_without_a_supply_it_is_permanences(territory: Territory, directory: Directory) -> None:
    """Whoever names no supply has what they had."""
    engine = StraightLine(PARAMETERS)
    plain = measure_catchments(territory, directory, engine, PARAMETERS, Mode.CAR)
    named: Supply = permanences_supply(directory)
    told = measure_catchments(territory, directory, engine, PARAMETERS, Mode.CAR, named)
    for one, other in zip(plain, told, strict=True):
        assert one.supply is SupplyKind.PERMANENCES
        np.testing.assert_array_equal(one.index, other.index)
