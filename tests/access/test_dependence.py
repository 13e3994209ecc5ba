"""Laws of dependence: everybody within reach depends on one lieu, and on the nearest."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import (
    BETHUNE,
    DEMARCHES,
    Place,
    east_of,
    make_directory,
    make_people,
    make_territory,
)

from maillage.access.dependence import Basis, Dependence, dependants
from maillage.access.travel import Mode, StraightLine, Trip
from maillage.directory.model import Directory
from maillage.kernel.errors import ParameterError
from maillage.kernel.geometry import coordinates
from maillage.kernel.parameters import load_parameters
from maillage.territory.model import Territory

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
ENGINE = StraightLine(PARAMETERS)
TERRITORY = make_territory(4, populations=(100, 200, 300, None))
REACH = PARAMETERS.number("quality.dependence.reach_minutes")


def depending(directory: Directory, territory: Territory = TERRITORY) -> list[Dependence]:
    """Return who depends on each lieu, a tenth of the people being fragile."""
    people = make_people([(zone.population or 0) / 10 for zone in territory.zones])
    return list(dependants(territory, directory, people, ENGINE, PARAMETERS))


def at(km: float) -> Place:
    """Return a place giving one service, so many km east."""
    return Place(east_of(BETHUNE, km))


def test_people_depend_on_their_nearest_lieu() -> None:
    """Zones at 0 and 1 km on the first lieu, at 2 km on the second; fragile people as well."""
    near, far = depending(make_directory(at(0.4), at(2.0)))
    assert (near.basis, near.n_people, near.n_fragile) == (Basis.NEAREST, 300, 30)
    assert (far.n_people, far.n_fragile) == (300, 30)


def test_what_they_would_lose_is_the_way_to_the_next() -> None:
    """The mean of the extra minutes, each zone counted by its people."""
    near, far = depending(make_directory(at(0.0), at(2.0)))
    zones = coordinates([zone.point for zone in TERRITORY.zones[:3]])
    places = coordinates([east_of(BETHUNE, 0.0), east_of(BETHUNE, 2.0)])
    minutes = ENGINE.matrix(zones, places, Trip(Mode.CAR))
    both = abs(minutes[:, 0] - minutes[:, 1])
    people = (near.n_people or 0) * (near.extra_minutes or 0) + (far.n_people or 0) * (
        far.extra_minutes or 0
    )
    assert people == pytest.approx(float(both @ np.array([100.0, 200.0, 300.0])))
    assert (near.n_stranded, far.n_stranded) == (0, 0)


def test_the_only_lieu_leaves_all_of_its_people_stranded() -> None:
    """Without a next lieu there are no extra minutes, and everybody is left without any."""
    (only,) = depending(make_directory(at(0.0)))
    assert (only.n_people, only.extra_minutes, only.n_stranded) == (600, None, 600)


def test_out_of_reach_is_out_of_count() -> None:
    """Beyond the dated reach nobody depends on a lieu."""
    (far,) = depending(make_directory(at(1000.0)))
    assert (far.n_people, far.n_fragile, far.extra_minutes, far.n_stranded) == (0, 0, None, 0)


def test_neighbours_take_their_share_and_are_not_listed() -> None:
    """A lieu over the border is the nearest of some, and is nobody's task here."""
    neighbour = replace(at(2.0), in_territory=False)
    (near,) = depending(make_directory(at(0.4), neighbour))
    assert near.n_people == 300


@pytest.mark.parametrize("place", [Place(BETHUNE, (None,)), Place(None)])
def test_where_nobody_knows_the_commune_stands_in(place: Place) -> None:
    """Services not told, or no place on the map: the people of the commune, and it is said."""
    (found,) = depending(make_directory(replace(place, code_insee="62001")))
    assert found == Dependence("lieu-0000", Basis.COMMUNE, 200, 20)


def test_an_unknown_commune_is_not_nobody() -> None:
    """Neither place nor commune, or no published population: how many is not known, not 0."""
    found = depending(
        make_directory(Place(None, (None,)), Place(None, (None,), code_insee="62003"))
    )
    assert [(d.basis, d.n_people) for d in found] == [(Basis.COMMUNE, None)] * 2


def test_a_lieu_that_says_it_gives_nothing_has_nobody() -> None:
    """« No service » is an answer: nobody depends on it."""
    (found,) = depending(make_directory(Place(BETHUNE, ((),), code_insee="62000")))
    assert (found.basis, found.n_people) == (Basis.NO_SERVICE, 0)


def test_fragile_weights_that_are_not_people_are_not_counted() -> None:
    """Shares are never shown as people."""
    people = make_people([1.0, 1.0, 1.0, 1.0], are_people=False)
    directory = make_directory(at(0.0), Place(BETHUNE, (None,), code_insee="62000"))
    found = dependants(TERRITORY, directory, people, ENGINE, PARAMETERS)
    assert [each.n_fragile for each in found] == [None, None]


def test_a_town_is_shared_by_its_lieux() -> None:
    """Where the contour is known people are spread over it, not all at the town hall."""
    d = 0.02
    lon, lat = BETHUNE.lon, BETHUNE.lat
    ring = ((lon - d, lat - d), (lon + d, lat - d), (lon + d, lat + d), (lon - d, lat + d))
    land = make_territory(1, populations=(1000,))
    land = replace(land, zones=(replace(land.zones[0], contour=(((*ring, ring[0]),),)),))
    west, east = depending(make_directory(at(-0.5), at(0.6)), land)
    assert (west.n_people or 0) + (east.n_people or 0) == 1000
    assert min(west.n_people or 0, east.n_people or 0) > 300


@given(st.lists(st.floats(-30.0, 30.0), min_size=1, max_size=6))
def test_everybody_within_reach_is_counted_once(places: list[float]) -> None:
    """The sum over the lieux is the people within reach of any."""
    directory = make_directory(*(at(km) for km in places))
    zones = coordinates([zone.point for zone in TERRITORY.zones])
    there = coordinates([east_of(BETHUNE, km) for km in places])
    within = ENGINE.matrix(zones, there, Trip(Mode.CAR)).min(axis=1) <= REACH
    expected = float(TERRITORY.populations[within].sum())
    assert sum(each.n_people or 0 for each in depending(directory)) == expected


def test_a_mode_that_is_none_is_refused() -> None:
    """A parameter that names no mode is told by name."""
    wrong = PARAMETERS.replaced("quality.dependence.mode", "fusée")
    with pytest.raises(ParameterError, match=r"quality\.dependence\.mode"):
        dependants(TERRITORY, make_directory(at(0)), make_people([0] * 4), ENGINE, wrong)


def test_services_are_what_counts() -> None:
    """One told service among several permanences makes the lieu one to depend on."""
    (found,) = depending(make_directory(Place(BETHUNE, (None, (DEMARCHES,)))))
    assert found.basis is Basis.NEAREST
