"""Backups of an instance: its workspace copied while it runs, and put back, tables up to date."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.storage.address import DATABASE_VARIABLE, is_postgresql
from maillage.storage.backup.manifest import Manifest
from maillage.wiring import site


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that was made: its file, what it says of itself, which others were removed."""

    file: Path
    told: Manifest
    removed: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A workspace made again: where, from what; ``aside`` is where the former one went.

    ``has_key``: the secret that opens what the site sealed is at hand.
    """

    folder: Path
    told: Manifest
    aside: Path | None
    has_key: bool


def backup(workspace: Path | None, out: Path, keep_days: int, moment: dt.datetime) -> Kept:
    """Copy a workspace into a file, then remove the backups older than so many days; 0 = none.

    The workspace is the one named, else that of the environment, else the only one here. Raises
    WorkspaceError, OutputError.
    """
    from maillage.storage.backup.making import (
        make_backup,
        remove_copies_of_upgrades,
        remove_older,
    )
    from maillage.wiring.desk import only_one_in

    place = workspace or _told_by(os.environ, tr(_DUMP)) or only_one_in(Path())
    file, told = make_backup(place, out, moment)
    removed: tuple[Path, ...] = ()
    if keep_days:
        before = moment - dt.timedelta(days=keep_days)
        removed = (
            *remove_older(file, told.siren, before),
            *remove_copies_of_upgrades(place, before),
        )
    return Kept(file, told, removed)


def restore(file: Path, workspace: Path | None, moment: dt.datetime, *, replace: bool) -> Restored:
    """Make a workspace again from a backup; all is checked before anything is changed.

    An older one is brought to this version. What stands there is refused unless ``replace``; then
    it is set aside. Raises UnusableFile, WorkspaceError, MissingExtra.
    """
    from maillage.storage.backup import restoring
    from maillage.storage.backup.manifest import read_manifest
    from maillage.storage.workspace import default_folder

    place = workspace or _told_by(os.environ, tr(_LOAD))
    told = read_manifest(file)
    if place is None:
        if told.siren is None:
            message = tr("Dites où restaurer : cette sauvegarde n'est celle d'aucun territoire.")
            raise WorkspaceError(message)
        place = default_folder(told.siren)
    restoring.check_not_newer(file, told)
    restoring.check_room(place, replace=replace)
    restoring.check_closed(place)
    if told.has_site:
        site.check_installed()
    aside = restoring.aside_of(place, moment) if place.is_dir() and any(place.iterdir()) else None
    with restoring.put_in_place(place, moment, (site.KEY_FILE,)) as draft:
        restoring.unpack(file, told, draft)
        restoring.bring_tables_up_to_date(draft)
        if told.has_site:
            site.prepare(_unlocked(draft))
    has_key = (place / site.KEY_FILE).is_file() or bool(os.environ.get(site.KEY_VARIABLE))
    return Restored(place, told, aside, has_key)


def _unlocked(draft: Path) -> Mapping[str, str]:
    """Return the environment in which tables are made, with a secret that will serve nothing."""
    return site.environment_of(draft, secrets.token_urlsafe(50))


def _told_by(environ: Mapping[str, str], instead: str) -> Path | None:
    """Return the workspace that the environment names; WorkspaceError where it is a server's."""
    address = environ.get(DATABASE_VARIABLE, "")
    if is_postgresql(address):
        raise WorkspaceError(instead)
    return Path(address) if address else None


_DUMP = (
    "La base de ce site est sur PostgreSQL : « maillage backup » ne copie que les bases SQLite. "
    "Sauvegardez-la par « pg_dump --format=custom --file=maillage.dump "
    '"$MAILLAGE_DATABASE" » ; pour sauvegarder un espace de travail, nommez-le par --workspace.'
)
_LOAD = (
    "La base de ce site est sur PostgreSQL : reprenez-la par « pg_restore --clean --if-exists "
    '--no-owner --dbname="$MAILLAGE_DATABASE" maillage.dump », puis « python -m maillage.web '
    "prepare » ; pour restaurer un espace de travail, nommez-le par --workspace."
)
