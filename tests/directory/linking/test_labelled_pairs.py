"""The labelled pairs are frozen and sane, and the published scores hold on them.

They name real records by source and id, and are of two halves: one that the matcher was tuned on
(to which two sets were added later), one for its examination, which nobody who tuned it had
seen. ``python -m bench.linking`` prints what is asserted here.
"""

from __future__ import annotations

import hashlib
from itertools import chain
from pathlib import Path

import pytest
from bench.labels import ANSWERS, FOLDER, TUNING, Label, read_labels
from bench.linking import ALL_KINDS, assembled, marks, matched
from bench.national_places import ON, national_territory, read_national

from maillage.directory.gazetteer import gazetteer_of
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.linking.model import Question
from maillage.directory.linking.profile import profiles_of
from maillage.directory.placed import Placed, place_records
from maillage.directory.record_key import RecordKey
from maillage.engines.splink_matcher import SplinkMatcher
from maillage.kernel.parameters import load_parameters
from maillage.territory.departements import departement

# SHA-256 of each half. A label that proves wrong is corrected with its reason told, never quietly.
CHECKSUMS = {
    "test": "53ab8c3a8c4834b4884017e0c269b228c7693be3d0f62bf2441194015737ae65",
    "tuning": "2178d6fecbd2d37ceef66ecc487f862ca8cf1ab9be87b43a6880034a33bbca92",
    "tuning-2": "3354a3823c5f42a51a5d4d12a0d3812e4c268071ccd4bf896e1f882d6f045114",
    "tuning-3": "40eb3495fc8c1ecceb4ff0a33d33a0fe16789793ba1f5857c9ea6830c9f38372",
}
# What the examination showed at the published threshold, for the same permanence (precision,
# recall), a little below what was measured: 0.969 and 0.946 as pairs, 0.969 and 0.928 in the
# directory. What was aimed at is 0.97 and 0.93: precision is missed by a pair, as
# docs/explanation/linking.md says.
FLOORS = {
    "test": (0.96, 0.92),
}
N_PAIRS = 300
KINDS = frozenset("abcdefghijkl")

halves = pytest.mark.parametrize("half", sorted(CHECKSUMS))


def labels_of(half: str) -> tuple[Label, ...]:
    """Give the labels of one half."""
    return read_labels(FOLDER / f"{half}.csv")


@pytest.fixture(scope="session")
def records(mirror: Path) -> list[SourcedRecord]:
    """Give all the records of the mirror: read once."""
    return read_national(mirror)


@pytest.fixture(scope="session")
def placed(records: list[SourcedRecord], mirror: Path) -> list[Placed]:
    """Give all the records of the mirror in their communes."""
    gazetteer = gazetteer_of(national_territory(mirror), load_parameters(ON))
    return place_records(records, gazetteer)[0]


@halves
def test_the_labels_are_frozen(half: str) -> None:
    """Not a byte of the labels changes without this test, and the sums beside them, being told."""
    told = hashlib.sha256((FOLDER / f"{half}.csv").read_bytes()).hexdigest()
    sums = dict(reversed(line.split()) for line in (FOLDER / "SHA256SUMS").read_text().splitlines())
    assert told == CHECKSUMS[half] == sums[f"{half}.csv"]


def test_every_half_is_frozen_and_there_are_enough_pairs() -> None:
    """No file of labels stands outside of what is frozen; together they hold 300 pairs or more."""
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(CHECKSUMS)
    assert sum(len(labels_of(half)) for half in CHECKSUMS) >= N_PAIRS


@halves
def test_one_permanence_is_one_lieu_and_one_structure(half: str) -> None:
    """Who says "same permanence" says "same lieu" and "same structure"."""
    for label in labels_of(half):
        assert set(label.answers.values()) <= set(ANSWERS), label
        if label.answers[Question.PERMANENCE] == "yes":
            assert set(label.answers.values()) == {"yes"}, label
        elif "no" in (label.answers[Question.LIEU], label.answers[Question.STRUCTURE]):
            assert label.answers[Question.PERMANENCE] == "no", label


@halves
def test_each_pair_is_told_once_with_its_kind_and_reason(half: str) -> None:
    """No record is paired with itself, no pair comes twice, each has a kind and a reason."""
    labels = labels_of(half)
    pairs = [frozenset((label.left, label.right)) for label in labels]
    assert {len(pair) for pair in pairs} == {2}
    assert len(set(pairs)) == len(pairs)
    assert {label.kind for label in labels} <= KINDS
    assert all(label.why for label in labels)


@pytest.mark.full
@pytest.mark.mirror
def test_labels_speak_of_records_that_are_there(records: list[SourcedRecord]) -> None:
    """Every label names two records of the mirror."""
    there = {RecordKey(record.ref.source_id, record.ref.record_id) for record in records}
    labels = chain.from_iterable(labels_of(half) for half in sorted(CHECKSUMS))
    assert [label for label in labels if not {label.left, label.right} <= there] == []


@pytest.mark.full
@pytest.mark.mirror
def test_no_departement_stands_in_both_halves(placed: list[Placed]) -> None:
    """The examination shares none with what was tuned on, which teaches nothing of it so."""
    home = {one.key: departement(one.location.code_insee or "") for one in placed}
    seen = {
        half: {home.get(key, "") for label in labels_of(half) for key in (label.left, label.right)}
        for half in CHECKSUMS
    }
    assert all(seen["test"] & seen[tuning] <= {""} for tuning in TUNING)
    assert all(len(departements) > 1 for departements in seen.values())


@pytest.mark.full
@pytest.mark.mirror
def test_the_published_scores_hold(placed: list[Placed]) -> None:
    """Precision and recall are what is published, as pairs and in the directory made of them.

    One test, so that the thirty thousand records are linked once.
    """
    labels = {half: labels_of(half) for half in sorted(FLOORS)}
    parameters = load_parameters(ON)
    profiles = profiles_of(placed)
    splink = matched("Splink", SplinkMatcher(parameters), profiles, parameters)
    below = []
    for half, (precision, recall) in sorted(FLOORS.items()):
        for contender in (splink, assembled(splink, placed, parameters)):
            for mark in marks(contender, labels[half]):
                if (mark.question, mark.kind) != (Question.PERMANENCE, ALL_KINDS):
                    continue
                told = mark.counts.precision.value or 0.0, mark.counts.recall.value or 0.0
                if told[0] < precision or told[1] < recall:
                    below.append((half, contender.name, *told))
    assert below == []
