"""The sessions of a month as a table: one row a session."""

from __future__ import annotations

from maillage.kernel import french
from maillage.rounds.dated_hours import times_rule
from maillage.rounds.month import RoundMonth
from maillage.tables.write import spreadsheet_bytes

COLUMNS = (
    "date", "jour", "debut", "fin", "commune", "code_insee", "lieu", "adresse", "vehicule",
    "frequence", "lon", "lat", "id",
)  # fmt: skip


def month_csv(month: RoundMonth) -> bytes:
    """Return the rows in order of date and time, for French spreadsheets; dates are ISO."""
    often = {one.stop.id: one.frequency.label for one in month.stops}
    rows = []
    for one in month.sessions:
        start, end = times_rule(one.received).split("-")
        stop = one.stop
        rows.append(
            (one.date.isoformat(), french.weekday(one.date), start, end, stop.commune,
             stop.code_insee, stop.name, stop.address, one.vehicle, often.get(stop.id),
             f"{stop.lon:.6f}", f"{stop.lat:.6f}", one.id)
        )  # fmt: skip
    return spreadsheet_bytes(COLUMNS, rows)
