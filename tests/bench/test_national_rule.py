"""The baseline gives the figures that the national tool's own tests give."""

from __future__ import annotations

import pytest
from bench.national_rule import Place, Scores, are_candidates, are_one, groups, scores
from hypothesis import given
from hypothesis import strategies as st

from maillage.directory.linking.model import RecordKey

BETHUNE = "62119"
HERE = (50.529, 2.64)


def place(nom: str, adresse: str = "6 place du 4 Septembre", **told: object) -> Place:
    """Give a place in Béthune of a source of its own, at one point unless told otherwise."""
    lat, lon = told.pop("at", HERE) or (None, None)  # type: ignore[misc, attr-defined]
    source = str(told.pop("source", nom))
    typologies = frozenset(str(told.pop("typologies", "")).split())
    code = str(told.pop("code_insee", BETHUNE))
    key = RecordKey(source, nom)
    return Place(key, source, nom, adresse, code, lat, lon, typologies)


BAILLEUL = (
    place("Mediatheque Municipale de Bailleul", "41 Rue D 'Ypres", at=(50.740045, 2.737217)),
    place("CCAS de Bailleul", "22 Bis Rue d'Ypres", at=(50.740407, 2.737429)),
)
GRENOBLE = (
    place("Numerinaute", "12 Rue Joseph Rey (chez Aconit)", at=(45.186115, 5.716962)),
    place("La Turbine.Coop", "5 esplanade Andry Farcy 38000 Grenoble", at=(45.187654, 5.704953)),
)
EPINAL = (
    place("LA POSTE", "8 Av du Mal de Lattre de Tassigny", at=(48.176748, 6.444835)),
    place("LA POSTE", "20 PL D AVRINSART", at=(48.183401, 6.45588), source="autre"),
)
COURNON = (
    place("Maison des Solidarités de Cournon", "34 place Jean Jaurès", at=(45.729599, 3.189908)),
    place("MDS Cournon", "34 place Jean Jaurès", at=(45.729544, 3.190005)),
    place("DEPARTEMENT DU PUY DE DOME", "34 Place Jean Jaurès", at=(45.728941, 3.188564)),
    place("Maison des Solidarités", "34 Place Jean Jaurès", at=(45.728941, 3.188564)),
    place(
        "France services Maison des citoyens de Cournon d’Auvergne",
        "15 Impasse des Dômes",
        at=(45.73156, 3.192711),
    ),
)
HABITANTS = (
    place("Maison Des Habitant.es Les Baladins", "31 Place des Géants"),
    place("Maison Des Habitant.es Prémol", "7 Rue Henri Duhamel"),
    place("Espace Personnes Agées Bouchayer", "70 BIS rue Joseph Bouchayer"),
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (*BAILLEUL, Scores(56, 75, 70)),
        (*GRENOBLE, Scores(38, 33, 7)),
        (*EPINAL, Scores(100, 36, 7)),
        (COURNON[0], COURNON[1], Scores(50, 100, 100)),
        (COURNON[0], COURNON[2], Scores(34, 100, 40)),
        (COURNON[0], COURNON[3], Scores(80, 100, 40)),
        (COURNON[0], COURNON[4], Scores(56, 40, 22)),
        (COURNON[1], COURNON[2], Scores(27, 100, 39)),
        (COURNON[1], COURNON[4], Scores(32, 40, 22)),
        (COURNON[2], COURNON[3], Scores(29, 100, 100)),
        (COURNON[3], COURNON[4], Scores(41, 40, 16)),
        (HABITANTS[0], HABITANTS[1], Scores(75, 32, 100)),
        (HABITANTS[1], HABITANTS[2], Scores(39, 52, 100)),
    ],
)
def test_scores_are_those_of_the_national_tool(one: Place, other: Place, expected: Scores) -> None:
    """Every score that the tool's published tests give is met to the unit, either way round."""
    assert scores(one, other) == scores(other, one) == expected


def test_a_town_hall_swallows_the_social_centre_of_its_address() -> None:
    """Where one tells no typologie, a CCAS and the mairie that houses it are taken for one."""
    ccas, mairie = place("CCAS de Béthune"), place("Mairie de Béthune")
    assert scores(ccas, mairie) == Scores(75, 100, 100)
    assert scores(ccas, mairie).mean == 91
    assert are_one(ccas, mairie)


def test_an_acronym_is_not_its_words() -> None:
    """A mean of 83 is not above 83: the acronym of a name, at one address, is another place."""
    assert scores(COURNON[0], COURNON[1]).mean == 83
    assert not are_one(COURNON[0], COURNON[1])
    full = place("Centre communal d'action sociale")
    assert scores(place("CCAS"), full).mean == 74


def test_a_hundred_metres_are_too_many() -> None:
    """The same name and address are never one beyond 0.00092 degrees."""
    near, far = (place("Mairie", at=(50.529 + d, 2.64), source=f"{d}") for d in (0.0009, 0.0010))
    here = place("Mairie", source="here")
    assert are_one(here, near)
    assert not are_one(here, far)


def test_no_coordinates_count_as_the_same_point() -> None:
    """A record that tells no coordinates stands, for the rule, where the other does."""
    assert scores(place("Mairie", at=None), place("Mairie", source="b")).distance == 100


def test_no_street_is_like_none() -> None:
    """A street not told is unlike any, another street not told included."""
    assert scores(place("Mairie", ""), place("Mairie", "", source="b")).voie == 0


def test_within_a_source_the_rule_asks_for_more() -> None:
    """A mean of 90 joins records of two sources, and not two of one source."""
    local, work = "Mission locale de l'Artois", "Maison de l'emploi de l'Artois"
    one, other = place(local, source="a"), place(work, source="a")
    assert scores(one, other) == Scores(71, 100, 100)
    assert scores(one, other).mean == 90
    assert not are_one(one, other)
    assert are_one(one, place(work, source="b"))


@pytest.mark.parametrize(
    ("kinds", "others", "compared"),
    [
        ("", "CCAS", True),
        ("CCAS MUNI", "MUNI", True),
        ("CCAS", "MUNI", False),
        ("RFS", "PIMMS", True),
        ("RFS", "PIMMS CCAS", False),
    ],
)
def test_kinds_must_be_able_to_be_one(kinds: str, others: str, *, compared: bool) -> None:
    """Two kinds told must share one, but for France Services and PIMMS."""
    one, other = place("A", typologies=kinds), place("B", typologies=others)
    assert are_candidates(one, other) is compared


def test_another_commune_is_never_looked_at_unless_asked() -> None:
    """One place told in two communes is missed by the filter, not by the scores."""
    one, other = place("Mairie", source="a"), place("Mairie", source="b", code_insee="62041")
    assert not are_one(one, other)
    assert are_one(one, other, filtered=False)


def test_a_chain_makes_one_group() -> None:
    """The tool joins the ends of a chain that it would never join by themselves."""
    ends = place("Mairie", at=(50.5290, 2.64)), place("Mairie", at=(50.5306, 2.64), source="z")
    middle = place("Mairie", at=(50.5298, 2.64), source="m")
    assert not are_one(*ends)
    assert len(set(groups([*ends, middle]).values())) == 1
    assert len(set(groups(ends).values())) == 2


@given(st.permutations(COURNON))
def test_groups_do_not_depend_on_the_order(order: list[Place]) -> None:
    """Whatever order the records come in, the groups are the same."""
    assert groups(order) == groups(COURNON)
