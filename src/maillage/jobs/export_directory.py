"""Give a directory to others, in as many formats as asked, and say what each loses."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from maillage.directory.field_words import label
from maillage.directory.losses import ExportLoss
from maillage.jobs.ports import DirectoryWriter, Exported, TerritoryWork
from maillage.kernel.atomic import output_error, write_whole
from maillage.kernel.errors import MaillageError
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.tables.write import csv_bytes

LOSSES_SUFFIX = ".pertes.csv"


@dataclass(frozen=True, slots=True)
class GivenFormat:
    """One format that was written: its files, then the table of what it loses."""

    format: str
    exported: Exported
    losses_path: Path


def export_directory(
    work: TerritoryWork,
    writers: Sequence[DirectoryWriter],
    stem: Path,
    *,
    on: dt.date,
    progress: Progress,
) -> tuple[GivenFormat, ...]:
    """Write the directory at ``stem`` + the suffixes of each writer, and the losses of each.

    Nothing is put in place before every format is made; then each file is written whole. Raises
    OutputError where they cannot be written.
    """
    progress.step(tr("Export de l'annuaire"), total=len(writers))
    given = []
    try:
        with tempfile.TemporaryDirectory(prefix="maillage-") as name:
            draft = Path(name)
            for writer in writers:
                given.append(_write(work, writer, draft / stem.name, on))
                progress.advance()
            for path in sorted(draft.iterdir()):
                write_whole(stem.parent / path.name, path.read_bytes())
    except OSError as error:
        if isinstance(error, MaillageError):
            raise
        raise output_error(stem.parent, error) from error
    return tuple(_moved(each, stem.parent) for each in given)


def losses_csv(losses: Sequence[ExportLoss]) -> bytes:
    """Return the table of what a format loses."""
    columns = ("champ", "libellé", "perte", "lignes")
    rows = [
        {
            "champ": loss.field,
            "libellé": label(loss.field),
            "perte": loss.what,
            "lignes": str(loss.n_rows),
        }
        for loss in losses
    ]
    return csv_bytes(columns, rows, neutralise=True)


def _write(work: TerritoryWork, writer: DirectoryWriter, stem: Path, on: dt.date) -> GivenFormat:
    exported = writer.write(work, stem, on)
    path = stem.with_name(f"{stem.name}.{writer.format}{LOSSES_SUFFIX}")
    write_whole(path, losses_csv(exported.losses))
    return GivenFormat(writer.format, exported, path)


def _moved(given: GivenFormat, folder: Path) -> GivenFormat:
    paths = tuple(folder / path.name for path in given.exported.paths)
    moved = replace(given.exported, paths=paths)
    return replace(given, exported=moved, losses_path=folder / given.losses_path.name)
