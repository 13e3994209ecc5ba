"""Laws of rows without id that change: known by name and address where only one can be meant."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.directory.places import told

from maillage.directory.intake.records import SourcedRecord
from maillage.directory.known_again import known_again, told_of_former_ids, under_former_ids
from maillage.kernel.findings import FindingKind, Severity, Where
from maillage.kernel.ids import fingerprint

DOUBT = FindingKind("doubt", Severity.WARNING, "Doute.", "Voyez.")


def unnamed(**cells: str) -> SourcedRecord:
    """Return the record of a row that has no id of its own."""
    return told(fingerprint(cells), **cells)


OLD = unnamed(nom="CCAS de Béthune", adresse="2 bd Victor Hugo", telephone="+33321000001")
NEW = unnamed(nom="CCAS BETHUNE", adresse="2 boulevard Victor-Hugo", telephone="+33321000002")


def test_a_row_that_changed_keeps_its_id() -> None:
    """One gone, one new, the same name at the same address however written: it is the same row."""
    keys = known_again([OLD], [NEW])
    assert keys == {NEW.key: OLD.key}
    (record,) = under_former_ids([NEW], keys)
    assert (record.key, record.record.id) == (OLD.key, OLD.key.record_id)
    assert record.record.telephone == NEW.record.telephone


def test_what_is_said_of_it_follows() -> None:
    """A finding about the row names it as the directory does; another is left as it is."""
    about = [DOUBT.at(Where(source, 2, NEW.key.record_id)) for source in ("portrea", "hub", None)]
    subjects = [f.where.subject for f in told_of_former_ids(about, {NEW.key: OLD.key})]
    assert subjects == [OLD.key.record_id, NEW.key.record_id, NEW.key.record_id]


@pytest.mark.parametrize(
    ("before", "read"),
    [
        ([OLD], [OLD, NEW]),
        ([OLD, NEW], [NEW]),
        ([OLD], [NEW, replace(NEW, ref=replace(NEW.ref, record_id=fingerprint({"n": "3"})))]),
        ([OLD, replace(OLD, ref=replace(OLD.ref, record_id=fingerprint({"n": "3"})))], [NEW]),
        ([OLD], [told("7", nom="CCAS de Béthune", adresse="2 bd Victor Hugo")]),
        ([told("7", nom="CCAS de Béthune", adresse="2 bd Victor Hugo")], [NEW]),
        ([OLD], [unnamed(nom="CCAS de Béthune", adresse="3 bd Victor Hugo")]),
        ([OLD], [unnamed(nom="Mairie", adresse="2 bd Victor Hugo")]),
        ([OLD], [replace(NEW, ref=replace(NEW.ref, source_id="hub"))]),
        ([unnamed(adresse="")], [unnamed(adresse="", telephone="+33321000002")]),
    ],
    ids=[
        "nothing-gone", "nothing-new", "two-new", "two-gone", "new-has-an-id", "old-has-an-id",
        "other-address", "other-name", "other-source", "no-address",
    ],
)  # fmt: skip
def test_nothing_is_guessed(before: list[SourcedRecord], read: list[SourcedRecord]) -> None:
    """Where another could be meant, or an id is told, or no address: records are what they are."""
    assert known_again(before, read) == {}


ROWS = st.lists(
    st.builds(
        unnamed,
        nom=st.sampled_from(["CCAS", "Mairie"]),
        adresse=st.sampled_from(["1 rue Basse", "2 rue Haute", ""]),
        telephone=st.sampled_from([f"+3332100000{n}" for n in range(4)]),
    ),
    unique_by=lambda one: one.key,
    max_size=8,
)


@given(st.lists(ROWS, max_size=4), ROWS, st.randoms(use_true_random=False))
def test_a_file_read_again_changes_nothing(
    earlier: list[list[SourcedRecord]], read: list[SourcedRecord], chance: random.Random
) -> None:
    """Whatever came before, the same rows in any order are the same records, each with its id."""
    stands: tuple[SourcedRecord, ...] = ()
    for rows in (*earlier, read):
        stands = under_former_ids(rows, known_again(stands, rows))
        assert len({one.key for one in stands}) == len(rows)
    mixed = list(read)
    chance.shuffle(mixed)
    again = under_former_ids(mixed, known_again(reversed(stands), mixed))
    assert sorted(again, key=lambda one: one.key) == sorted(stands, key=lambda one: one.key)
