"""The journal says what changed in the directory, and only grows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError
from tests.storage.databases import another_program

from maillage.directory.journal import Counts, Event, FieldChange, Verb
from maillage.directory.model import Directory
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.standard import mednum
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace

BETHUNE_BRUAY = "200072460"
ON = dt.date(2026, 11, 22)
MakeWork = Callable[..., TerritoryWork]
REPLACEMENT = """
INSERT OR REPLACE INTO maillage_journal_journalentry (id, actor, verb, subject_id, territory_id)
VALUES (1, 'x', 'changed', '', '200072460')
"""


def lines(workspace: Workspace) -> list[Any]:
    """Return the journal of a workspace, oldest line first."""
    from maillage.storage.journal.models import JournalEntry

    return list(JournalEntry.objects.using(workspace.alias).order_by("pk"))


def without_first_permanence(directory: Directory) -> Directory:
    """Return the directory with one permanence less, and the next one open on other days."""
    _, second, *rest = directory.permanences
    return replace(directory, permanences=(replace(second, horaires="Sa 09:00-12:00"), *rest))


def test_the_first_import_is_told_with_its_counts(
    workspace: Workspace, make_work: MakeWork
) -> None:
    """The first save writes a line for the import, then one by thing created, on the date told."""
    DjangoWorkStore(workspace, ON, "portrea").save(make_work(2))
    first, *created = lines(workspace)
    counts = {"created": 12, "changed": 0, "vanished": 0, "unchanged": 0}
    assert (first.verb, first.after, first.subject_id) == ("imported", counts, "")
    assert {(line.at, line.actor, line.verb) for line in created} == {(ON, "portrea", "created")}
    assert [line.subject_id for line in created][:3] == [
        "structure-00000",
        "structure-00001",
        "lieu-00000",
    ]
    assert created[-1].before is None
    assert created[-1].after["record"]["nom"] == "CCAS 1"


def test_a_date_that_is_not_told_is_not_invented(workspace: Workspace, make_work: MakeWork) -> None:
    """A store that was given no date writes none."""
    DjangoWorkStore(workspace).save(make_work(1))
    assert {line.at for line in lines(workspace)} == {None}


def test_saving_the_same_work_adds_one_line(workspace: Workspace, make_work: MakeWork) -> None:
    """Saving again the same work writes "nothing changed" in the journal, and nothing else."""
    store = DjangoWorkStore(workspace, ON)
    store.save(make_work(2))
    before = tables_but_the_journal(workspace)
    n_lines = len(lines(workspace))
    store.save(make_work(2))
    assert tables_but_the_journal(workspace) == before
    (line,) = lines(workspace)[n_lines:]
    counts = {"created": 0, "changed": 0, "vanished": 0, "unchanged": 12}
    assert (line.verb, line.after) == ("nothing-changed", counts)


def tables_but_the_journal(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every other table of the database, as the database has it."""
    from django.db import connections

    rows = {}
    names = connections[workspace.alias].introspection.table_names()
    with another_program(workspace) as reader:
        for name in names:
            if name.startswith("maillage_") and "journal" not in name:
                reader.execute(f"SELECT * FROM {name}")  # noqa: S608 - names of ours
                rows[name] = sorted(reader.fetchall(), key=str)
    return rows


def test_a_changed_source_is_told_thing_by_thing(workspace: Workspace, make_work: MakeWork) -> None:
    """What changed is written with its before and after, what vanished with its before."""
    store, work = DjangoWorkStore(workspace, ON), make_work(3)
    store.save(work)
    n_lines = len(lines(workspace))
    store.save(replace(work, directory=without_first_permanence(work.directory)))
    first, changed, vanished = lines(workspace)[n_lines:]
    assert first.after == {"created": 0, "changed": 1, "vanished": 1, "unchanged": 16}
    assert (changed.verb, changed.subject_id) == ("changed", "permanence-00001")
    assert changed.before["horaires"] == "Mo-Fr 09:00-12:00,14:00-17:00"
    assert changed.after["horaires"] == "Sa 09:00-12:00"
    assert (vanished.verb, vanished.subject_id) == ("vanished", "permanence-00000")
    assert vanished.before["record"]["id"] == "row-0"
    assert vanished.after is None


def test_things_that_only_moved_in_their_file_fill_no_journal(
    workspace: Workspace, make_work: MakeWork
) -> None:
    """A row told on another line of its file is saved so, but is no change of the directory."""
    store, work = DjangoWorkStore(workspace, ON), make_work(2)
    store.save(work)
    n_lines = len(lines(workspace))
    moved = tuple(
        replace(p, sources=tuple(replace(ref, line=(ref.line or 0) + 7) for ref in p.sources))
        for p in work.directory.permanences
    )
    later = replace(work, directory=replace(work.directory, permanences=moved))
    store.save(later)
    (line,) = lines(workspace)[n_lines:]
    assert line.verb == "nothing-changed"
    assert store.load(BETHUNE_BRUAY) == later


def test_the_model_refuses_to_rewrite_the_journal(
    workspace: Workspace, make_work: MakeWork
) -> None:
    """Saving, updating or deleting a written line is refused in Python."""
    from maillage.storage.append_only import AppendOnlyError
    from maillage.storage.journal.models import JournalEntry

    DjangoWorkStore(workspace, ON).save(make_work(1))
    table, line = JournalEntry.objects.using(workspace.alias), lines(workspace)[0]
    line.actor = "quelqu'un d'autre"
    rewritings: list[Callable[[], object]] = [
        line.save,
        line.delete,
        table.all().delete,
        lambda: table.update(actor="x"),
        lambda: table.bulk_update([line], ["actor"]),
    ]
    for rewrite in rewritings:
        with pytest.raises(AppendOnlyError):
            rewrite()


def test_a_line_written_one_by_one_is_kept(workspace: Workspace, make_work: MakeWork) -> None:
    """A new line may be saved alone: the journal grows by one."""
    from maillage.storage.journal.models import JournalEntry

    DjangoWorkStore(workspace, ON).save(make_work(1))
    n_lines = len(lines(workspace))
    line = JournalEntry(
        territory_id=BETHUNE_BRUAY, at=ON, actor="une coordinatrice", verb=Verb.CHANGED.code
    )
    line.save(using=workspace.alias)
    assert [entry.actor for entry in lines(workspace)[n_lines:]] == ["une coordinatrice"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE maillage_journal_journalentry SET actor = 'x'",
        "DELETE FROM maillage_journal_journalentry",
        pytest.param(REPLACEMENT, marks=pytest.mark.sqlite),
    ],
)
def test_the_database_refuses_to_rewrite_the_journal(
    workspace: Workspace, make_work: MakeWork, statement: str
) -> None:
    """Even another program, in plain SQL, cannot change, delete or replace a line."""
    DjangoWorkStore(workspace, ON).save(make_work(1))
    before = [line.actor for line in lines(workspace)]
    with (
        another_program(workspace) as other,
        pytest.raises(DatabaseError, match="the journal only grows"),
    ):
        other.execute(statement)
    assert [line.actor for line in lines(workspace)] == before


def test_the_journal_speaks_the_words_of_the_standard(
    workspace: Workspace, make_work: MakeWork
) -> None:
    """A service is told in the words of the national schema, not by a name of this code."""
    DjangoWorkStore(workspace, ON).save(make_work(1))
    told = [line.after for line in lines(workspace) if line.subject_id == "service-00000-0"]
    assert [service["kind"] for service in told] == [next(iter(mednum.Service)).value]


def test_a_merge_is_told_with_what_it_rests_on(
    workspace: Workspace, make_decided_work: MakeWork
) -> None:
    """The decision comes first, on its own date and by its own hand, then the merge it made."""
    store = DjangoWorkStore(workspace, ON, "import de nuit")
    store.save(make_decided_work(3))
    n_lines = len(lines(workspace))
    later = make_decided_work(3, 1)
    store.save(later)
    first, decided, merged, *things = store.history(BETHUNE_BRUAY)[n_lines:]
    (decision,), (near, *_) = later.decisions, later.likenesses or ()
    assert first.counts == Counts(created=0, changed=1, vanished=1, unchanged=16)
    assert (decided.on, decided.by) == (decision.on, "portrea")
    assert decided.what == Event(Verb.DECIDED, "lieu-00000", ("lieu-00001",), decision)
    assert (merged.on, merged.by) == (ON, "import de nuit")
    assert merged.what == Event(Verb.MERGED, "lieu-00001", ("lieu-00000",), decision, likeness=near)
    assert {line.what.verb for line in things} == {Verb.CHANGED, Verb.VANISHED}


def test_an_undo_is_told_with_what_it_takes_back(
    workspace: Workspace, make_decided_work: MakeWork
) -> None:
    """An undo names the decision that holds no more, and the id that lives again."""
    store = DjangoWorkStore(workspace, ON)
    for n_decisions in (0, 1, 2):
        store.save(make_decided_work(3, n_decisions))
    told = {line.what.verb: line.what for line in store.history(BETHUNE_BRUAY)}
    same, undo = make_decided_work(3, 2).decisions
    assert told[Verb.UNDONE] == Event(
        Verb.UNDONE, "lieu-00000", ("lieu-00001",), undo, cancelled=same
    )
    assert told[Verb.RESTORED] == Event(Verb.RESTORED, "lieu-00001", ("lieu-00000",), undo)


def test_the_history_of_a_thing_is_its_own(
    workspace: Workspace, make_decided_work: MakeWork
) -> None:
    """It tells what happened to that id, as subject or beside another, oldest first."""
    store = DjangoWorkStore(workspace, ON)
    for n_decisions in (0, 1, 2):
        store.save(make_decided_work(3, n_decisions))
    verbs = [line.what.verb for line in store.history(BETHUNE_BRUAY, "lieu-00001")]
    merged = [Verb.DECIDED, Verb.MERGED, Verb.VANISHED]
    assert verbs == [Verb.CREATED, *merged, Verb.UNDONE, Verb.RESTORED, Verb.CREATED]
    assert [line.what.verb for line in store.history(BETHUNE_BRUAY, "lieu-00002")] == [Verb.CREATED]
    assert store.history(BETHUNE_BRUAY, "lieu-jamais-vu") == ()
    assert store.history("246200364", "lieu-00001") == ()
    numbers = [line.number for line in store.history(BETHUNE_BRUAY)]
    assert numbers == sorted(numbers)


def test_the_history_can_begin_on_a_date(workspace: Workspace, make_work: MakeWork) -> None:
    """Lines told before that date, or without one, are left out."""
    work = make_work(1)
    for on in (None, dt.date(2026, 1, 1), ON):
        DjangoWorkStore(workspace, on).save(work)
    store = DjangoWorkStore(workspace)
    dates = [line.on for line in store.history(BETHUNE_BRUAY, since=dt.date(2026, 1, 1))]
    assert dates == [dt.date(2026, 1, 1), ON]
    assert [line.on for line in store.history(BETHUNE_BRUAY, since=ON)] == [ON]


def test_what_changed_is_told_field_by_field(workspace: Workspace, make_work: MakeWork) -> None:
    """A change tells the fields that differ, each before and after, and no other."""
    store, work = DjangoWorkStore(workspace, ON), make_work(3)
    store.save(work)
    store.save(replace(work, directory=without_first_permanence(work.directory)))
    *_, changed = store.history(BETHUNE_BRUAY, "permanence-00001")
    usual, saturday = "Mo-Fr 09:00-12:00,14:00-17:00", "Sa 09:00-12:00"
    assert changed.fields == (FieldChange("horaires", usual, saturday),)
    *_, vanished = store.history(BETHUNE_BRUAY, "permanence-00000")
    told = {change.field: (change.before, change.after) for change in vanished.fields}
    assert told["record.nom"] == ("CCAS 0", None)
    assert told["sources"] == ((("mednum", "row-0", 2, "2023-05-04"),), None)


def test_a_word_that_the_journal_has_not_is_one_clear_error(
    workspace: Workspace, make_work: MakeWork
) -> None:
    """A line of a later version is named, not shown as a traceback."""
    store = DjangoWorkStore(workspace, ON)
    store.save(make_work(1))
    with another_program(workspace) as other:
        other.execute(
            "INSERT INTO maillage_journal_journalentry (actor, verb, subject_id, territory_id) "
            "VALUES ('x', 'dreamt', '', '200072460')"
        )
    with pytest.raises(WorkspaceError, match="dreamt"):
        store.history(BETHUNE_BRUAY)
