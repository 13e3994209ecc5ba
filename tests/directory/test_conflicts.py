"""What sources contradict: a person's choice, or each other when told about the same day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.directory.linked import THRESHOLDS, chosen, key, put_together, undo
from tests.directory.places import told

from maillage.directory.conflicts import Conflict, ConflictKind, conflicts
from maillage.directory.decisions import Decision
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.provenance import Told

SPRING, SUMMER, WINTER = dt.date(2024, 3, 1), dt.date(2024, 8, 1), dt.date(2025, 1, 1)
ONE, TWO = "+33321000001", "+33321000002"


def found(
    records: Sequence[SourcedRecord], decisions: Sequence[Decision] = ()
) -> tuple[Conflict, ...]:
    """Return the conflicts of the small territory."""
    assembled = put_together(records, decisions=decisions)
    return conflicts(assembled, decisions, THRESHOLDS)


def phones(first: dt.date, second: dt.date, source: str = "france-services") -> list[SourcedRecord]:
    """Return one place with a phone as the hub tells it, and another as a second source does."""
    return [
        told("1", telephone=ONE, date_maj=first),
        told("2", source, telephone=TWO, date_maj=second),
    ]


def test_two_sources_told_about_the_same_time_disagree() -> None:
    """Five months apart: both values, the later kept."""
    (conflict,) = found(phones(SPRING, SUMMER))
    assert (conflict.kind, conflict.field) == (ConflictKind.SOURCES, "telephone")
    assert conflict.kept == Told(TWO, key("2", "france-services"), SUMMER)
    assert conflict.other == Told(ONE, key("1"), SPRING)


@pytest.mark.parametrize(
    "records",
    [
        phones(SPRING, WINTER),
        phones(SPRING, SUMMER, source="portrea"),
        [told("1", telephone=ONE), told("2", "france-services", date_maj=None, telephone=TWO)],
        phones(SPRING, SPRING)[:1],
    ],
)
def test_old_news_and_one_source_do_not_conflict(records: list[SourcedRecord]) -> None:
    """Ten months apart, the later is news; a source that says two things, or no day, is no sign."""
    assert found(records) == ()


def test_one_address_written_twice_is_no_conflict() -> None:
    """« 3 PL CLEMENCEAU » is « 3 Place Clemenceau »."""
    records = [told("1"), told("2", "france-services", adresse="3 PL CLEMENCEAU")]
    assert found(records) == ()


def test_a_source_that_says_otherwise_since_a_person_chose_conflicts() -> None:
    """Told after the decision, it is a conflict; told before, it was set aside knowingly."""
    records = phones(SPRING, WINTER)
    choice = chosen(1, "1", "telephone")
    (conflict,) = found(records, [replace(choice, on=SUMMER)])
    assert (conflict.kind, conflict.kept.value) == (ConflictKind.DECISION, ONE)
    assert conflict.other == Told(TWO, key("2", "france-services"), WINTER)
    assert found(records, [replace(choice, on=WINTER)]) == ()
    assert len(found(records, [choice])) == 1
    assert found(records, [choice, undo(2, 1)]) == ()


def test_conflicts_of_neighbours_are_theirs() -> None:
    """A place of Laventie is not ours to check."""
    away = {"commune": "Laventie", "code_postal": "62840", "latitude": 50.63, "longitude": 2.77}
    records = [
        replace(r, record=replace(r.record, **away))  # type: ignore[arg-type]
        for r in phones(SPRING, SUMMER)
    ]
    assert found(records) == ()
