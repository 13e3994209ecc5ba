"""The examination counts what matchers answer, as pairs and as groups, whoever they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from bench.labels import Label
from bench.linking import ALL_KINDS, Contender, grouped, marks, matched, mistakes
from bench.linking_scale import NATIONAL_MIB, NATIONAL_SECONDS, Run, growth, within_limits
from bench.national_places import ON

from maillage.directory.linking.model import Pairs, Profile, Question
from maillage.directory.record_key import RecordKey
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(ON)
ACCEPT = PARAMETERS.number("linking.accept.permanence")
REVIEW = PARAMETERS.number("linking.review.permanence")


@dataclass(frozen=True)
class Told:
    """A matcher that answers what it was told, whatever it is asked."""

    pairs_told: tuple[tuple[int, int, float], ...]
    name: str = "told"

    def pairs(self, profiles: Sequence[Profile], question: Question, at_least: float) -> Pairs:
        """Return the pairs told from that probability up."""
        del profiles, question
        kept = [row for row in self.pairs_told if row[2] >= at_least]
        left, right, probability = (np.array([row[i] for row in kept]) for i in range(3))
        return Pairs(left, right, probability, {})


def profile(name: str) -> Profile:
    """Give a profile of that id, which tells nothing else."""
    key = RecordKey("source", name)
    return Profile(
        **dict.fromkeys(Profile.__slots__, ())  # type: ignore[arg-type]
        | {"key": key, "area": "62119", "name": name, "street": "", "itinerant": False}
        | {"collector": "source", "number": None, "telephone": None, "pivot": None, "point": None}
    )


def label(left: str, right: str, answer: str, kind: str = "a") -> Label:
    """Give a label of one answer to the three questions."""
    ends = RecordKey("source", left), RecordKey("source", right)
    return Label(*ends, dict.fromkeys(Question, answer), kind, "")


PROFILES = tuple(profile(name) for name in "abcd")
LABELS = (
    label("a", "b", "yes"),
    label("c", "b", "yes", "b"),
    label("a", "c", "no", "b"),
    label("a", "d", "no"),
    label("b", "d", "unsure"),
)


def told(*pairs: tuple[int, int, float]) -> Contender:
    """Give the answers of a matcher that was told pairs."""
    return matched("told", Told(pairs), PROFILES, PARAMETERS)


def of(contender: Contender, kind: str = ALL_KINDS) -> tuple[int, int, int, int, int]:
    """Give the counts of a contender for the permanence: right and wrong yes, no, and unsure."""
    (counts,) = (
        mark.counts
        for mark in marks(contender, LABELS)
        if (mark.question, mark.kind) == (Question.PERMANENCE, kind)
    )
    return counts.true_yes, counts.false_yes, counts.false_no, counts.true_no, counts.unsure


def test_only_pairs_from_the_threshold_up_are_accepted() -> None:
    """A pair fit to be reviewed is no answer; one at the threshold is, whichever way it is told."""
    assert of(told((0, 1, ACCEPT), (1, 2, REVIEW))) == (1, 0, 1, 2, 1)
    assert of(told((0, 1, ACCEPT), (1, 2, ACCEPT))) == (2, 0, 0, 2, 1)


def test_kinds_are_counted_apart() -> None:
    """The marks of a kind are those of its pairs alone."""
    contender = told((0, 1, 1.0))
    assert of(contender, "a") == (1, 0, 0, 1, 1)
    assert of(contender, "b") == (0, 0, 1, 1, 0)


def test_groups_answer_for_the_ends_of_a_chain() -> None:
    """Once grouped, records that two pairs join answer as one: right or wrong, it is counted."""
    pairs = told((0, 1, 1.0), (1, 2, 1.0))
    assert of(pairs) == (2, 0, 0, 2, 1)
    assert of(grouped(pairs, PROFILES, PARAMETERS)) == (2, 1, 0, 1, 1)


def test_one_permanence_is_grouped_as_one_lieu_and_one_structure() -> None:
    """What is one permanence answers the two other questions too, though no pair says so."""
    silent = told((0, 1, 1.0))
    only = Contender(
        silent.name,
        silent.says,
        {q: silent.sure[q] if q is Question.PERMANENCE else {} for q in Question},
        0.0,
    )
    says = grouped(only, PROFILES, PARAMETERS).says
    assert all(says[question](PROFILES[0].key, PROFILES[1].key) for question in Question)


def test_mistakes_name_the_pairs_and_how_sure_one_was() -> None:
    """What is missed and what is false is listed, with the probability it was given, if any."""
    contender = told((0, 1, REVIEW), (0, 3, 1.0))
    found = [
        (mistake.label, mistake.probability)
        for mistake in mistakes(contender, LABELS)
        if mistake.question is Question.PERMANENCE
    ]
    assert found == [
        (LABELS[0], pytest.approx(REVIEW)),
        (LABELS[1], None),
        (LABELS[3], pytest.approx(1.0)),
    ]


def test_growth_is_the_power_of_n() -> None:
    """Ten times the records at ten times the work is n to the power 1; a hundred times, 2."""
    runs = [
        Run(str(n), n, busy={"match": 2 * work, "group": work})
        for n, work in ((100, 1.0), (1000, 10.0), (10_000, 1000.0))
    ]
    assert growth(runs) == [
        ("100 → 1000", pytest.approx(1.0)),
        ("1000 → 10000", pytest.approx(2.0)),
    ]


@pytest.mark.parametrize(
    ("seconds", "peak_mib", "fit"),
    [(1.0, 1.0, True), (NATIONAL_SECONDS, 1.0, False), (1.0, NATIONAL_MIB, False)],
)
def test_a_run_that_takes_too_much_is_told(seconds: float, peak_mib: float, *, fit: bool) -> None:
    """The national run has limits of time and memory; either is enough to fail."""
    run = Run("national", 1, seconds={"all": seconds}, peak_mib={"all": peak_mib})
    assert within_limits(run) is fit
