"""The true places of digital help."""

from __future__ import annotations

import math

import pytest
import shapely

from maillage.demo import kinds
from maillage.demo.communes import draw_communes
from maillage.demo.geography import Country
from maillage.demo.places import N_STOPS, Place, draw_places
from maillage.standard.mednum import Service


@pytest.mark.parametrize("seed", [1, 4, 17])
def test_a_place_stands_in_its_commune(seed: int) -> None:
    """Every place stands inside the contour of the commune of its address."""
    for place in draw_places(seed, draw_communes(seed)):
        shape = shapely.Polygon(place.commune.cell.contour)
        assert shape.contains(shapely.Point(place.spot)), place.name


def test_keys_are_unique(places: tuple[Place, ...]) -> None:
    """The ledger can name each place."""
    assert len({place.key for place in places}) == len(places)


def test_the_round_is_one_body(places: tuple[Place, ...]) -> None:
    """Eighteen stops in eighteen communes share one telephone and one SIRET."""
    stops = [place for place in places if place.kind is kinds.STOP]
    assert len(stops) == N_STOPS == 18
    assert len({stop.commune.code_insee for stop in stops}) == N_STOPS
    assert len({stop.phone for stop in stops}) == 1
    assert len({stop.siret for stop in stops}) == 1


def test_each_commune_has_its_town_hall(places: tuple[Place, ...]) -> None:
    """The agglomeration has as many town halls as communes."""
    halls = [place.commune.code_insee for place in places if place.kind.code == "mairie"]
    assert len(halls) == len(set(halls)) == 41


def test_every_service_is_given_somewhere(places: tuple[Place, ...]) -> None:
    """Each of the nine services is given, and one of them in a single place."""
    given = [service for place in places if place.helps for service in place.kind.services]
    assert set(given) == set(Service)
    assert given.count(Service.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE) == 1


def test_the_south_is_far_from_help(places: tuple[Place, ...]) -> None:
    """Counting the kilometres to the nearest France Services, the rural south is worse off."""
    offices = [p for p in places if p.kind is kinds.FRANCE_SERVICES and p.commune.inside]
    km: dict[Country, list[float]] = {}
    for hall in (p for p in places if p.kind.code == "mairie"):
        nearest = min(math.dist(hall.spot, office.spot) for office in offices) / 1_000
        km.setdefault(hall.commune.country, []).append(nearest)
    mean = {country: sum(found) / len(found) for country, found in km.items()}
    assert mean[Country.RURAL] > mean[Country.BASIN]
