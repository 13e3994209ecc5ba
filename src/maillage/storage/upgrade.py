"""The tables of a database brought to this version of Maillage, without ever losing a line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.storage.address import DATABASE_FILE
from maillage.storage.marker import too_new

BACKUP_FOLDER = "sauvegardes"
_LOCK_FILE = ".mise-a-jour"


def migrate(alias: str) -> None:
    """Apply every migration that the database has not had yet: all of them, or none.

    Left to itself Django writes that a migration was applied after having applied it: a program
    killed in between would leave a database that no version can open.
    """
    from django.core.management import call_command
    from django.db import connections, transaction
    from django.db.migrations.recorder import MigrationRecorder

    recorder = MigrationRecorder(connections[alias])
    recorder.ensure_schema()
    # SQLite does not let go of foreign keys within a transaction
    with connections[alias].constraint_checks_disabled(), transaction.atomic(using=alias):
        # begin by writing: whoever else writes is waited for
        recorder.migration_qs.filter(app="").update(name="")
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def bring_up_to_date(alias: str, folder: Path, *, wait_seconds: float) -> None:
    """Migrate the database of a workspace, copied first into ``sauvegardes/``.

    Nothing is done where it is up to date. Where a migration fails, none is applied.
    Raises WorkspaceError where the database is newer than this version, or the upgrade failed.
    """
    if not _is_behind(alias, folder):
        return
    with _alone(folder, wait_seconds):
        if not _is_behind(alias, folder):  # another program did it while we waited
            return
        copy = _back_up(alias, folder)
        try:
            migrate(alias)
        except Exception as error:
            message = tr(
                "La mise à jour de l'espace de travail « {folder} » a échoué ({detail}) ; "
                "il est resté comme il était. Une copie en est gardée dans « {copy} »."
            )
            raise WorkspaceError(message.format(folder=folder, detail=error, copy=copy)) from error


def refuse_newer(alias: str, place: Path) -> None:
    """Raise WorkspaceError where a database has tables of ours that this version does not know."""
    from django.apps import apps
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    loader = MigrationExecutor(connections[alias]).loader
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith(__package__ + ".")}
    applied = {name for name in loader.applied_migrations or {} if name[0] in ours}
    if not applied <= set(loader.disk_migrations or {}):
        raise too_new(place)


def _is_behind(alias: str, folder: Path) -> bool:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    refuse_newer(alias, folder)
    loader = MigrationExecutor(connections[alias]).loader
    return not set(loader.disk_migrations or {}) <= set(loader.applied_migrations or {})


@contextmanager
def _alone(folder: Path, wait_seconds: float) -> Iterator[None]:
    """Let one program at a time upgrade: the lock, an SQLite file's, falls if the program dies."""
    path = folder / _LOCK_FILE
    with closing(sqlite3.connect(path, timeout=wait_seconds, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            message = tr(
                "L'espace de travail « {folder} » est en cours de mise à jour par un autre "
                "programme : réessayez dans un instant."
            )
            raise WorkspaceError(message.format(folder=folder)) from error
        yield


def _back_up(alias: str, folder: Path) -> Path:
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    n_applied = len(MigrationRecorder(connections[alias]).applied_migrations())
    copy = folder / BACKUP_FOLDER / f"avant-mise-a-jour-{n_applied}.sqlite3"
    copy.parent.mkdir(exist_ok=True)
    copy_database(folder / DATABASE_FILE, copy)
    return copy


def copy_database(source: Path, target: Path) -> None:
    """Copy a database, what stands in its write-ahead log included; no part of one is a copy.

    It is that of one moment, whoever writes meanwhile, and nobody waits for it. Raises sqlite3's
    errors.
    """
    draft = target.with_suffix(".partiel")
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(draft)) as written:
        read.backup(written)
    draft.replace(target)
