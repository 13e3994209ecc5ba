"""Aidants Connect: habilitated structures, told without coordinates."""

from __future__ import annotations

import datetime as dt

from maillage.directory.intake.addresses import split_address
from maillage.directory.intake.implied import (
    AIDANTS_CONNECT,
    FRANCE_SERVICES,
    IMPLIED,
    OWN_RECORDS,
)
from maillage.directory.intake.reading import Recipe, told
from maillage.directory.intake.records import Keep, RawPlace, SourcedRecord
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.language import tr
from maillage.kernel.provenance import LocalFile
from maillage.standard import mednum
from maillage.standard.cells import without_decimals
from maillage.tables.model import Row

INACTIVE = FindingKind(
    "aidants-connect-inactive",
    Severity.INFO,
    "Structure Aidants Connect inactive, laissée de côté : « {value} ».",
    "Rien à faire, sauf si elle fait encore des démarches sur mandat.",
)
OWN_RECORD = FindingKind(
    "aidants-connect-own-record",
    Severity.INFO,
    "Fiche des porteurs du dispositif, laissée de côté : « {value} » ({who}).",
    "Rien à faire : ce n'est pas un lieu ouvert au public.",
)
COLUMNS = frozenset({"UUID", "Is Active", "City Insee Code", "Zip Code"})


def read(
    file: LocalFile, keep: Keep, on: dt.date
) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
    """Return the active structures wanted; the inactive and the test accounts are findings.

    The file tells neither coordinates nor a date of update. A structure that it marks France
    Services is told so, with what that implies.
    """
    return Recipe(_place, _translate).read(file, keep, on)


def _place(row: Row) -> RawPlace:
    return RawPlace(
        code_postal=row.get("Zip Code"),
        code_insee=row.get("City Insee Code"),
        commune=row.get("City"),
    )


def _translate(row: Row, where: Where, doubts: list[Finding]) -> dict[str, str] | None:
    name = row.get("Name")
    if (row.get("Is Active") or "").lower() == "false":
        doubts.append(INACTIVE.at(where, value=name))
        return None
    siret = _siret(row.get("Siret"))
    if siret in OWN_RECORDS:
        doubts.append(OWN_RECORD.at(where, value=name, who=tr(OWN_RECORDS[siret or ""])))
        return None
    postal, city = row.get("Zip Code"), row.get("City")
    street, rest = split_address(row.get("Address"), postal, city)
    is_france_services = (row.get("France Services Label") or "").lower() == "true"
    return told(
        _implied(is_france_services=is_france_services),
        id=row.get("UUID", "ID"),
        pivot=siret,
        nom=name,
        adresse=street,
        complement_adresse=rest,
        commune=city,
        code_postal=postal,
        code_insee=row.get("City Insee Code"),
    )


def _siret(text: str | None) -> str | None:
    """Return the SIRET that a spreadsheet turned into a number; None for its 0."""
    if text is None:
        return None
    digits = without_decimals(text)
    return digits if digits.strip("0") else None


def _implied(*, is_france_services: bool) -> dict[str, str]:
    own = IMPLIED[AIDANTS_CONNECT].cells()
    if not is_france_services:
        return own
    also = IMPLIED[FRANCE_SERVICES].cells()
    both = {**own, **also}
    for name in own.keys() & also.keys():
        words = dict.fromkeys([*own[name].split(mednum.SEPARATOR), *also[name].split("|")])
        both[name] = mednum.SEPARATOR.join(words)
    return both
