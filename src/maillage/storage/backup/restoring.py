"""A workspace made again from a backup: checked first, put in place last."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from maillage.kernel.atomic import folder_whole
from maillage.kernel.errors import UnusableFile, WorkspaceError
from maillage.kernel.language import tr
from maillage.storage.address import DATABASE_FILE
from maillage.storage.backup.manifest import (
    OURS,
    Manifest,
    newer,
    opened_backup,
    rows_of,
    what_is_wrong_in,
)
from maillage.storage.setup import close_database, open_database
from maillage.storage.trouble import told_in_french
from maillage.storage.upgrade import migrate
from maillage.storage.workspace import CACHE_FOLDER, is_workspace

_CHUNK = 1024 * 1024
_WAIT_SECONDS = 2.0
_STORAGE = Path(__file__).parent.parent


def check_not_newer(file: Path, told: Manifest) -> None:
    """Raise UnusableFile where a backup has tables that this version does not know."""
    ours = {f"{OURS}{path.parts[-3]}.{path.stem}" for path in _STORAGE.glob("*/migrations/0*.py")}
    if not {name for name in told.migrations if name.startswith(OURS)} <= ours:
        raise newer(file)


def check_room(place: Path, *, replace: bool) -> None:
    """Raise WorkspaceError where something stands in a place and nobody said to ``replace`` it.

    What is replaced must be a workspace.
    """
    if not place.exists() or (place.is_dir() and not any(place.iterdir())):
        return
    if not replace:
        message = tr(
            "Il y a déjà quelque chose dans « {place} » : rien n'a été restauré. Donnez un autre "
            "dossier avec --workspace, ou --replace pour mettre celui-ci de côté."
        )
        raise WorkspaceError(message.format(place=place))
    if not is_workspace(place):
        message = tr(
            "« {place} » n'est pas un espace de travail : --replace n'y touche pas. Donnez un "
            "autre dossier avec --workspace."
        )
        raise WorkspaceError(message.format(place=place))


def check_closed(place: Path) -> None:
    """Raise WorkspaceError where a program, such as the site, has the workspace open.

    It would go on writing in what is set aside.
    """
    database = place / DATABASE_FILE
    if not database.is_file():
        return
    try:
        with closing(sqlite3.connect(database, timeout=_WAIT_SECONDS)) as base:
            # leaving the write-ahead log asks to be alone; who opens the file next takes it again
            alone = base.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete"
    except sqlite3.OperationalError:
        alone = False
    except sqlite3.DatabaseError:  # damaged: a good reason to restore
        alone = True
    if not alone:
        message = tr(
            "« {place} » est ouvert par un autre programme : arrêtez d'abord le site et son "
            "travail de fond, puis recommencez."
        )
        raise WorkspaceError(message.format(place=place))


def unpack(file: Path, told: Manifest, draft: Path) -> None:
    """Write the files of a backup in an empty folder, and check that all is as it was told.

    Raises UnusableFile, in one sentence, where the backup is damaged.
    """
    with opened_backup(file) as opened:
        for name in told.parts:
            _take_out(file, opened, name, told, draft / name)
    database = draft / DATABASE_FILE
    wrong = what_is_wrong_in(database)
    try:
        wrong = wrong or ("" if rows_of(database) == told.rows else tr("des lignes manquent"))
    except sqlite3.Error as error:
        wrong = str(error)
    if wrong:
        raise _damaged(file, wrong)
    (draft / CACHE_FOLDER).mkdir()


def bring_tables_up_to_date(draft: Path) -> None:
    """Apply to a database just unpacked what it has not had yet, the site's tables set aside."""
    alias = open_database(draft / DATABASE_FILE)
    try:
        with told_in_french(draft):
            migrate(alias)
    finally:
        close_database(alias)


@contextmanager
def put_in_place(place: Path, moment: dt.datetime, kept: tuple[str, ...]) -> Iterator[Path]:
    """Give a folder to fill; filled without trouble it becomes ``place``, else nothing changed.

    What stands there is set aside, under the name of ``aside_of``, but for the files ``kept``,
    which are copied into the new one.
    """
    with folder_whole(place) as draft:
        yield draft
        if place.is_dir() and any(place.iterdir()):
            for name in kept:
                if (place / name).is_file():
                    shutil.copy2(place / name, draft / name)
            place.rename(aside_of(place, moment))
        elif place.is_dir():
            place.rmdir()


def aside_of(place: Path, moment: dt.datetime) -> Path:
    """Return where a workspace that is replaced at a moment goes."""
    return place.with_name(f"{place.name}.avant-{moment:%Y-%m-%d-%H%M%S}")


def _take_out(file: Path, opened: zipfile.ZipFile, name: str, told: Manifest, target: Path) -> None:
    expected, seen, size = told.parts[name], hashlib.sha256(), 0
    target.parent.mkdir(exist_ok=True)
    try:
        member = opened.open(name)
    except KeyError as error:
        raise _damaged(file, tr("il y manque {name}").format(name=name)) from error
    with member, target.open("wb") as out:
        while size <= expected.size and (chunk := member.read(_CHUNK)):
            size += len(chunk)
            seen.update(chunk)
            out.write(chunk)
    if (size, seen.hexdigest()) != (expected.size, expected.sha256):
        message = tr("{name} n'est pas celui qui a été sauvegardé")
        raise _damaged(file, message.format(name=name))


def _damaged(file: Path, why: str) -> UnusableFile:
    message = tr("cette sauvegarde est abîmée ({why}) : rien n'a été restauré, prenez-en une autre")
    return UnusableFile(file, message.format(why=why))
