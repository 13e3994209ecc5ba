"""Splink on what the national rule gets wrong, on the field's words, and as an engine."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from tests.directory.linking.rows import EAST_300_M, NO_POINT, probability, profiles, two
from tests.directory.places import PARAMETERS, told

from maillage.directory.linking.evidence import LEVELS, reasons
from maillage.directory.linking.likenesses import likenesses
from maillage.directory.linking.model import NOT_TOLD, Comparison, Profile, Question
from maillage.engines.splink_blocks import Cut, Key
from maillage.engines.splink_frame import Frame, link_frame
from maillage.engines.splink_levels import model_of
from maillage.engines.splink_matcher import SplinkMatcher
from maillage.engines.splink_model import Model, SqlComparison, SqlLevel
from maillage.kernel.errors import MissingExtra

PERMANENCE, LIEU, STRUCTURE = Question.PERMANENCE, Question.LIEU, Question.STRUCTURE
MATCHER = SplinkMatcher(PARAMETERS)
LILLERS = {"commune": "Lillers", "code_postal": "62190", "latitude": 50.565, "longitude": 2.48}
PHONE = {"telephone": "+33321000000"}


def _one(
    a: dict[str, object], b: dict[str, object], question: Question = Question.PERMANENCE
) -> bool:
    """Whether two records of Béthune are accepted as one."""
    accept = PARAMETERS.number(f"linking.accept.{question.code}")
    return probability(MATCHER, two(a, b), question) >= accept


# What the national map's rule gets wrong (its own examples, and others of the same kind).


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CCAS de Béthune", "Mairie de Béthune"),
        ("Mission locale de l'Artois", "Maison de l'emploi de l'Artois"),
        ("Médiathèque Wiesel", "Espace numérique Wiesel"),
        ("Médiathèque", "CCAS"),
        ("France Services", "Mairie"),
        ("France Services", "Médiathèque municipale"),
    ],
)
def test_two_bodies_of_alike_names_at_one_address_are_two(one: str, other: str) -> None:
    """One address and half a name are not one permanence where the kinds exclude each other."""
    assert not _one({"nom": one}, {"nom": other})
    assert _one({"nom": one}, {"nom": other}, LIEU)
    assert not _one({"nom": one}, {"nom": other}, STRUCTURE)


def test_a_place_moved_on_the_map_is_still_one() -> None:
    """The same name and address 300 m apart on the map: one permanence, one lieu."""
    assert _one({}, EAST_300_M)
    assert _one({}, EAST_300_M, LIEU)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MDS Béthune", "Maison des Solidarités de Béthune"),
        ("CCAS", "Centre communal d'action sociale"),
        ("MSAP de Béthune", "France services Béthune"),
        ("Pôle emploi", "Agence France Travail Béthune"),
        ("Bibliothèque municipale", "Médiathèque"),
        ("Commune de Béthune", "Mairie"),
        ("UTPAS de Béthune", "Maison départementale des solidarités"),
        ("Cyber-base de Béthune", "Espace public numérique"),
        ("SNL", "Solidarités nouvelles pour le logement"),
    ],
)
def test_acronyms_full_forms_and_successors_are_one(one: str, other: str) -> None:
    """However it is called, now or before, one thing at one address is one permanence."""
    assert _one({"nom": one}, {"nom": other})


def test_missing_coordinates_are_no_likeness() -> None:
    """Two names at two addresses, without points: nothing makes them one."""
    bare = {"nom": "Konexio", "adresse": "5 rue Foch", **NO_POINT}
    assert not _one(NO_POINT, bare)
    assert not _one(NO_POINT, bare, LIEU)


def test_a_phone_tells_as_far_as_it_is_rare() -> None:
    """One phone, two names: likelier one where nobody else has it than where a town shares it."""
    a, b = {"nom": "Agora", **PHONE}, {"nom": "Maison rose", **PHONE}
    rare = probability(MATCHER, two(a, b), PERMANENCE)
    crowd = [told(str(9 + i), nom=f"Atelier {i}", adresse="1 rue Foch", **PHONE) for i in range(3)]
    asked = profiles(told("1", "annuaire", **a), told("2", "bottin", **b), *crowd)
    assert probability(MATCHER, asked, PERMANENCE) < rare


def test_two_numbers_of_a_street_are_two_places() -> None:
    """One name at two numbers of two streets is one structure at two places."""
    mission = {"nom": "Mission locale de l'Artois"}
    away = {**mission, "adresse": "90 rue Sadi Carnot", "latitude": 50.54}
    assert not _one(mission, away)
    assert not _one(mission, away, LIEU)
    assert _one(mission, away, STRUCTURE)


def test_the_ccas_of_two_communes_are_two() -> None:
    """One kind in two communes is two of everything."""
    for question in Question:
        assert not _one({"nom": "CCAS"}, {"nom": "CCAS", **LILLERS}, question)


# Two villages of one postal code, each with its place de l'Église.
VILLAGE = {"nom": "Mairie d'Ames", "adresse": "Place de l'Église", "code_postal": "62190"}
AMES = {**VILLAGE, "commune": "Ames", **NO_POINT}
AMES_NEXT_DOOR = {**AMES, "commune": "Lillers"}
NEXT_DOOR = {**AMES_NEXT_DOOR, "nom": "Mairie de Lillers"}


def _level(asked: tuple[Profile, ...], comparison: Comparison, question: Question) -> int:
    """Return the level that the first two records meet, whatever their blocks."""
    pairs = MATCHER.scored(asked, question, (np.array([0]), np.array([1])))
    return int(pairs.levels[comparison][0])


@pytest.mark.parametrize("question", Question)
def test_a_postal_code_makes_no_commune_of_two_mairies(question: Question) -> None:
    """Two mairies of one postal code, each in its place de l'Église, are of two communes."""
    assert not _one(AMES, NEXT_DOOR, question)
    assert _commune_of(AMES, NEXT_DOOR, question) == "elsewhere"


@pytest.mark.parametrize("question", Question)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(AMES, AMES_NEXT_DOOR, id="one name, of a commune"),
        pytest.param(
            {**AMES, "adresse": "1 rue Basse"}, {**NEXT_DOOR, "adresse": "1 rue Basse"}, id="a door"
        ),
        pytest.param(
            {**AMES, "nom": "Konexio"}, {**NEXT_DOOR, "nom": "Konexio"}, id="no commune's service"
        ),
    ],
)
def test_a_commune_filled_in_from_its_postal_code_may_be_the_other(
    one: dict[str, object], other: dict[str, object], question: Question
) -> None:
    """One name, one door, or no communal service: the postal code they share speaks."""
    assert _commune_of(one, other, question) == "postal"
    assert _commune_of(other, one, question) == "postal"


def _commune_of(a: dict[str, object], b: dict[str, object], question: Question) -> str:
    """Return the code of what the communes of two records say."""
    level = _level(two(a, b), Comparison.COMMUNE, question)
    return LEVELS[Comparison.COMMUNE][level].code


def test_a_site_of_several_communes_tells_nothing() -> None:
    """A ministry's site says no more than no site, neither for nor against; one's own site does."""
    wide, own = "https://www.france-services.gouv.fr", "https://agora.fr"
    elsewhere = [told("9", nom="France Services", site_web=(wide,), **LILLERS)]

    def site(a: tuple[str, ...], b: tuple[str, ...]) -> int:
        """Return what the sites of two places of Béthune tell."""
        rows = (told("1", "a", nom="Agora", site_web=a), told("2", "b", nom="Agora", site_web=b))
        return _level(profiles(*rows, *elsewhere), Comparison.SITE, PERMANENCE)

    assert site((wide,), (wide,)) == NOT_TOLD
    assert site((wide,), (own,)) == NOT_TOLD
    assert LEVELS[Comparison.SITE][site((wide, own), (wide, own))].code == "own"
    assert LEVELS[Comparison.SITE][site((wide, own), (wide, "https://konexio.org"))].code == "other"


def test_a_record_that_says_nothing_is_like_nothing() -> None:
    """Without name, address nor contact, a record is one with no other."""
    nothing = {"nom": None, "adresse": None, **NO_POINT}
    for question in Question:
        assert not _one(nothing, nothing, question)
        assert not _one({}, nothing, question)


def test_reasons_come_with_each_pair() -> None:
    """What was found tells its reasons in French."""
    asked = two({"nom": "CCAS", **PHONE}, {"nom": "Centre communal d'action sociale", **PHONE})
    pairs = MATCHER.pairs(asked, PERMANENCE, 0.1)
    (found,) = likenesses(pairs, asked, PERMANENCE)
    assert reasons(found) == (
        "même rue et même numéro",
        "même téléphone, que personne d'autre n'a",
        "à moins de 50 m",
        "même nom, courant",
        "même type de service",
    )


def _met(a: dict[str, object], b: dict[str, object], comparison: Comparison) -> str | None:
    """Return the code of the level that two records of Béthune meet; None where not told."""
    level = _level(two(a, b), comparison, PERMANENCE)
    return None if level == NOT_TOLD else LEVELS[comparison][level].code


def test_a_label_and_who_may_bear_it_are_less_apart_than_two_services() -> None:
    """A France Services and a CCAS meet a level of their own; a médiathèque and a CCAS exclude."""
    assert _met({"nom": "France Services"}, {"nom": "CCAS"}, Comparison.KIND) == "borne"
    assert _met({"nom": "Médiathèque"}, {"nom": "CCAS"}, Comparison.KIND) == "excluded"
    assert _met({"nom": "France Services"}, {"nom": "Pimms"}, Comparison.KIND) == "other"
    label, ccas = {"nom": "France Services", **PHONE}, {"nom": "CCAS", **PHONE}
    mail = {"courriels": ("accueil@exemple.fr",)}
    assert _one({**label, **mail}, {**ccas, **mail})


def test_two_names_of_kinds_alone_tell_nothing_of_names() -> None:
    """ "CCAS" and "France Services" are not near names: their kinds are compared by themselves."""
    assert _met({"nom": "France Services"}, {"nom": "CCAS"}, Comparison.NAME) is None
    assert _met({"nom": "CCAS"}, {"nom": "CCAS"}, Comparison.NAME) == "common"
    assert _met({"nom": "Konexio"}, {"nom": "CCAS"}, Comparison.NAME) == "other"


def test_a_number_and_its_bis_are_one_and_two_repetitions_are_not() -> None:
    """ "6" is often the door of "6 bis"; "6 bis" and "6 ter" are two."""
    plain, bis, ter = ({"adresse": f"6 {r}rue Foch"} for r in ("", "bis ", "ter "))
    assert _met(plain, bis, Comparison.NUMBER) == "same"
    assert _met(bis, ter, Comparison.NUMBER) == "near"


def test_levels_are_those_of_the_evidence() -> None:
    """Each comparison is asked with as many conditions as it has levels, in each question."""
    for question in Question:
        model = model_of(question, PARAMETERS)
        counts = {c.name: len(c.levels) for c in model.comparisons}
        assert counts == {c.value: len(levels) for c, levels in LEVELS.items()}


def test_asked_pairs_are_scored_whatever_their_blocks() -> None:
    """Pairs that share nothing are scored too, either way round, as they would be if found."""
    asked = profiles(told("1"), told("2", nom="CCAS"), told("3", nom="Konexio", **LILLERS))
    scored = MATCHER.scored(asked, PERMANENCE, (np.array([2, 1]), np.array([0, 0])))
    assert scored.left.tolist() == [0, 0]
    assert scored.right.tolist() == [1, 2]
    found = MATCHER.pairs(asked, PERMANENCE, 0.0)
    assert (found.left[0], found.right[0]) == (0, 1)
    assert scored.probability[0] == found.probability[0]
    assert scored.levels[Comparison.KIND].tolist() == [0, 3]
    assert scored.levels[Comparison.EMAIL].tolist() == [NOT_TOLD, NOT_TOLD]


def test_too_big_a_block_is_cut_and_loses_no_twin() -> None:
    """In a commune of a hundred médiathèques only those that share more are looked at."""
    matcher = SplinkMatcher(PARAMETERS.replaced("linking.blocks.most", 10))
    rows = [
        told(str(i), nom=f"Médiathèque {i}", adresse=f"{i + 1} rue {i}", **NO_POINT)
        for i in range(100)
    ]
    asked = profiles(*rows, told("t", "bottin", nom="Médiathèque 7", adresse="8 rue 7", **NO_POINT))
    pairs = matcher.pairs(asked, PERMANENCE, 0.0)
    assert len(pairs.left) < 1000
    best = int(np.argmax(pairs.probability))
    assert {asked[pairs.left[best]].key.record_id, asked[pairs.right[best]].key.record_id} == {
        "7",
        "t",
    }


# The engine itself, which knows nothing of places.

NAMES = SqlComparison(
    "name",
    "name_l IS NULL OR name_r IS NULL",
    (SqlLevel("name_l = name_r", 6.0), SqlLevel("", -4.0)),
)
TOWNS = SqlComparison(
    "town",
    "town_l IS NULL OR town_r IS NULL",
    (SqlLevel("town_l = town_r", 1.0), SqlLevel("", -1.0)),
)
PERSONS = Frame(
    columns={
        "name": ["Ada", "Ada", "Max", None],
        "town": ["Lens", "Lens", "Lens", "Arras"],
        "lists": [["lens"], ["lens"], ["lens", "x"], ["x"]],
        "letter": ["A", "A", "M", "M"],
    },
    keys=(Key("list", ("unnest(lists)",)),),
)


def test_the_odds_are_the_prior_and_the_weights_put_together() -> None:
    """Log2 odds: -2 + 6 + 1 for the same name and town; what is not told adds nothing."""
    found = link_frame(PERSONS, Model((NAMES, TOWNS), -2.0), 0.0)
    pairs = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert pairs == [(0, 1), (0, 2), (1, 2), (2, 3)]
    odds = np.array([2.0**5, 2.0**-5, 2.0**-5, 2.0**-3])
    np.testing.assert_allclose(found.probability, odds / (1.0 + odds), rtol=1e-12)
    assert found.levels["name"].tolist() == [1, 0, 0, NOT_TOLD]


def test_only_what_shares_a_key_or_is_asked_is_looked_at() -> None:
    """Keys make the pairs; pairs asked are scored and no other."""
    model = Model((NAMES,), 0.0)
    among = (np.array([0, 1]), np.array([3, 2]))
    found = link_frame(PERSONS, model, 0.0, among)
    assert (found.left.tolist(), found.right.tolist()) == ([0, 1], [3, 2])
    lone = Frame({"name": ["Ada", "Ada", None]}, (Key("name", ("name", "NULL")),))
    assert len(link_frame(lone, model, 0.0).left) == 0


def _looked_at(frame: Frame) -> list[tuple[int, int]]:
    """Return the pairs looked at."""
    found = link_frame(frame, Model((NAMES,), 0.0), 0.0)
    return list(zip(found.left.tolist(), found.right.tolist(), strict=True))


def test_what_is_not_told_is_no_key() -> None:
    """Two records that lack one part of a key don't share it; one family is shared both ways."""
    towns = {"name": [None] * 3, "here": ["Lens", None, None], "there": [None, "Lens", None]}
    both = (Key("town", ("here",)), Key("town", ("there",)))
    assert _looked_at(Frame(towns, both)) == [(0, 1)]
    assert _looked_at(Frame(towns, (Key("town", ("here",)), Key("other", ("there",))))) == []


def test_a_key_of_too_many_is_cut_by_the_second() -> None:
    """A key that three share where two may: they must share a second one too."""
    keys, letter = (Key("list", ("unnest(lists)",), most=2),), Key("letter", ("letter",))
    assert _looked_at(Frame(PERSONS.columns, keys, Cut((letter,)))) == [(0, 1), (2, 3)]
    assert _looked_at(Frame(PERSONS.columns, keys, Cut())) == [(2, 3)]


def test_a_key_is_not_cut_by_itself() -> None:
    """All who share one phone share it again: that cuts nothing."""
    phones = {"name": [None] * 9, "phone": ["+33321000000"] * 9}
    phone = Key("phone", ("phone",), most=2)
    assert _looked_at(Frame(phones, (phone,), Cut((phone,)))) == []


def test_what_is_too_big_when_cut_is_paired_with_the_next() -> None:
    """Pairs of a block that no key cuts grow as its records do: each meets the next ones."""
    alike = {"name": [None] * 9, "phone": ["+33321000000"] * 9, "words": ["la poste"] * 9}
    cut = Cut((Key("words", ("words",)),), next=2)
    found = _looked_at(Frame(alike, (Key("phone", ("phone",), most=2),), cut))
    assert found == [(i, j) for i in range(9) for j in (i + 1, i + 2) if j < 9]


def test_many_pairs_are_scored_in_parts_and_come_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut in parts of two pairs, their keys met a few at a time, the answer is the same."""
    whole = link_frame(PERSONS, Model((NAMES, TOWNS), 0.0), 0.0)
    monkeypatch.setattr("maillage.engines.splink_blocks._RECORDS_AT_ONCE", 1)
    monkeypatch.setattr("maillage.engines.splink_frame._PAIRS_AT_ONCE", 2)
    parts = link_frame(PERSONS, Model((NAMES, TOWNS), 0.0), 0.0)
    np.testing.assert_array_equal(parts.left, whole.left)
    np.testing.assert_array_equal(parts.right, whole.right)
    np.testing.assert_array_equal(parts.probability, whole.probability)


@pytest.mark.parametrize("at_least", [0.02, 0.1, 0.5, 0.9, 1.0])
def test_what_is_set_aside_unweighed_would_not_have_been_found(at_least: float) -> None:
    """Pairs that nothing more can make likely are not weighed: all that is likely is found."""
    model = Model((NAMES, TOWNS), -2.0)
    every = link_frame(PERSONS, model, 0.0)
    found = link_frame(PERSONS, model, at_least)
    kept = every.probability >= at_least
    np.testing.assert_array_equal(found.left, every.left[kept])
    np.testing.assert_array_equal(found.right, every.right[kept])
    np.testing.assert_array_equal(found.probability, every.probability[kept])


def test_it_says_nothing_on_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    """Linking writes nothing, to either stream."""
    MATCHER.pairs(two({}, {}), PERMANENCE, 0.1)
    assert capfd.readouterr() == ("", "")


PROBE = """
from tests.directory.linking.rows import profiles
from tests.directory.places import PARAMETERS, told
from maillage.directory.linking.model import Question
from maillage.engines.splink_matcher import SplinkMatcher
from maillage.engines.splink_model import Model, SqlComparison, SqlLevel
rows = [told(str(i), nom=f"Agora {i % 3}", telephone=f"+3332100000{i % 2}") for i in range(8)]
pairs = SplinkMatcher(PARAMETERS).pairs(profiles(*rows), Question.STRUCTURE, 0.0)
print(pairs.left.tolist(), pairs.right.tolist(), [p.hex() for p in pairs.probability.tolist()])
"""


def test_the_answer_does_not_depend_on_the_process() -> None:
    """Two processes whose hashes are salted otherwise give the same bits."""
    answers = {
        subprocess.run(
            [sys.executable, "-c", PROBE],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert len(answers.pop()) > 100


def test_its_name_tells_both_versions() -> None:
    """ "Splink 5.0.0 (DuckDB 1.5.5)": both engines have a part in the answer."""
    assert MATCHER.name.startswith("Splink 5.")
    assert "(DuckDB 1." in MATCHER.name


@pytest.mark.parametrize("missing", ["splink", "duckdb"])
def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    """Where Splink or DuckDB is not installed, one French sentence with the command."""
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MissingExtra, match=r'pip install "maillage\[linking\]"'):
        MATCHER.pairs(two({}, {}), PERMANENCE, 0.1)
