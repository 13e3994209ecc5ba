"""The workspace: a folder with the database, the cache and the marker of a territory's work."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from maillage.kernel.atomic import folder_whole
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.storage.address import DATABASE_FILE, WAIT_SECONDS
from maillage.storage.marker import MARKER_FILE, VERSION, Marker, read_marker, write_marker
from maillage.storage.setup import close_database, open_database
from maillage.storage.trouble import told_in_french
from maillage.storage.upgrade import bring_up_to_date, migrate

CACHE_FOLDER = "cache"


def default_folder(siren: str) -> Path:
    """Return where the work of a territory stands if the user names no other place."""
    return Path(f"maillage-{siren}")


def is_workspace(folder: Path) -> bool:
    """Say whether a folder bears the marker of a workspace, usable or not."""
    return (folder / MARKER_FILE).is_file()


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open workspace; close it, or use it as a context manager.

    ``siren`` is the territory it was made for, None if it was for none in particular: it can hold
    others. ``alias`` is the name by which Django knows its database in this process.
    """

    folder: Path
    siren: str | None
    alias: str

    @classmethod
    def create(
        cls, folder: Path | None, siren: str | None, *, wait_seconds: float = WAIT_SECONDS
    ) -> Self:
        """Make a workspace, whole or not at all, and open it; ``folder`` None = the default one.

        Raises WorkspaceError where something stands there already, or nothing can be written.
        """
        if folder is None:
            if siren is None:
                raise ValueError("a workspace made for no territory needs a folder")
            folder = default_folder(siren)
        _check_free(folder)
        try:
            with told_in_french(folder), folder_whole(folder) as draft:
                _fill(draft, siren)
        except OSError as error:
            if isinstance(error, WorkspaceError):
                raise
            message = tr("L'espace de travail « {folder} » ne peut pas être créé : {detail}.")
            detail = error.strerror or error
            raise WorkspaceError(message.format(folder=folder, detail=detail)) from error
        return cls.open(folder, wait_seconds=wait_seconds)

    @classmethod
    def open(cls, folder: Path, *, wait_seconds: float = WAIT_SECONDS) -> Self:
        """Open a workspace, brought to this version if an older one made it (a copy is kept).

        ``wait_seconds``: how long a write waits for another program to end its own. Raises
        WorkspaceError where the folder is no workspace, or is newer, damaged, read-only or locked.
        """
        marker = read_marker(folder)
        path = folder / DATABASE_FILE
        _check_usable(folder, path)
        alias = open_database(path, wait_seconds=wait_seconds)
        try:
            with told_in_french(folder):
                bring_up_to_date(alias, folder, wait_seconds=wait_seconds)
        except BaseException:
            close_database(alias)
            raise
        (folder / CACHE_FOLDER).mkdir(exist_ok=True)
        return cls(folder=folder, siren=marker.siren, alias=alias)

    @classmethod
    @contextmanager
    def temporary(cls, siren: str | None = None) -> Iterator[Self]:
        """Give an empty workspace that leaves nothing behind."""
        with tempfile.TemporaryDirectory(prefix="maillage-") as name:
            workspace = cls.create(Path(name), siren)
            try:
                yield workspace
            finally:
                workspace.close()

    @property
    def cache(self) -> Path:
        """The folder where downloaded sources are kept."""
        return self.folder / CACHE_FOLDER

    def close(self) -> None:
        """Let go of the database; closing twice does nothing more."""
        close_database(self.alias)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _fill(draft: Path, siren: str | None) -> None:
    alias = open_database(draft / DATABASE_FILE)
    try:
        migrate(alias)
    finally:
        close_database(alias)
    (draft / CACHE_FOLDER).mkdir()
    write_marker(draft, Marker(VERSION, siren))


def _check_free(folder: Path) -> None:
    if is_workspace(folder):
        message = tr("« {folder} » est déjà un espace de travail : ouvrez-le, ou effacez-le avant.")
    elif folder.is_dir() and any(folder.iterdir()):
        message = tr("Le dossier « {folder} » n'est pas vide : choisissez-en un autre.")
    elif folder.exists() and not folder.is_dir():
        message = tr("« {folder} » est un fichier : un espace de travail est un dossier.")
    else:
        return
    raise WorkspaceError(message.format(folder=folder))


def _check_usable(folder: Path, path: Path) -> None:
    if not path.is_file():
        message = tr(
            "Il manque la base « {file} » dans l'espace de travail « {folder} » : "
            "reprenez-en une sauvegarde, ou refaites l'espace avec « maillage init »."
        )
        raise WorkspaceError(message.format(file=path.name, folder=folder))
    if not (os.access(folder, os.W_OK | os.X_OK) and os.access(path, os.R_OK | os.W_OK)):
        message = tr(
            "L'espace de travail « {folder} » n'est pas modifiable : "
            "vérifiez vos droits sur ce dossier, ou copiez-le ailleurs."
        )
        raise WorkspaceError(message.format(folder=folder))
