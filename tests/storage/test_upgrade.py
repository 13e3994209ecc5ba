"""An older workspace is brought to this version, a copy kept; a failure changes nothing."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from maillage.directory.journal import Verb
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.storage.address import DATABASE_FILE
from maillage.storage.setup import set_up_django
from maillage.storage.upgrade import BACKUP_FOLDER
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace

BETHUNE_BRUAY = "200072460"
ON = dt.date(2026, 11, 22)
MakeWork = Callable[..., TerritoryWork]
GUARDS = {"journal_keeps_lines", "journal_keeps_all_lines", "journal_keeps_places"}
NEW_GUARDS = {"decisions_keep_lines", "decisions_keep_all_lines", "decisions_keep_places"}
REFUSAL = """
CREATE TRIGGER refusal BEFORE INSERT ON django_migrations WHEN NEW.app = 'maillage_records'
BEGIN SELECT RAISE(ABORT, 'panne'); END
"""


def triggers(path: Path) -> set[str]:
    """Return the names of the triggers in a database file."""
    with closing(sqlite3.connect(path)) as base:
        rows = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in rows}


def contents(path: Path) -> list[str]:
    """Return all that a database file holds, as SQL."""
    with closing(sqlite3.connect(path)) as base:
        return list(base.iterdump())


def test_an_older_workspace_is_upgraded_after_a_copy(older: Path, make_work: MakeWork) -> None:
    """Opening it applies what is missing; the work is intact, the copy is as the base was."""
    with Workspace.open(older) as workspace:
        assert DjangoWorkStore(workspace).load(BETHUNE_BRUAY) == make_work(2)
    assert triggers(older / DATABASE_FILE) == GUARDS | NEW_GUARDS
    (copy,) = (older / BACKUP_FOLDER).iterdir()
    assert triggers(copy) == GUARDS


def test_an_older_workspace_is_completed_by_the_next_import(
    older: Path, make_work: MakeWork, make_decided_work: MakeWork
) -> None:
    """What 0.1.0 did not keep is empty; an import fills it, and the journal goes on."""
    with Workspace.open(older) as workspace:
        store, full = DjangoWorkStore(workspace, ON), make_decided_work(2, 1)
        before = store.history(BETHUNE_BRUAY)
        assert [line.what.verb for line in before[:2]] == [Verb.IMPORTED, Verb.CREATED]
        store.save(full)
        assert store.load(BETHUNE_BRUAY) == full
        after = store.history(BETHUNE_BRUAY)
        assert after[: len(before)] == before
        assert {line.what.verb for line in after[len(before) :]} == {
            Verb.IMPORTED, Verb.DECIDED, Verb.MERGED, Verb.CHANGED, Verb.VANISHED
        }  # fmt: skip


def test_what_a_killed_copy_left_is_in_nobodys_way(older: Path, make_work: MakeWork) -> None:
    """Pieces of a copy that was being made do not hinder the next one, nor pass for a copy."""
    folder = older / BACKUP_FOLDER
    folder.mkdir()
    for name in ("avant-mise-a-jour-5.partiel", "avant-mise-a-jour-5.partiel-journal"):
        (folder / name).write_bytes(b"un morceau")
    with Workspace.open(older) as workspace:
        assert DjangoWorkStore(workspace).load(BETHUNE_BRUAY) == make_work(2)
    assert triggers(folder / "avant-mise-a-jour-5.sqlite3") == GUARDS


def test_an_up_to_date_workspace_is_not_copied(tmp_path: Path) -> None:
    """Opening what this version made keeps no copy: nothing is going to change."""
    Workspace.create(tmp_path / "espace", BETHUNE_BRUAY).close()
    Workspace.open(tmp_path / "espace").close()
    assert not (tmp_path / "espace" / BACKUP_FOLDER).exists()


def test_a_failed_upgrade_leaves_the_workspace_as_it_was(older: Path) -> None:
    """Where a migration fails the base is as before, and the error says where the copy is."""
    with closing(sqlite3.connect(older / DATABASE_FILE)) as base, base:
        base.execute(REFUSAL)
    before = contents(older / DATABASE_FILE)
    with pytest.raises(WorkspaceError, match="il est resté comme il était") as failed:
        Workspace.open(older)
    assert BACKUP_FOLDER in str(failed.value)
    assert contents(older / DATABASE_FILE) == before


def test_one_program_upgrades_at_a_time(older: Path) -> None:
    """While another program upgrades, opening waits, then says what is going on."""
    with closing(sqlite3.connect(older / ".mise-a-jour", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(WorkspaceError, match="en cours de mise à jour"):
            Workspace.open(older, wait_seconds=0.1)
    Workspace.open(older).close()


def test_the_migrations_tell_all_of_the_models() -> None:
    """No table was changed in the models without the migration that changes it in databases."""
    set_up_django()
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_models_are_sound() -> None:
    """Django's own checks have nothing to say."""
    set_up_django()
    from django.core.checks import run_checks

    assert run_checks() == []
