"""What every geocoder must hold. A new engine is one more line in ``ENGINES``."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from tests.engines.address_server import book, serving

from maillage.directory.geocoding.model import Address, Geocoder, Kind
from maillage.engines.address_api import AddressApi
from maillage.sources.asking import Asking


def _embedded() -> Iterator[Geocoder]:
    yield book()


def _by_network() -> Iterator[Geocoder]:
    with serving() as server:
        yield AddressApi(server.address, Asking(proxy_for=lambda _: None), batch=3)


ENGINES: dict[str, Callable[[], Iterator[Geocoder]]] = {"book": _embedded, "api": _by_network}


@pytest.fixture(params=ENGINES, name="geocoder")
def _geocoder(request: pytest.FixtureRequest) -> Iterator[Geocoder]:
    yield from ENGINES[request.param]()


GAULLE = Address("2 rue du Général de Gaulle", "62400", "Béthune", "62119")


def test_an_engine_has_a_name(geocoder: Geocoder) -> None:
    """Findings tell which engine found a point."""
    assert geocoder.name


def test_answers_come_in_the_order_asked(geocoder: Geocoder) -> None:
    """One answer an address, whatever the order, doubles and empty ones included."""
    asked = [
        GAULLE,
        Address("1 Grand'Place", "62400", "Béthune"),
        Address("", "62400", "Béthune"),
        Address("zzz", "62400", "Béthune"),
        Address("2 rue de la Gare", "62190", "Lillers"),
        GAULLE,
    ]
    alone = [geocoder.locate([address])[0] for address in asked]
    assert [found is None for found in alone] == [False, False, True, True, False, False]
    order = list(range(len(asked)))
    random.Random(4).shuffle(order)
    assert geocoder.locate([asked[i] for i in order]) == tuple(alone[i] for i in order)


def test_nothing_asked_is_nothing_answered(geocoder: Geocoder) -> None:
    """No address, no answer."""
    assert geocoder.locate([]) == ()


@pytest.mark.parametrize(
    "address",
    [
        Address(None),
        Address("", "62400", "Béthune", "62119"),
        Address("   ", "62400", "Béthune"),
        Address("2 rue du Général de Gaulle"),
        Address(None, "62400", "Béthune"),
        Address("2 rue du Général de Gaulle", "75001", "Paris", "75101"),
    ],
)
def test_nothing_told_or_known_is_not_found(geocoder: Geocoder, address: Address) -> None:
    """No street, no town, or a town that the engine does not know: None, never a guess."""
    assert geocoder.locate([address]) == (None,)


@pytest.mark.parametrize(
    "adresse",
    [
        "2 rue du Général de Gaulle",
        "2 RUE DU GENERAL DE GAULLE",
        "  2,  rue du general de gaulle ",
        "2 r. du Gal de Gaulle",
        "n°2 rue du Gén. de Gaulle",
        "2 rue du Général de Gaulle - BP 40",
        "2 rue du Général de Gaulle 62400 BETHUNE CEDEX",
    ],
)
def test_writing_does_not_matter(geocoder: Geocoder, adresse: str) -> None:
    """Case, accents, spaces, short forms and post boxes change nothing."""
    written = Address(adresse, GAULLE.code_postal, "BETHUNE", GAULLE.code_insee)
    (usual,), (found,) = geocoder.locate([GAULLE]), geocoder.locate([written])
    assert usual is not None
    assert found == usual


def test_scores_and_kinds_tell_how_sure(geocoder: Geocoder) -> None:
    """Scores run from 0 to 1; less is told of a number or street that is not the one asked."""
    exact, nearest, street, misspelt = geocoder.locate(
        [
            GAULLE,
            Address("6 rue du Général de Gaulle", "62400", "Béthune"),
            Address("rue du Général de Gaulle", "62400", "Béthune"),
            Address("2 rue du Générol de Gaule", "62400", "Béthune"),
        ]
    )
    assert exact and nearest and street and misspelt
    assert all(0.0 <= found.score <= 1.0 for found in (exact, nearest, street, misspelt))
    assert exact.score > nearest.score
    assert exact.score > misspelt.score
    assert [f.kind for f in (exact, nearest, street)] == [
        Kind.HOUSENUMBER, Kind.HOUSENUMBER, Kind.STREET,
    ]  # fmt: skip
    assert misspelt.point == exact.point


def test_namesakes_are_told_apart_by_their_town(geocoder: Geocoder) -> None:
    """« rue de la Gare » of Lillers is not that of Béthune."""
    here, there = geocoder.locate(
        [
            Address("2 rue de la Gare", "62400", "Béthune", "62119"),
            Address("2 rue de la Gare", "62190", "Lillers", "62516"),
        ]
    )
    assert here and there
    assert (here.code_insee, there.code_insee) == ("62119", "62516")
