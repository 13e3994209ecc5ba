"""The sessions of a month as a table: one row a session."""

from __future__ import annotations

from maillage.rounds.dated_hours import times_rule
from maillage.rounds.month import RoundMonth
from maillage.tables.write import csv_bytes

COLUMNS = (
    "date",
    "start",
    "end",
    "commune",
    "code_insee",
    "place",
    "vehicle",
    "frequency",
    "lon",
    "lat",
    "id",
)


def month_csv(month: RoundMonth) -> bytes:
    """Return the rows in order of date and time; no cell is a live formula."""
    often = {one.stop.id: one.frequency.code for one in month.stops}
    rows = []
    for session in month.sessions:
        stop = session.stop
        start, end = times_rule(session.received).split("-")
        rows.append(
            {
                "date": session.date.isoformat(),
                "start": start,
                "end": end,
                "commune": stop.commune,
                "code_insee": stop.code_insee,
                "place": stop.name,
                "vehicle": session.vehicle,
                "frequency": often.get(stop.id),
                "lon": f"{stop.lon:.6f}",
                "lat": f"{stop.lat:.6f}",
                "id": session.id,
            }
        )
    return csv_bytes(COLUMNS, rows, neutralise=True)
