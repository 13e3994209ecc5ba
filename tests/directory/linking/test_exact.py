"""The exact matcher: keys shared, nothing weighed."""

from __future__ import annotations

from dataclasses import replace

from tests.directory.linking.rows import EAST_300_M, NO_POINT, probability, profiles, two
from tests.directory.places import told

from maillage.directory.linking.exact import ExactMatcher
from maillage.directory.linking.model import Question
from maillage.standard.mednum import Itinerance

MATCHER = ExactMatcher()
PERMANENCE, LIEU, STRUCTURE = Question.PERMANENCE, Question.LIEU, Question.STRUCTURE
LILLERS = {"commune": "Lillers", "code_postal": "62190", "latitude": 50.565, "longitude": 2.48}


def _one(a: dict[str, object], b: dict[str, object], question: Question) -> bool:
    return probability(MATCHER, two(a, b), question) == 1.0


def test_one_name_at_one_address_is_one_permanence() -> None:
    """However it is written and wherever its point is; not at another address, nor another name."""
    assert _one({"nom": "CCAS"}, {"nom": "Centre communal d'action sociale"}, PERMANENCE)
    assert _one({}, EAST_300_M, PERMANENCE)
    assert not _one({}, {"adresse": "4 Place Clemenceau"}, PERMANENCE)
    assert not _one({}, {"nom": "Médiathèque"}, PERMANENCE)


def test_one_name_at_one_point_is_one_permanence_where_no_address_is_told() -> None:
    """Without an address the point tells; without a point nothing does."""
    bare = {"adresse": None}
    assert _one(bare, bare, PERMANENCE)
    assert not _one({**bare, **NO_POINT}, {**bare, **NO_POINT}, PERMANENCE)


def test_a_rare_phone_and_one_name_are_one_permanence() -> None:
    """A phone that nobody else has tells as much as an address."""
    phone = {"telephone": "+33321000000"}
    assert _one(phone, {**phone, "adresse": "9 rue Foch"}, PERMANENCE)
    assert not _one(phone, {**phone, "adresse": "9 rue Foch", "nom": "CCAS"}, PERMANENCE)


def test_the_same_row_passed_on_is_one_permanence() -> None:
    """One id at one collector, in one commune or of one name, is one row told twice."""
    asked = profiles(
        told("374-mediation-numerique-france-services", "portrea", nom="MFS"),
        told("374", "annuaire", adresse="9 rue Foch", nom="Maison rose"),
    )
    assert probability(MATCHER, asked, PERMANENCE) == 0.0
    asked = tuple(replace(p, collector="france services") for p in asked)
    assert probability(MATCHER, asked, PERMANENCE) == 1.0


def test_one_telling_address_is_one_lieu_whatever_the_name() -> None:
    """A number in a street is one lieu; a street without a number only for one name."""
    assert _one({}, {"nom": "CCAS"}, LIEU)
    street = {"adresse": "rue Foch"}
    assert not _one(street, {**street, "nom": "CCAS"}, LIEU)
    assert _one(street, street, LIEU)


def test_one_siret_is_one_structure_else_one_name_in_a_commune() -> None:
    """A SIRET wins; a name holds within its commune; what moves is its operator."""
    siret = {"pivot": "21620119400010"}
    assert _one(siret, {**siret, "nom": "CCAS", **LILLERS}, STRUCTURE)
    assert _one({"nom": "CCAS"}, {"nom": "CCAS", "adresse": "9 rue Foch"}, STRUCTURE)
    assert not _one({"nom": "CCAS"}, {"nom": "CCAS", **LILLERS}, STRUCTURE)
    stop = {"nom": "PIMMS Mobile", "itinerance": (Itinerance.ITINERANT,)}
    stops = two(stop, {**stop, **LILLERS})
    assert probability(MATCHER, stops, STRUCTURE) == 0.0
    told_by_one = tuple(replace(p, collector="siilab") for p in stops)
    assert probability(MATCHER, told_by_one, STRUCTURE) == 1.0


def test_a_record_without_a_name_is_nobody_s() -> None:
    """Two records without names at one address are one lieu, not one permanence."""
    nameless = {"nom": None}
    assert not _one(nameless, nameless, PERMANENCE)
    assert _one(nameless, nameless, LIEU)
