"""Candidate venues of a territory: its town halls and lieux, each place once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from hypothesis import given
from tests.access.strategies import directories, territories
from tests.builders import BETHUNE, Place, east_of, make_directory, make_territory
from tests.squares import two_squares

from maillage.access.unreached.model import VenueKind
from maillage.access.unreached.venues import Venues, candidate_venues
from maillage.directory.model import Directory, Precision
from maillage.kernel.geometry import Point, coordinates, distances_km
from maillage.kernel.parameters import load_parameters
from maillage.standard import mednum
from maillage.territory.model import PointKind, Territory

T = TypeVar("T")
PARAMETERS = load_parameters(dt.date(2026, 9, 1))
LAND = make_territory(2)
FAR = east_of(BETHUNE, 0.5)
FRANCE_SERVICES = (mednum.DispositifProgrammeNational.FRANCE_SERVICES,)


def found(*places: Place, land: Territory = LAND) -> Venues:
    """Return the candidates of a land with some places."""
    return candidate_venues(land, make_directory(*places), PARAMETERS)


def place(point: Point | None = FAR, *, code_insee: str | None = "62000", **told: object) -> Place:
    """Return a place of the first commune."""
    return Place(point, code_insee=code_insee, **told)  # type: ignore[arg-type]


def test_town_halls_are_candidates_by_themselves() -> None:
    """Without any lieu, each commune has one candidate, of which no hours are known."""
    venues = found().venues
    assert [(v.id, v.kind, v.code_insee) for v in venues] == [
        ("mairie-62000", VenueKind.TOWN_HALL, "62000"),
        ("mairie-62001", VenueKind.TOWN_HALL, "62001"),
    ]
    assert {(v.half_days, v.room, v.lieu_id) for v in venues} == {(None, None, None)}


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"typologie": (mednum.Typologie.BIB,)}, VenueKind.LIBRARY),
        ({"typologie": (mednum.Typologie.RFS,)}, VenueKind.FRANCE_SERVICES),
        (
            {"record": {"dispositif_programmes_nationaux": FRANCE_SERVICES}},
            VenueKind.FRANCE_SERVICES,
        ),
        ({}, VenueKind.LIEU),
    ],
)
def test_a_lieu_is_told_by_what_it_is(told: dict[str, Any], kind: VenueKind) -> None:
    """A library, a France Services by its typologie or its programme, any other lieu."""
    (lieu,) = [v for v in found(replace(place(), **told)).venues if v.lieu_id]
    assert (lieu.kind, lieu.lieu_id, lieu.id) == (kind, "lieu-0000", "lieu-0000")


def test_a_lieu_in_the_town_hall_gives_it_its_hours() -> None:
    """Within 60 m they are one venue, that keeps its kind, the lieu's id and its known hours."""
    venues = found(place(east_of(BETHUNE, 0.05), horaires="Mo 09:00-12:00")).venues
    assert [(v.id, v.kind) for v in venues] == [
        ("lieu-0000", VenueKind.TOWN_HALL),
        ("mairie-62001", VenueKind.TOWN_HALL),
    ]
    assert venues[0].half_days == frozenset({0})
    assert venues[0].name == "Mairie de Commune 0"


def test_beyond_that_they_are_two() -> None:
    """A lieu 70 m away is a place of its own, even at the end of a chain of near ones."""
    chain = [place(east_of(BETHUNE, km)) for km in (0.05, 0.07)]
    assert [v.id for v in found(*chain).venues] == ["lieu-0000", "lieu-0001", "mairie-62001"]


def test_hours_of_a_place_are_those_told_of_all_that_is_there() -> None:
    """Two lieux of one place add their hours; those of a bus that stops there are not its own."""
    venues = found(
        place(horaires="Mo 09:00-12:00"),
        place(horaires="Tu 14:00-17:00"),
        place(horaires="Fr 09:00-12:00", itinerant=True),
    ).venues
    assert venues[0].half_days == frozenset({0, 3})


def test_a_lieu_without_a_place_of_its_own_is_no_candidate() -> None:
    """Neither one without point nor one put at its commune's centre: a finding names each."""
    made = make_directory(place(None), place())
    centre = replace(made.lieux[1], precision=Precision.COMMUNE)
    told = candidate_venues(LAND, replace(made, lieux=(made.lieux[0], centre)), PARAMETERS)
    assert [v.lieu_id for v in told.venues] == [None, None]
    assert [(f.code, f.where.subject) for f in told.findings] == [
        ("lieu-no-candidate", "lieu-0000"),
        ("lieu-no-candidate", "lieu-0001"),
    ]


def test_a_neighbours_lieu_and_one_that_receives_nobody_are_no_candidates() -> None:
    """They are left out without a word: nothing is doubtful."""
    alone = {"modalites_acces": (mednum.ModaliteAcces.CE_LIEU_N_ACCUEILLE_PAS_DE_PUBLIC,)}
    told = found(place(in_territory=False), place(record=alone))
    assert [v.lieu_id for v in told.venues] == [None, None]
    assert told.findings == ()


def test_the_commune_not_told_is_the_one_that_holds_the_point() -> None:
    """A lieu in a commune's contour is of that commune; one in none is no candidate."""
    land = two_squares()
    inside, outside = east_of(BETHUNE, 3.0), east_of(BETHUNE, 30.0)
    told = found(place(inside, code_insee=None), place(outside, code_insee=None), land=land)
    assert [v.code_insee for v in told.venues if v.lieu_id] == ["62001"]
    assert [f.where.subject for f in told.findings] == ["lieu-0001"]


def test_a_town_hall_whose_point_is_not_known_is_doubtful() -> None:
    """It stands at the centre of its commune, and a finding says so."""
    first = replace(LAND.zones[0], point_kind=PointKind.CENTRE)
    told = found(land=replace(LAND, zones=(first, LAND.zones[1])))
    assert [v.id for v in told.venues] == ["mairie-62000", "mairie-62001"]
    assert [(f.code, f.where.subject) for f in told.findings] == [("town-hall-unplaced", "62000")]


@given(territories, directories)
def test_each_place_is_once_and_every_place_is_kept(land: Territory, directory: Directory) -> None:
    """Ids are all different and in order; each town hall has a venue near it."""
    told = candidate_venues(land, _of(land, directory), PARAMETERS)
    ids = [venue.id for venue in told.venues]
    assert ids == sorted(set(ids))
    at = coordinates([Point(v.lon, v.lat) for v in told.venues])
    halls = coordinates([zone.point for zone in land.zones])
    assert (distances_km(halls, at).min(axis=1) <= 0.06).all()
    lieux = [lieu.point for lieu in directory.lieux if lieu.point is not None]
    if lieux:
        assert (distances_km(coordinates(lieux), at).min(axis=1) <= 0.06).all()


@given(territories, directories)
def test_the_order_of_the_directory_changes_nothing(land: Territory, directory: Directory) -> None:
    """The same lieux in another order make the same venues."""
    known = _of(land, directory)
    other = replace(known, lieux=_backwards(known.lieux), permanences=_backwards(known.permanences))
    one = candidate_venues(land, known, PARAMETERS).venues
    assert one == candidate_venues(land, other, PARAMETERS).venues


def _of(land: Territory, directory: Directory) -> Directory:
    """Return the directory with every lieu in the first commune."""
    code = land.zones[0].code_insee
    return replace(directory, lieux=tuple(replace(x, code_insee=code) for x in directory.lieux))


def _backwards(some: Sequence[T]) -> tuple[T, ...]:
    return tuple(reversed(some))
