"""Minutes to the nearest help."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.strategies import directories, places, territories
from tests.builders import (
    BETHUNE,
    DEMARCHES,
    OUTILS,
    Place,
    east_of,
    make_directory,
    make_territory,
)

from maillage.access import nearest as nearest_module
from maillage.access.model import NearestTimes, ServiceKey
from maillage.access.nearest import minutes_to_nearest, nearest_times, two_nearest
from maillage.access.offer import SERVICE_KEYS
from maillage.access.travel import Mode, StraightLine, Trip
from maillage.directory.model import Directory, Lieu
from maillage.kernel.geometry import coordinates
from maillage.kernel.parameters import load_parameters
from maillage.territory.model import Territory

ENGINE = StraightLine(load_parameters(dt.date(2026, 9, 1)))
WALK = Trip(Mode.WALK)


def test_the_nearest_lieu_is_found_for_each_service() -> None:
    """Each service has its own nearest lieu, and any service the nearest of all."""
    territory = make_territory(1)
    directory = make_directory(
        Place(east_of(BETHUNE, 3.0), gives=((DEMARCHES,),)),
        Place(east_of(BETHUNE, 1.0), gives=((OUTILS,),)),
    )
    times = nearest_times(territory, directory, ENGINE)
    found = {
        key: times.lieu_ids[int(times.nearest[key, Mode.WALK][0])]
        for key in (DEMARCHES, OUTILS, None)
    }
    assert found == {DEMARCHES: "lieu-0000", OUTILS: "lieu-0001", None: "lieu-0001"}
    assert (times.n_lieux[DEMARCHES], times.n_lieux[OUTILS], times.n_lieux[None]) == (1, 1, 2)


def test_a_service_that_nobody_gives_is_out_of_reach() -> None:
    """Where no lieu gives a service the time is infinite and no lieu is named."""
    times = nearest_times(make_territory(2), make_directory(), ENGINE)
    assert np.isinf(times.minutes[None, Mode.CAR]).all()
    assert (times.nearest[None, Mode.CAR] == -1).all()
    assert times.n_lieux[None] == 0


def test_neighbours_lieux_count() -> None:
    """A lieu across the border is as near as one inside."""
    outside = make_directory(Place(east_of(BETHUNE, 1.0), in_territory=False))
    inside = make_directory(Place(east_of(BETHUNE, 1.0)))
    territory = make_territory(2)
    near_out, near_in = (nearest_times(territory, d, ENGINE) for d in (outside, inside))
    assert np.array_equal(near_out.minutes[None, Mode.WALK], near_in.minutes[None, Mode.WALK])


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The matrix cut in blocks of one zone gives what the whole matrix gives."""
    territory = make_territory(7)
    directory = make_directory(*(Place(east_of(BETHUNE, km)) for km in (0.3, 2.2, 5.1)))
    whole = two_nearest(territory, directory, ENGINE)
    monkeypatch.setattr(nearest_module, "BLOCK_CELLS", 3)
    cut = two_nearest(territory, directory, ENGINE)
    for key in whole.second:
        assert np.array_equal(whole.first.minutes[key], cut.first.minutes[key])
        assert np.array_equal(whole.first.nearest[key], cut.first.nearest[key])
        assert np.array_equal(whole.second[key], cut.second[key])


@given(territories, directories)
def test_nearest_is_the_least_of_the_matrix(territory: Territory, directory: Directory) -> None:
    """Nearest and second nearest are what a slow search through every lieu finds."""
    found = two_nearest(territory, directory, ENGINE)
    origins = coordinates(tuple(zone.point for zone in territory.zones))
    for key in SERVICE_KEYS:
        lieux = _helping(directory, key)
        points = [lieu.point for lieu in lieux if lieu.point is not None]
        for z in range(len(origins)):
            times = sorted(
                float(ENGINE.matrix(origins[z : z + 1], coordinates([point]), WALK)[0, 0])
                for point in points
            )
            first, second = [*times, np.inf, np.inf][:2]
            assert found.first.minutes[key, Mode.WALK][z] == pytest.approx(first)
            assert found.second[key, Mode.WALK][z] == pytest.approx(second)


@given(territories, directories, places)
def test_adding_a_lieu_never_worsens_any_time(
    territory: Territory, directory: Directory, place: Place
) -> None:
    """One more lieu leaves every time as it was or makes it shorter."""
    more = make_directory(place)
    lieu = replace(more.lieux[0], id="lieu-new")
    permanences = tuple(replace(p, id=f"{p.id}-new", lieu_id="lieu-new") for p in more.permanences)
    bigger = Directory(
        structures=directory.structures,
        lieux=(*directory.lieux, lieu),
        services=(*directory.services, *more.services),
        permanences=(*directory.permanences, *permanences),
    )
    before, after = (nearest_times(territory, d, ENGINE) for d in (directory, bigger))
    for key in before.minutes:
        assert (after.minutes[key] <= before.minutes[key] + 1e-9).all()


@given(territories, directories, st.randoms())
def test_order_changes_nothing(
    territory: Territory, directory: Directory, random: st.random.Random
) -> None:
    """Shuffled lieux give the same times; shuffled zones give the same times, shuffled alike."""
    zones = list(enumerate(territory.zones))
    random.shuffle(zones)
    moved = replace(territory, zones=tuple(zone for _, zone in zones))
    lieux = list(directory.lieux)
    random.shuffle(lieux)
    mixed = replace(directory, lieux=tuple(lieux))
    first, second = nearest_times(territory, directory, ENGINE), nearest_times(moved, mixed, ENGINE)
    order = [i for i, _ in zones]
    for key in first.minutes:
        np.testing.assert_allclose(first.minutes[key][order], second.minutes[key])
    assert first.lieu_ids == second.lieu_ids


def test_minutes_to_no_place_are_infinite() -> None:
    """With nowhere to go, every zone is out of reach."""
    origins = coordinates([BETHUNE, BETHUNE])
    minutes = minutes_to_nearest(origins, coordinates([]), ENGINE, WALK)
    assert np.isinf(minutes).all()


def test_of_equal_lieux_the_first_by_id_is_the_nearest() -> None:
    """Two lieux at one address: the answer does not depend on chance."""
    territory = make_territory(1)
    directory = make_directory(Place(BETHUNE), Place(BETHUNE))
    times: NearestTimes = nearest_times(territory, directory, ENGINE)
    assert times.nearest[None, Mode.WALK][0] == 0


def _helping(directory: Directory, key: ServiceKey) -> list[Lieu]:
    kinds = {s.id for s in directory.services if key in (None, s.kind)}
    helping = {p.lieu_id for p in directory.permanences if kinds & set(p.service_ids or ())}
    return [lieu for lieu in directory.lieux if lieu.id in helping]
