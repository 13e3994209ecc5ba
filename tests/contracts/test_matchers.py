"""What every matcher must hold. A new engine is one more line in ``MATCHERS``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.directory.linking.rows import probability, profiles, two
from tests.directory.places import PARAMETERS, told

from maillage.directory.linking.exact import ExactMatcher
from maillage.directory.linking.model import Matcher, Pairs, Profile, Question
from maillage.engines.splink_matcher import SplinkMatcher
from maillage.standard.mednum import Itinerance

MATCHERS: dict[str, Callable[[], Matcher]] = {
    "exact": ExactMatcher,
    "splink": lambda: SplinkMatcher(PARAMETERS),
}
every_matcher = pytest.mark.parametrize("make", MATCHERS.values(), ids=MATCHERS)
every_question = pytest.mark.parametrize("question", Question, ids=lambda q: q.code)
LILLERS = {"commune": "Lillers", "code_postal": "62190", "latitude": 50.565, "longitude": 2.48}
PLACES = (
    ("Béthune", "62400", 50.530, 2.640),
    ("Lillers", "62190", 50.565, 2.480),
    ("Auchel", "62260", 50.500, 2.470),
    ("Isbergues", "62330", 50.620, 2.460),
    ("Laventie", "62840", 50.630, 2.770),
)
ROWS = (
    told("1", "a"),
    told("1", "b", nom="Médiathèque", telephone="+33321000000"),
    told("2", "a", nom="CCAS", telephone="+33321000000"),
    told("2", "b", nom="Centre communal d'action sociale", pivot="26620119400010"),
    told("3", "a", nom="Mairie", adresse="6 place du 4 septembre"),
    told("3", "b", nom="CCAS", **LILLERS),
    told("4", "a", nom=None, adresse=None, latitude=None, longitude=None),
    told("4", "a", nom="Maison rose"),
)
some_rows = st.lists(st.sampled_from(ROWS), min_size=2, max_size=len(ROWS), unique_by=id)


def _twenty_stops() -> tuple[Profile, ...]:
    """Return twenty stops of one operator in five communes, that share its phone."""
    rows = [
        told(
            str(number),
            nom="PIMMS Mobile",
            adresse=f"{number + 1} rue Foch",
            commune=name,
            code_postal=postal,
            latitude=lat + number * 0.0005,
            longitude=lon,
            telephone="+33321000000",
            itinerance=(Itinerance.ITINERANT,),
        )
        for number in range(20)
        for name, postal, lat, lon in [PLACES[number % len(PLACES)]]
    ]
    return profiles(*rows)


def _found(pairs: Pairs, asked: Sequence[Profile]) -> set[tuple[object, ...]]:
    """Return all that was found, by what the records tell, whichever way round."""
    columns = [pairs.probability, *(pairs.levels[c] for c in pairs.levels)]
    told_of_each = zip(pairs.left.tolist(), pairs.right.tolist(), *columns, strict=True)
    return {(frozenset((asked[a], asked[b])), *map(float, told)) for a, b, *told in told_of_each}


@every_matcher
@every_question
@pytest.mark.parametrize("at_least", [0.0, 0.5, 1.0])
def test_pairs_are_sound(make: Callable[[], Matcher], question: Question, at_least: float) -> None:
    """Each pair once, left before right, in order; probabilities from ``at_least`` to 1."""
    asked = profiles(*ROWS)
    pairs = make().pairs(asked, question, at_least)
    ends = list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    assert ends == sorted(set(ends))
    assert all(0 <= left < right < len(asked) for left, right in ends)
    assert pairs.left.dtype == pairs.right.dtype == np.int64
    assert ((pairs.probability >= at_least - 1e-9) & (pairs.probability <= 1.0)).all()
    assert all(len(column) == len(ends) for column in pairs.levels.values())


@pytest.mark.full
@every_matcher
@every_question
@settings(max_examples=4)
@given(rows=some_rows, random=st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order(
    make: Callable[[], Matcher], question: Question, rows: list, random: Random
) -> None:
    """Profiles shuffled, the same pairs are found, with the same probabilities and levels."""
    asked = profiles(*rows)
    shuffled = list(asked)
    random.shuffle(shuffled)
    one = make().pairs(asked, question, 0.1)
    other = make().pairs(shuffled, question, 0.1)
    assert _found(one, asked) == _found(other, shuffled)


@every_matcher
@every_question
def test_the_same_question_has_the_same_answer(
    make: Callable[[], Matcher], question: Question
) -> None:
    """Asked twice, by one matcher or two, the answer is the same to the last bit."""
    asked, matcher = profiles(*ROWS), make()
    answers = [m.pairs(asked, question, 0.1) for m in (matcher, matcher, make())]
    for answer in answers[1:]:
        np.testing.assert_array_equal(answer.left, answers[0].left)
        np.testing.assert_array_equal(answer.right, answers[0].right)
        np.testing.assert_array_equal(answer.probability, answers[0].probability)


@every_matcher
@every_question
def test_nothing_asked_nothing_found(make: Callable[[], Matcher], question: Question) -> None:
    """No profile, or one, makes no pair."""
    for asked in ((), profiles(told())):
        pairs = make().pairs(asked, question, 0.0)
        assert len(pairs.left) == len(pairs.right) == len(pairs.probability) == 0


@every_matcher
@every_question
def test_twins_are_one(make: Callable[[], Matcher], question: Question) -> None:
    """Two sources that tell the same place in the same words tell one place."""
    assert probability(make(), two({}, {}), question) > 0.9


@every_matcher
def test_one_operator_s_stops_are_one_structure_and_many_places(
    make: Callable[[], Matcher],
) -> None:
    """Twenty stops that share a phone: no pair of communes is one lieu, nor one permanence."""
    stops = _twenty_stops()
    for question in (Question.PERMANENCE, Question.LIEU):
        accept = PARAMETERS.number(f"linking.accept.{question.code}")
        pairs = make().pairs(stops, question, accept)
        ends = zip(pairs.left, pairs.right, strict=True)
        assert [(a, b) for a, b in ends if stops[a].area != stops[b].area] == []
    accept = PARAMETERS.number(f"linking.accept.{Question.STRUCTURE.code}")
    pairs = make().pairs(stops, Question.STRUCTURE, accept)
    assert len(pairs.left) == len(list(combinations(stops, 2)))


@every_matcher
def test_two_bodies_under_one_roof_are_one_lieu_only(make: Callable[[], Matcher]) -> None:
    """A médiathèque and a CCAS at one address: one lieu, two permanences, two structures."""
    asked = two({"nom": "Médiathèque"}, {"nom": "CCAS"})
    accept = {q: PARAMETERS.number(f"linking.accept.{q.code}") for q in Question}
    found = {q: probability(make(), asked, q) >= accept[q] for q in Question}
    assert found == {Question.PERMANENCE: False, Question.LIEU: True, Question.STRUCTURE: False}


@every_matcher
def test_a_matcher_tells_its_name(make: Callable[[], Matcher]) -> None:
    """The name is a stable word or two, fit to stand beside results."""
    assert make().name == make().name
    assert make().name.strip()
