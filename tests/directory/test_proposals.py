"""Points proposed for the records that tell none to be trusted, and what becomes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.directory.places import BETHUNE, PARAMETERS, TERRITORY, told
from tests.directory.test_from_files import LANDS, PLACES, SIREN, _file

from maillage.directory.from_files import read_source
from maillage.directory.gazetteer import Gazetteer, gazetteer_of
from maillage.directory.geocoding.book import AddressBook, KnownAddress
from maillage.directory.geocoding.model import Address, Kind, Located, Proposal
from maillage.directory.intake.records import SourcedRecord, keep_around
from maillage.directory.locate import locate
from maillage.directory.model import Precision
from maillage.directory.proposals import propose_points
from maillage.kernel.geometry import Point
from maillage.territory.from_files import build_territory

GAZETTEER = gazetteer_of(TERRITORY, PARAMETERS)
HERE = Point(2.645, 50.531)
CENTRE = TERRITORY.zones[2].point
KEY = ("portrea", "1")
NOWHERE = {"latitude": None, "longitude": None}
FAR = {"latitude": 50.7211, "longitude": 2.533}
BOOK = AddressBook(
    [
        KnownAddress("3", "Place Clemenceau", "62400", BETHUNE, "Béthune", HERE),
        KnownAddress("9", "Rue Loin", "62400", BETHUNE, "Béthune", Point(3.5, 50.0)),
    ],
    PARAMETERS,
    "la liste d'essai",
)


class Scored:
    """A geocoder that gives every address one answer, and notes what it was asked."""

    name = "le moteur d'essai"

    def __init__(self, score: float, kind: Kind = Kind.HOUSENUMBER) -> None:
        self.answer = Located(HERE, "3 Place Clemenceau", BETHUNE, None, None, score, kind)
        self.asked: list[Address] = []

    def locate(self, addresses: Sequence[Address]) -> tuple[Located | None, ...]:
        """Return the same answer for each."""
        self.asked += addresses
        return tuple(self.answer for _ in addresses)


class Centred:
    """A geocoder that places every address on a street at the middle of its commune."""

    name = "le moteur d'essai"

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def locate(self, addresses: Sequence[Address]) -> tuple[Located | None, ...]:
        """Return the point of the commune for each."""
        return tuple(self._at(address) for address in addresses)

    def _at(self, address: Address) -> Located | None:
        commune = self._gazetteer.by_code(address.code_insee)
        assert commune is not None
        return Located(commune.point, "?", commune.code_insee, None, None, 0.9, Kind.STREET)


def proposed(sourced: SourcedRecord, score: float = 1.0, kind: Kind = Kind.HOUSENUMBER) -> dict:
    """Return the proposals for one record of an engine of that certainty."""
    return dict(propose_points([sourced], GAZETTEER, Scored(score, kind), PARAMETERS))


def test_a_record_without_coordinates_is_placed_at_its_address_and_told() -> None:
    """The point of the address, its precision, and a finding: engine, certainty, coordinates."""
    sourced = told(adresse="3 place Clemenceau", **NOWHERE)
    proposals = propose_points([sourced], GAZETTEER, BOOK, PARAMETERS)
    location, findings = locate(sourced, GAZETTEER, proposals)
    assert location is not None
    assert (location.point, location.precision) == (HERE, Precision.ADDRESS)
    assert [f.code for f in findings] == ["coordinates-geocoded"]
    assert "« 3 Place Clemenceau, 62400 Béthune », trouvée dans la liste" in findings[0].message
    assert "certitude de 1,00 sur 1" in findings[0].message
    assert "50.531000, 2.645000" in findings[0].advice


def test_coordinates_outside_the_commune_have_a_proposal() -> None:
    """Told 20 km away: set aside, the address's point proposed and, meanwhile, taken."""
    sourced = told(adresse="3 place Clemenceau", **FAR)
    location, findings = locate(sourced, GAZETTEER, proposed(sourced))
    assert location is not None
    assert (location.point, location.precision) == (HERE, Precision.ADDRESS)
    assert [f.code for f in findings] == ["coordinates-outside", "coordinates-geocoded"]
    assert "50.531000, 2.645000" in findings[0].advice
    assert "placé au point trouvé d'après l'adresse" in findings[0].advice


@pytest.mark.parametrize("where", [NOWHERE, FAR])
def test_a_point_that_is_not_certain_enough_is_only_proposed(where: dict[str, float]) -> None:
    """The commune's point stays; the advice tells the point, the engine and its certainty."""
    sourced = told(**where)
    location, findings = locate(sourced, GAZETTEER, proposed(sourced, 0.7))
    assert location is not None
    assert (location.point, location.precision) == (CENTRE, Precision.COMMUNE)
    (finding,) = findings
    assert finding.code in {"coordinates-missing", "coordinates-outside"}
    assert "Point proposé d'après l'adresse : 50.531000, 2.645000" in finding.advice
    assert "le moteur d'essai, certitude 0,70" in finding.advice


@pytest.mark.parametrize("kind", [Kind.STREET, Kind.LOCALITY])
def test_a_street_s_point_is_said_to_be_one(kind: Kind) -> None:
    """Without a number the place stands on its street, no better."""
    sourced = told(**NOWHERE)
    location, _ = locate(sourced, GAZETTEER, proposed(sourced, 1.0, kind))
    assert location is not None
    assert location.precision is Precision.STREET


def test_what_proves_nothing_is_left_out() -> None:
    """Too little certainty, a commune's own point, a point elsewhere: no proposal."""
    assert proposed(told(**NOWHERE), 0.5) == {}
    assert proposed(told(**NOWHERE), 1.0, Kind.MUNICIPALITY) == {}
    away = told(adresse="9 rue Loin", **NOWHERE)
    assert propose_points([away], GAZETTEER, BOOK, PARAMETERS) == {}


def test_a_proposal_elsewhere_than_in_the_commune_is_not_heard() -> None:
    """Proposals may be old, the commune corrected since: what contradicts it changes nothing."""
    located = Located(Point(3.5, 50.0), "9 Rue Loin", BETHUNE, None, None, 1.0, Kind.HOUSENUMBER)
    away = {KEY: Proposal(located, "le moteur d'essai", accepted=True)}
    assert locate(told(**NOWHERE), GAZETTEER, away) == locate(told(**NOWHERE), GAZETTEER)


def test_only_doubtful_records_are_asked_once_each_in_order() -> None:
    """Good coordinates, no address, a commune not known: not asked; nor a commune as told."""
    engine = Scored(1.0)
    records = [
        told("2", adresse="1 rue B", commune="BETHUNE CEDEX", code_postal="62411", **NOWHERE),
        told("1", adresse="1 rue A", **FAR),
        told("3", adresse="1 rue C"),
        told("4", adresse=None, **NOWHERE),
        told("5", adresse="1 rue D", commune="Foix", code_postal="09000", **NOWHERE),
    ]
    found = propose_points(records, GAZETTEER, engine, PARAMETERS)
    assert list(found) == [("portrea", "1"), ("portrea", "2")]
    assert engine.asked == [
        Address("1 rue A", "62400", "Béthune", BETHUNE),
        Address("1 rue B", "62411", "Béthune", BETHUNE),
    ]


def test_good_coordinates_are_never_replaced() -> None:
    """A record whose own point stands in its commune keeps it, whatever is proposed."""
    sourced = told()
    located = Located(HERE, "3 Place Clemenceau", BETHUNE, None, None, 1.0, Kind.HOUSENUMBER)
    given = {KEY: Proposal(located, "le moteur d'essai", accepted=True)}
    assert locate(sourced, GAZETTEER, given) == locate(sourced, GAZETTEER)


def test_other_records_keep_their_points() -> None:
    """A proposal is one record's own."""
    one, other = told("1", **NOWHERE), told("2", **NOWHERE)
    given = proposed(one)
    assert locate(other, GAZETTEER, given) == locate(other, GAZETTEER)
    assert locate(one, GAZETTEER, given) != locate(one, GAZETTEER)


@pytest.mark.mirror
def test_the_real_records_change_only_where_they_are_proposed_a_point(mirror: Path) -> None:
    """CABBALR's hub: none is geocoded unasked; asked, only those at their commune's point move."""
    sheets = {key: _file(mirror / path, key, "2026") for key, path in LANDS.items()}
    territory, _ = build_territory(sheets, SIREN, PARAMETERS)
    gazetteer = gazetteer_of(territory, PARAMETERS)
    hub = _file(mirror / "lieux" / PLACES["portrea"][0], "portrea", PLACES["portrea"][1])
    records, _ = read_source("portrea", hub, keep_around(territory), dt.date(2026, 1, 15))
    proposals = propose_points(records, gazetteer, Centred(gazetteer), PARAMETERS)
    assert proposals
    for sourced in records:
        before, doubts = locate(sourced, gazetteer)
        after, _ = locate(sourced, gazetteer, proposals)
        assert "coordinates-geocoded" not in [doubt.code for doubt in doubts]
        if (sourced.ref.source_id, sourced.ref.record_id) in proposals:
            assert before is not None
            assert before.precision is Precision.COMMUNE
            assert after == replace(before, precision=Precision.STREET)
        else:
            assert after == before
