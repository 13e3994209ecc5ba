"""Files written whole or not at all; folders filled apart, then put in place."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from maillage.kernel.errors import OutputError
from maillage.kernel.language import tr


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` so that a reader sees the old file or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_product(path: Path, content: bytes) -> None:
    """Write a file that a user asked for, whole or not at all; OutputError where it cannot be."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise output_error(path.parent, error) from error


def check_writable(folder: Path) -> None:
    """Raise OutputError, in one French sentence, where a folder could not be written.

    Asked before long work, so that nobody waits for nothing. Nothing is made: where the folder is
    not there yet, the nearest one above is tried.
    """
    nearest = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    try:
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        raise output_error(folder, error) from error


def output_error(folder: Path, error: OSError) -> OutputError:
    """Return the French sentence for a folder that the system refuses to write."""
    if error.errno == errno.ENOSPC:
        why = tr("le disque est plein : libérez de la place")
    elif isinstance(error, FileExistsError | NotADirectoryError):
        why = tr("un fichier porte déjà ce nom, ou celui d'un dossier au-dessus")
    elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
        why = tr("vous n'avez pas le droit d'y écrire")
    else:
        why = error.strerror or str(error)
    message = tr(
        "Impossible d'écrire dans « {folder} » : {why}. Choisissez un autre endroit par --out."
    )
    return OutputError(message.format(folder=folder, why=why))


@contextmanager
def folder_whole(path: Path) -> Iterator[Path]:
    """Give a fresh folder to fill; its files are moved into ``path`` only if all went well.

    Where ``path`` is not there yet, it comes whole in one step. Files that stand in it under the
    same names are replaced, each in one step, others are left alone. What goes wrong while filling
    leaves ``path`` as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    apart = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    draft = apart / "draft"
    try:
        draft.mkdir()
        yield draft
        if not path.exists():
            draft.replace(path)
            return
        for item in sorted(draft.iterdir()):
            target = path / item.name
            if target.is_dir() and not target.is_symlink():
                shutil.rmtree(target)
            item.replace(target)
    finally:
        shutil.rmtree(apart, ignore_errors=True)
