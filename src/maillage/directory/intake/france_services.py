"""France Services: the national list, with one column of hours per day."""

from __future__ import annotations

import datetime as dt

from maillage.directory.hours import hours_of_days
from maillage.directory.intake.implied import FRANCE_SERVICES, IMPLIED
from maillage.directory.intake.reading import Recipe, told
from maillage.directory.intake.records import Keep, RawPlace, SourcedRecord
from maillage.kernel.findings import Finding, Where
from maillage.kernel.provenance import LocalFile
from maillage.tables.model import Row

_DAYS = ("h_lundi", "h_mardi", "h_mercredi", "h_jeudi", "h_vendredi", "h_samedi", "h_dimanche")
_FIXED = {"Fixe": "Fixe", "Fixe_antenne(s)": "Fixe", "Bus_équivalent": "Itinérant"}
COLUMNS = frozenset({"id_fs", "lib_fs", "format_fs"})


def read(
    file: LocalFile, keep: Keep, on: dt.date
) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
    """Return the France Services wanted.

    The file tells no date of update: none is written (its label's date is not one). « Multisites »
    says neither fixed nor moving: itinerance is not told. « prise_rdv » says yes or no, not where:
    it is not the schema's address of an appointment page.
    """
    return Recipe(_place, _translate).read(file, keep, on)


def _place(row: Row) -> RawPlace:
    return RawPlace(
        code_postal=row.get("code_postal"),
        code_insee=row.get("insee_com"),
        commune=row.get("lib_com"),
        latitude=row.get("latitude"),
        longitude=row.get("longitude"),
    )


def _translate(row: Row, where: Where, doubts: list[Finding]) -> dict[str, str]:
    hours, found = hours_of_days({d: row.get(name) for d, name in enumerate(_DAYS)}, where)
    doubts += found
    return told(
        IMPLIED[FRANCE_SERVICES].cells(),
        id=row.get("id_fs"),
        nom=row.get("lib_fs"),
        adresse=row.get("adresse"),
        complement_adresse=row.get("complement_adresse"),
        commune=row.get("lib_com"),
        code_postal=row.get("code_postal"),
        code_insee=row.get("insee_com"),
        latitude=row.get("latitude"),
        longitude=row.get("longitude"),
        telephone=row.get("telephone"),
        courriels=row.get("mail"),
        horaires=hours,
        presentation_detail=row.get("commentaire"),
        structure_parente=row.get("groupe_fs"),
        itinerance=_FIXED.get(row.get("format_fs") or ""),
    )
