"""A backup made while the site runs, checked before it bears its name, and old ones removed."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from maillage import __version__
from maillage.kernel.atomic import output_error
from maillage.kernel.errors import OutputError, UnusableFile, WorkspaceError
from maillage.kernel.language import tr
from maillage.storage.address import DATABASE_FILE
from maillage.storage.backup.manifest import (
    MANIFEST_FILE,
    TIMETABLES,
    Manifest,
    Part,
    is_known,
    read_manifest,
    rows_of,
    sha256_of,
    what_is_wrong_in,
)
from maillage.storage.marker import MARKER_FILE, read_marker
from maillage.storage.upgrade import BACKUP_FOLDER, copy_database

SUFFIX = ".zip"


def name_of(siren: str | None, moment: dt.datetime) -> str:
    """Return the name of a backup made at a moment, where nobody gives one."""
    return f"maillage-{siren or 'espace'}-{moment:%Y-%m-%d-%H%M%S}{SUFFIX}"


def make_backup(folder: Path, out: Path, moment: dt.datetime) -> tuple[Path, Manifest]:
    """Copy a workspace into one compressed file, whole or not at all; return it and its manifest.

    ``out`` is that file, or a folder in which one is named after the moment. What is downloaded,
    the copies kept by upgrades and the secret of the site are left out. Nobody who writes waits.
    Raises WorkspaceError where the workspace is none or damaged, OutputError where ``out`` stands
    already or cannot be written.
    """
    marker = read_marker(folder)
    file = out / name_of(marker.siren, moment) if out.is_dir() else out
    if file.exists():
        message = tr("« {file} » existe déjà : une sauvegarde n'en remplace pas une autre.")
        raise OutputError(message.format(file=file))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".maillage-", dir=file.parent) as name:
            draft = Path(name)
            copy = draft / DATABASE_FILE
            _copy_whole(folder, copy)
            told = _manifest(folder, copy, marker.siren, moment)
            packed = draft / "sauvegarde"
            _pack(packed, told, {**_beside(folder), DATABASE_FILE: copy})
            packed.chmod(0o600)  # accounts and addresses stand in it
            packed.replace(file)
    except OSError as error:
        if isinstance(error, WorkspaceError):
            raise
        raise output_error(file.parent, error) from error
    return file, told


def remove_older(file: Path, siren: str | None, before: dt.datetime) -> tuple[Path, ...]:
    """Remove the backups of the same territory beside a file that were made before a moment.

    ``file`` itself and whatever is no backup stay. Returns what was removed.
    """
    removed = []
    for other in sorted(file.parent.glob(f"*{SUFFIX}")):
        if other == file or not other.is_file():
            continue
        try:
            told = read_manifest(other)
        except (UnusableFile, OSError):
            continue
        if told.siren == siren and told.made < before:
            other.unlink()
            removed.append(other)
    return tuple(removed)


def remove_copies_of_upgrades(folder: Path, before: dt.datetime) -> tuple[Path, ...]:
    """Remove the copies that upgrades of a workspace kept before a moment; return them.

    What was forgotten since stands in them: they have the term of backups.
    """
    kept = sorted((folder / BACKUP_FOLDER).glob("*.sqlite3"))
    old = tuple(copy for copy in kept if copy.stat().st_mtime < before.timestamp())
    for copy in old:
        copy.unlink()
    return old


def _copy_whole(folder: Path, copy: Path) -> None:
    source = folder / DATABASE_FILE
    if not source.is_file():
        message = tr("Il manque la base « {file} » dans l'espace de travail « {folder} ».")
        raise WorkspaceError(message.format(file=source.name, folder=folder))
    try:
        copy_database(source, copy)
        with closing(sqlite3.connect(copy)) as base:
            base.execute("PRAGMA journal_mode = DELETE")  # one file alone, without its log
        wrong = what_is_wrong_in(copy)
    except sqlite3.Error as error:
        wrong = str(error)
    if wrong:
        message = tr(
            "La base de l'espace de travail « {folder} » est abîmée ({detail}) : rien n'a été "
            "sauvegardé. Gardez vos sauvegardes d'avant, et reprenez-en une (maillage restore)."
        )
        raise WorkspaceError(message.format(folder=folder, detail=wrong))


def _manifest(folder: Path, copy: Path, siren: str | None, moment: dt.datetime) -> Manifest:
    with closing(sqlite3.connect(copy)) as base:
        applied = base.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        migrations = tuple(f"{app}.{name}" for app, name in applied)
    files = {DATABASE_FILE: copy, **_beside(folder)}
    return Manifest(
        made=moment,
        version=__version__,
        siren=siren,
        migrations=migrations,
        rows=rows_of(copy),
        parts={n: Part(sha256_of(path), path.stat().st_size) for n, path in files.items()},
    )


def _beside(folder: Path) -> dict[str, Path]:
    """Return the files of a workspace that nobody can make again, its database set aside."""
    feeds: Iterable[Path] = sorted((folder / TIMETABLES).glob("*"))
    told = {f"{TIMETABLES}/{feed.name}": feed for feed in feeds if feed.is_file()}
    return {MARKER_FILE: folder / MARKER_FILE, **{n: p for n, p in told.items() if is_known(n)}}


def _pack(out: Path, told: Manifest, files: dict[str, Path]) -> None:
    with zipfile.ZipFile(
        out, "w", zipfile.ZIP_DEFLATED, compresslevel=6, strict_timestamps=False
    ) as packed:
        packed.writestr(MANIFEST_FILE, told.as_bytes())
        for name, path in files.items():
            packed.write(path, name)
    with out.open("rb") as written:
        os.fsync(written.fileno())
