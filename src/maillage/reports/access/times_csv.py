"""Times between points as a table: one row for each pair."""

from __future__ import annotations

import numpy as np

from maillage.access.times import TimesTable
from maillage.tables.write import csv_bytes

COLUMNS = ("from_id", "to_id", "minutes")


def times_csv(table: TimesTable) -> bytes:
    """Return one row a pair, in order of the points as given; empty minutes = unreachable.

    Minutes have one decimal. No cell is a live formula.
    """
    told = np.where(np.isfinite(table.minutes), np.round(table.minutes, 1), np.nan)
    rows = (
        {"from_id": origin, "to_id": destination, "minutes": _text(float(told[i, j]))}
        for i, origin in enumerate(table.origins)
        for j, destination in enumerate(table.destinations)
    )
    return csv_bytes(COLUMNS, rows, neutralise=True)


def _text(minutes: float) -> str:
    return "" if np.isnan(minutes) else f"{minutes:.1f}"
