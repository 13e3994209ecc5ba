"""Which records are one, as a table for analysts."""

from __future__ import annotations

from maillage.jobs.link_files import Linked
from maillage.tables.write import csv_bytes

COLUMNS = ("source_id", "source", "lieu", "structure", "probability", "reasons")


def clusters_csv(linked: Linked) -> bytes:
    """Return one row a record: its lieu, its structure, and what ties it to others.

    ``probability`` has four decimals, empty where the record stands alone; reasons are parted by
    "|". No cell is a live formula.
    """
    rows = [
        {
            "source_id": row.source_id,
            "source": row.source,
            "lieu": row.lieu,
            "structure": row.structure,
            "probability": "" if row.probability is None else f"{row.probability:.4f}",
            "reasons": "|".join(row.reasons),
        }
        for row in linked.rows
    ]
    return csv_bytes(COLUMNS, rows, neutralise=True)
