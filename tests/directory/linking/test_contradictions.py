"""What keeps two records apart, whatever else is alike."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.directory.linking.rows import profile, profiles
from tests.directory.places import PARAMETERS, told

from maillage.directory.linking.contradictions import Contradictions
from maillage.directory.linking.model import Profile, Question
from maillage.standard.mednum import Itinerance

contradicts = Contradictions(PARAMETERS)
PERMANENCE, LIEU, STRUCTURE = Question.PERMANENCE, Question.LIEU, Question.STRUCTURE
LILLERS = {
    "adresse": "1 rue d'Aire",
    "commune": "Lillers",
    "code_postal": "62190",
    "latitude": 50.565,
    "longitude": 2.48,
}
# Two communes of one postal code, each with its place de l'Église.
_SQUARE = {"adresse": "Place de l'Église", "latitude": None, "longitude": None}
AMES = {"nom": "Mairie d'Ames", "code_postal": "62190", "commune": "Ames", **_SQUARE}
AMES_NEXT_DOOR = {**AMES, "commune": "Lillers"}
NEXT_DOOR = {**AMES_NEXT_DOOR, "nom": "Mairie de Lillers"}
PHONE = {"telephone": "+33321000000"}
MOVES = {"itinerance": (Itinerance.ITINERANT,)}
KINDS_OF_ROWS: list[dict[str, object]] = [
    {},
    {"nom": "CCAS"},
    {"nom": "Mairie - CCAS", "pivot": "21620119400010"},
    {"nom": "CCAS", **LILLERS},
    {"nom": "PIMMS Mobile", **MOVES},
    {"nom": "PIMMS Mobile", **MOVES, **LILLERS},
    {"nom": "Atelier", "pivot": "34873943400028", "telephone": "+33321000000"},
    {"nom": "Konexio", "pivot": "41194627000054", "adresse": None},
    {"adresse": "90 Place Clemenceau", "latitude": 50.5335},
    {"nom": "Maison rose", "adresse": "90 Place Clemenceau", "latitude": 50.5335},
    {"nom": None, "adresse": None, "latitude": None, "longitude": None},
    AMES,
    AMES_NEXT_DOOR,
    NEXT_DOOR,
]
EVERY = [profile(**fields) for fields in KINDS_OF_ROWS]


def _apart(question: Question, **fields: object) -> str | None:
    """Ask of the médiathèque of Béthune and of a record changed by ``fields``."""
    return contradicts(profile(), profile(**fields), question)


@given(st.sampled_from(EVERY), st.sampled_from(EVERY), st.sampled_from(Question))
def test_a_contradiction_is_mutual(a: Profile, b: Profile, question: Question) -> None:
    """What keeps A from B keeps B from A, in the same words."""
    assert contradicts(a, b, question) == contradicts(b, a, question)


@pytest.mark.parametrize("question", Question)
def test_nothing_contradicts_itself(question: Question) -> None:
    """No record contradicts a record that tells the same."""
    assert [p for p in EVERY if contradicts(p, p, question) is not None] == []


def test_a_mediatheque_is_no_ccas_but_may_share_its_roof() -> None:
    """Excluding kinds are two permanences and two structures, not two lieux."""
    assert _apart(PERMANENCE, nom="CCAS") == "services incompatibles : ccas et mediatheque"
    assert _apart(STRUCTURE, nom="CCAS") is not None
    assert _apart(LIEU, nom="CCAS") is None


def test_what_says_both_kinds_contradicts_neither() -> None:
    """ "Mairie - CCAS" may be the CCAS, or the mairie."""
    both = profile(nom="Mairie - CCAS")
    assert contradicts(both, profile(nom="CCAS"), PERMANENCE) is None
    assert contradicts(both, profile(nom="Mairie"), PERMANENCE) is None


def test_a_label_does_not_contradict_who_may_bear_it() -> None:
    """A CCAS at the street and with the phone of a France Services may be it, and only that."""
    label, ccas = {"nom": "France Services", **PHONE}, {"nom": "CCAS", **PHONE}
    for question in (PERMANENCE, STRUCTURE):
        assert contradicts(profile(**label), profile(**ccas), question) is None
        assert contradicts(profile(**label), profile(nom="CCAS"), question) is not None
        away = {**ccas, "adresse": "5 rue Foch"}
        assert contradicts(profile(**label), profile(**away), question) is not None
        assert contradicts(profile(**PHONE), profile(**ccas), question) is not None
        bare = [profile(**{**one, "adresse": None}) for one in (label, ccas)]
        assert contradicts(*bare, question) is not None


def test_two_stops_of_a_bus_are_one_structure_at_two_places() -> None:
    """Stops in two communes are never one lieu, and may be one structure."""
    here, there = (
        profile(nom="PIMMS Mobile", **MOVES),
        profile(nom="PIMMS Mobile", **MOVES, **LILLERS),
    )
    assert contradicts(here, there, LIEU) == "deux arrêts itinérants, dans deux communes"
    assert contradicts(here, there, PERMANENCE) is not None
    assert contradicts(here, there, STRUCTURE) is None


def test_a_commune_s_own_service_is_of_one_commune() -> None:
    """The CCAS of two communes are two bodies, though one name."""
    assert contradicts(profile(nom="CCAS"), profile(nom="CCAS", **LILLERS), STRUCTURE) is not None
    mission = {"nom": "Mission locale de l'Artois"}
    assert contradicts(profile(**mission), profile(**mission, **LILLERS), STRUCTURE) is None


@pytest.mark.parametrize("question", Question)
def test_two_communes_of_one_postal_code_have_each_its_own_service(question: Question) -> None:
    """« Place de l'Église » is every village's: two mairies, and not one lieu either."""
    against = contradicts(profile(**AMES), profile(**NEXT_DOOR), question)
    assert against == "services communaux de deux communes"


@pytest.mark.parametrize("question", Question)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(AMES, AMES_NEXT_DOOR, id="one name, of a commune"),
        pytest.param({**AMES, **PHONE}, {**NEXT_DOOR, **PHONE}, id="one contact"),
        pytest.param(
            {**AMES, "nom": "Médiathèque Jean Wiesel"},
            {**NEXT_DOOR, "nom": "Bibliothèque Jean Wiesel"},
            id="one name of its own",
        ),
        pytest.param(
            {**AMES, "adresse": "1 rue Basse"}, {**NEXT_DOOR, "adresse": "1 rue Basse"}, id="a door"
        ),
    ],
)
def test_a_commune_told_by_its_postal_code_alone_may_be_another(
    one: dict[str, object], other: dict[str, object], question: Question
) -> None:
    """One name that tells, one contact or one door leaves two communes open."""
    assert contradicts(profile(**one), profile(**other), question) is None
    assert contradicts(profile(**other), profile(**one), question) is None


def test_a_common_name_is_no_commune_s_and_two_postal_codes_are_two() -> None:
    """« CCAS » in both is two; nor does a contact open what two postal codes keep apart."""
    ccas = {"nom": "CCAS"}
    assert contradicts(profile(**AMES | ccas), profile(**NEXT_DOOR | ccas), STRUCTURE) is not None
    far = {**NEXT_DOOR, "commune": "Béthune", "code_postal": "62400", "nom": "Mairie d'Ames"}
    assert contradicts(profile(**AMES, **PHONE), profile(**far, **PHONE), STRUCTURE) is not None


def test_a_bus_is_not_the_counter_where_it_stops() -> None:
    """Without a contact in common they are two permanences, of one lieu and perhaps one body."""
    bus = {"nom": "PIMMS Béthune", **MOVES}
    counter = {"nom": "PIMMS Béthune"}
    against = {q: contradicts(profile(**bus), profile(**counter), q) for q in Question}
    assert against == {PERMANENCE: "l'un est itinérant, l'autre non", LIEU: None, STRUCTURE: None}
    assert contradicts(profile(**bus, **PHONE), profile(**counter, **PHONE), PERMANENCE) is None


def test_two_siren_contradict_only_where_nothing_else_is_shared() -> None:
    """Two SIREN, two names, no contact: two bodies. A name or a phone in common leaves it open."""
    one = {"nom": "Atelier bleu", "pivot": "34873943400028"}
    other = {"nom": "Konexio", "pivot": "41194627000054"}
    assert contradicts(profile(**one), profile(**other), STRUCTURE) is not None
    assert contradicts(profile(**one, **PHONE), profile(**other, **PHONE), STRUCTURE) is None
    same_name = {**other, "nom": "Atelier bleu"}
    assert contradicts(profile(**one), profile(**same_name), STRUCTURE) is None


def test_a_place_moved_on_the_map_is_still_one() -> None:
    """The same address contradicts nothing, however far its points; two addresses far away do."""
    assert _apart(PERMANENCE, longitude=2.672) is None
    assert _apart(PERMANENCE, longitude=2.672, adresse="5 rue Foch") is not None
    assert _apart(PERMANENCE, adresse="5 rue Foch") is None


def test_a_street_without_a_number_is_no_door() -> None:
    """Two points 2 km apart in « Place Clemenceau » are two places: a number is told by neither."""
    square = {"adresse": "Place Clemenceau"}
    away = profile(**square, longitude=2.672)
    assert contradicts(profile(**square), away, LIEU) == "points éloignés et rues différentes"
    assert contradicts(profile(**square), profile(**square), LIEU) is None


def test_how_far_is_apart_is_a_parameter() -> None:
    """Both distances are read from the parameters."""
    of = "linking.contradictions"
    points = Contradictions(PARAMETERS.replaced(f"{of}.points_apart_km", 10))
    numbers = Contradictions(PARAMETERS.replaced(f"{of}.numbers_apart_km", 10))
    here = profile()
    far = profile(longitude=2.672, adresse="5 rue Foch")
    off = profile(nom="Atelier", adresse="90 Place Clemenceau", latitude=50.5335)
    told_apart = [[c(here, there, LIEU) is not None for there in (far, off)]
                  for c in (contradicts, points, numbers)]  # fmt: skip
    assert told_apart == [[True, True], [False, True], [True, False]]


def test_two_numbers_of_a_street_contradict_where_points_are_apart() -> None:
    """A number misread near by is forgiven; two numbers 500 m apart, of two names, are two."""
    assert _apart(LIEU, nom="Atelier", adresse="5 Place Clemenceau") is None
    assert _apart(LIEU, nom="Atelier", adresse="90 Place Clemenceau", latitude=50.5335) is not None
    assert _apart(LIEU, adresse="90 Place Clemenceau", latitude=50.5335) is None


def test_a_number_and_its_bis_are_not_two_numbers() -> None:
    """ "29" and "29 bis" of a street may be one door, wherever their points were put."""
    off = {"nom": "Atelier", "latitude": 50.5335}
    here = profile(adresse="6 Place Clemenceau")
    assert contradicts(here, profile(adresse="6 bis Place Clemenceau", **off), LIEU) is None
    assert contradicts(here, profile(adresse="8 bis Place Clemenceau", **off), LIEU) is not None


def test_no_chain_can_be_made_of_what_contradicts() -> None:
    """CCAS, "Mairie - CCAS" and mairie: the middle one may be either, never both."""
    rows = profiles(told("1", nom="CCAS"), told("2", nom="Mairie - CCAS"), told("3", nom="Mairie"))
    pairs = itertools.combinations(range(3), 2)
    contrary = [(a, b) for a, b in pairs if contradicts(rows[a], rows[b], PERMANENCE)]
    assert contrary == [(0, 2)]


def test_stops_named_for_two_communes_of_one_postal_code_are_two() -> None:
    """A shared postal code leaves a doubt on the commune, but not where each name tells its own."""
    ames = {**AMES, **MOVES, **PHONE, "nom": "PIMMS Mobile Ames"}
    lillers = {**NEXT_DOOR, **MOVES, **PHONE, "nom": "PIMMS Mobile Lillers"}
    for question in (PERMANENCE, LIEU):
        assert contradicts(profile(**ames), profile(**lillers), question)
        assert (
            contradicts(
                profile(**ames), profile(**{**lillers, "nom": "PIMMS Mobile Ames"}), question
            )
            is None
        )
