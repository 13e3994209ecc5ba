"""Public libraries of the ministry of Culture: candidate places, of whose help nothing is told."""

from __future__ import annotations

import datetime as dt

from maillage.directory.intake.implied import BIBLIOTHEQUES, IMPLIED
from maillage.directory.intake.reading import Recipe, told
from maillage.directory.intake.records import Keep, RawPlace, SourcedRecord
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.provenance import LocalFile
from maillage.kernel.words import plain
from maillage.standard.cells import without_decimals
from maillage.tables.model import Row

NOT_PUBLIC = FindingKind(
    "library-not-public",
    Severity.INFO,
    "Adresse administrative d'un réseau de lecture, laissée de côté : « {value} ».",
    "Rien à faire : le public n'y est pas reçu.",
)
COLUMNS = frozenset({"Libelle1", "code_bib", "coordonnees_ban"})


def read(
    file: LocalFile, keep: Keep, on: dt.date
) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
    """Return the libraries wanted that receive the public.

    Coordinates are those of the address (``coordonnees_ban``). Where the file has no street, or no
    such coordinates, it writes the middle of the commune, which is not the place's own. The file
    tells no date of update and no opening hours.
    """
    return Recipe(_place, _translate).read(file, keep, on)


def _place(row: Row) -> RawPlace:
    latitude, longitude = _coordinates(row)
    return RawPlace(_postal(row), row.get("INSEE"), latitude, longitude, row.get("Ville"))


def _translate(row: Row, where: Where, doubts: list[Finding]) -> dict[str, str] | None:
    if plain(row.get("type_adresse") or "") == "adresse administrative":
        doubts.append(NOT_PUBLIC.at(where, value=row.get("Libelle1")))
        return None
    latitude, longitude = _coordinates(row) if row.get("voie") else (None, None)
    return told(
        IMPLIED[BIBLIOTHEQUES].cells(),
        id=without_decimals(row.get("code_bib") or "") or None,
        nom=row.get("Libelle1"),
        adresse=row.get("voie"),
        complement_adresse=_complement(row),
        commune=row.get("Ville"),
        code_postal=_postal(row),
        code_insee=row.get("INSEE"),
        latitude=latitude,
        longitude=longitude,
    )


def _postal(row: Row) -> str | None:
    """Return the postal code; the file writes 00000 where it has none."""
    postal = row.get("CP")
    return None if postal is None or not postal.strip("0") else postal


def _coordinates(row: Row) -> tuple[str | None, str | None]:
    latitude, comma, longitude = (row.get("coordonnees_ban") or "").partition(",")
    return (latitude.strip(), longitude.strip()) if comma else (None, None)


def _complement(row: Row) -> str | None:
    """Return the second name and the spot, each said once."""
    parts: dict[str, str] = {}
    for text in (row.get("Libelle2"), row.get("Localisation")):
        if text and plain(text) not in {
            plain(row.get("voie") or ""),
            plain(row.get("Ville") or ""),
        }:
            parts.setdefault(plain(text), text)
    return ", ".join(parts.values()) or None
