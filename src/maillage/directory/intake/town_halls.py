"""Town halls: candidate places with their hours, of whose digital help nothing is told."""

from __future__ import annotations

import datetime as dt

from maillage.directory.hours import hours_of_town_hall
from maillage.directory.intake.implied import IMPLIED, MAIRIES
from maillage.directory.intake.reading import Recipe, told
from maillage.directory.intake.records import Keep, RawPlace, SourcedRecord
from maillage.kernel.findings import Finding, Where
from maillage.kernel.french import of
from maillage.kernel.provenance import LocalFile
from maillage.tables.model import Row

COLUMNS = frozenset({"code_insee", "commune", "lon", "lat", "horaires_json"})


def read(
    file: LocalFile, keep: Keep, on: dt.date
) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
    """Return the town halls wanted. The file tells no date of update and no name but the commune's.

    Two town halls of one commune (delegate communes) are told apart by a fingerprint of the row.
    """
    return Recipe(_place, _translate).read(file, keep, on)


def _place(row: Row) -> RawPlace:
    return RawPlace(
        code_postal=_postal(row),
        code_insee=row.get("code_insee"),
        commune=row.get("commune"),
        latitude=row.get("lat"),
        longitude=row.get("lon"),
    )


def _translate(row: Row, where: Where, doubts: list[Finding]) -> dict[str, str]:
    commune, postal = row.get("commune"), _postal(row)
    hours, found = hours_of_town_hall(row.get("horaires_json"), where)
    doubts += found
    address = row.get("adresse") or ""
    code = row.get("code_insee")
    return told(
        IMPLIED[MAIRIES].cells(),
        id=f"mairie-{code}" if code else None,
        nom=f"Mairie {of(commune)}" if commune else None,
        adresse=address.rpartition(",")[0].strip() if postal else address,
        commune=commune,
        code_postal=postal,
        code_insee=code,
        latitude=row.get("lat"),
        longitude=row.get("lon"),
        horaires=hours,
        site_web=row.get("site"),
        itinerance="Fixe",
    )


def _postal(row: Row) -> str | None:
    """Return the postal code that the address ends with: « Place de la Mairie, 62260 Amettes »."""
    _, comma, end = (row.get("adresse") or "").rpartition(",")
    first = end.split()[:1] if comma else []
    return first[0] if first and first[0].isdigit() and len(first[0]) == 5 else None
