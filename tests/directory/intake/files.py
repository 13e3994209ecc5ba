"""Files written for a test, as a source would give them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from maillage.kernel.provenance import Dataset, LocalFile, Origin


def local(path: Path, source_id: str, vintage: str = "") -> LocalFile:
    """Return a file of the disk as a source."""
    dataset = Dataset(source_id, source_id, "éditeur", "Licence Ouverte", vintage, Origin.FILE)
    return LocalFile(path, dataset)


def csv_file(
    folder: Path, source_id: str, rows: Sequence[dict[str, str]], separator: str = ","
) -> LocalFile:
    """Write the rows as CSV and return the file as a source."""
    text = io.StringIO(newline="")
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, columns, delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path = folder / f"{source_id}.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return local(path, source_id)


def json_file(folder: Path, source_id: str, text: str) -> LocalFile:
    """Write the text as JSON and return the file as a source."""
    path = folder / f"{source_id}.json"
    path.write_text(text, encoding="utf-8")
    return local(path, source_id)
