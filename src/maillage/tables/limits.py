"""How large a file of rows may be: far above any real one, so that garbage stays harmless."""

from __future__ import annotations

from pathlib import Path

from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr

MAX_BYTES = 64 << 20  # fifteen times the largest national file of places
MAX_UNZIPPED_BYTES = 64 << 20
MAX_SIGNS = 131_072  # in one cell of a CSV: beyond, a quote was surely left open
MAX_CELLS = 5_000_000  # of the sheets of a workbook, empty ones between told ones included
MAX_ROWS = 500_000  # ten times all the national files of places together


def too_heavy(path: Path, size: int) -> UnusableFile:
    """Return the error of a file of ``size`` bytes, more than ``MAX_BYTES``."""
    message = tr(
        "ce fichier fait {size} Mo, plus que les {limit} Mo acceptés : "
        "ne gardez que les lignes de votre territoire"
    )
    return UnusableFile(path, message.format(size=size >> 20, limit=MAX_BYTES >> 20))


def too_many_rows(path: Path) -> UnusableFile:
    """Return the error of a file of more than ``MAX_ROWS`` rows."""
    message = tr(
        "ce fichier a plus de {limit} lignes : ne gardez que les lignes de votre territoire"
    )
    return UnusableFile(path, message.format(limit=MAX_ROWS))
