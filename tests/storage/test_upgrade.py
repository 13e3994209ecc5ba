"""An older workspace is brought to this version, a copy kept; a failure changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.storage.address import DATABASE_FILE
from maillage.storage.setup import set_up_django
from maillage.storage.upgrade import BACKUP_FOLDER
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace

BETHUNE_BRUAY = "200072460"
MakeWork = Callable[..., TerritoryWork]
TRIGGERS = ("journal_keeps_lines", "journal_keeps_all_lines", "journal_keeps_places")


@pytest.fixture
def older(tmp_path: Path, make_work: MakeWork) -> Path:
    """Give a workspace with work in it, from before the journal was guarded."""
    folder = tmp_path / "espace"
    with Workspace.create(folder, BETHUNE_BRUAY) as workspace:
        DjangoWorkStore(workspace).save(make_work(2))
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as base, base:
        for name in TRIGGERS:
            base.execute(f"DROP TRIGGER {name}")
        base.execute("DELETE FROM django_migrations WHERE name = '0002_append_only'")
    return folder


def triggers(path: Path) -> set[str]:
    """Return the names of the triggers in a database file."""
    with closing(sqlite3.connect(path)) as base:
        rows = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in rows}


def test_an_older_workspace_is_upgraded_after_a_copy(older: Path, make_work: MakeWork) -> None:
    """Opening it applies what is missing; the work is intact, the copy is as the base was."""
    with Workspace.open(older) as workspace:
        assert DjangoWorkStore(workspace).load(BETHUNE_BRUAY) == make_work(2)
    assert triggers(older / DATABASE_FILE) == set(TRIGGERS)
    (copy,) = (older / BACKUP_FOLDER).iterdir()
    assert triggers(copy) == set()


def test_an_up_to_date_workspace_is_not_copied(tmp_path: Path) -> None:
    """Opening what this version made keeps no copy: nothing is going to change."""
    Workspace.create(tmp_path / "espace", BETHUNE_BRUAY).close()
    Workspace.open(tmp_path / "espace").close()
    assert not (tmp_path / "espace" / BACKUP_FOLDER).exists()


def test_a_failed_upgrade_leaves_the_workspace_as_it_was(older: Path) -> None:
    """Where a migration fails the base is as before, and the error says where the copy is."""
    with closing(sqlite3.connect(older / DATABASE_FILE)) as base, base:
        base.execute(
            "CREATE TRIGGER journal_keeps_places AFTER INSERT ON django_migrations "
            "BEGIN SELECT 1; END"
        )
    before = triggers(older / DATABASE_FILE)
    with pytest.raises(WorkspaceError, match="il est resté comme il était") as failed:
        Workspace.open(older)
    assert BACKUP_FOLDER in str(failed.value)
    assert triggers(older / DATABASE_FILE) == before


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
