"""Every level has a meaning, and reasons come in French, the strongest first."""

from __future__ import annotations

from tests.directory.places import PARAMETERS

from maillage.directory.linking.evidence import LEVELS, reasons
from maillage.directory.linking.model import (
    NOT_TOLD,
    Comparison,
    Likeness,
    Question,
    RecordKey,
)

A, B = RecordKey("annuaire", "1"), RecordKey("portrea", "2")


def _likeness(**levels: int) -> Likeness:
    told = tuple((Comparison(name), level) for name, level in levels.items())
    return Likeness(Question.PERMANENCE, A, B, 0.9, told)


def test_every_comparison_has_levels_with_one_code_each() -> None:
    """Levels are numbered from 0, of distinct codes, and each says what it means."""
    assert set(LEVELS) == set(Comparison)
    for levels in LEVELS.values():
        assert [level.index for level in levels] == list(range(len(levels)))
        assert len({level.code for level in levels}) == len(levels) > 1
        assert all(level.meaning for level in levels)


def test_each_level_has_a_published_weight_that_grows_with_likeness() -> None:
    """For each question there is one weight a level, dated and sourced, never falling."""
    for question in Question:
        for comparison, levels in LEVELS.items():
            name = f"linking.weights.{question.code}.{comparison.value}"
            weights = PARAMETERS.numbers(name)
            assert len(weights) == len(levels), name
            assert list(weights) == sorted(weights), name
            assert PARAMETERS[name].source


def test_thresholds_are_in_order() -> None:
    """What is proposed for review is less probable than what is accepted."""
    for question in Question:
        review = PARAMETERS.number(f"linking.review.{question.code}")
        assert 0.0 < review < PARAMETERS.number(f"linking.accept.{question.code}") < 1.0


def test_the_strongest_reason_comes_first() -> None:
    """A phone of one's own comes before near names, a veto before all."""
    assert reasons(_likeness(name=2, phone=3)) == (
        "même téléphone, que personne d'autre n'a",
        "noms proches",
    )
    assert reasons(_likeness(name=5, kind=0))[0] == "services incompatibles"


def test_a_number_says_its_street_too() -> None:
    """ "Même rue et même numéro" says both: the street is not said again."""
    assert reasons(_likeness(street=4, number=2)) == ("même rue et même numéro",)
    assert reasons(_likeness(street=4)) == ("même rue",)


def test_a_commune_is_said_where_it_is_against() -> None:
    """One commune is worth no reason, two are; with two points the distance says it all."""
    assert reasons(_likeness(commune=4)) == ()
    assert reasons(_likeness(commune=2)) == ("communes différentes",)


def test_what_is_not_told_is_no_reason() -> None:
    """A comparison that tells nothing is not spoken of; nothing compared, nothing said."""
    assert reasons(_likeness(email=NOT_TOLD, site=0)) == ()
    assert reasons(_likeness()) == ()
