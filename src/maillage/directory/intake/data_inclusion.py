"""data·inclusion: its structures (records) and its services (what help a structure gives).

Structures come as the national schema's old words (the files of 2022) or data·inclusion v1, whose
columns ``standard`` knows too. Ids are only unique within their own collector (``source``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from maillage.directory.hours import parse_hours
from maillage.directory.intake import mednum as national
from maillage.directory.intake.reading import Recipe, told, told_in
from maillage.directory.intake.records import Keep, SourcedRecord
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.ids import fingerprint
from maillage.kernel.provenance import LocalFile
from maillage.standard import mednum
from maillage.standard.aliases import understand
from maillage.standard.dates import parse_date
from maillage.tables.model import Row, Table
from maillage.tables.read import read_table

STRUCTURE_COLUMNS = frozenset({"id", "nom", "source", "date_maj", "reseaux_porteurs"})
SERVICE_COLUMNS = frozenset({"id", "nom", "source", "structure_id", "thematiques"})

SERVICES_WITHOUT_PLACE = FindingKind(
    "services-without-place",
    Severity.INFO,
    "Services numériques qui ne disent pas où ils sont rendus, laissés de côté : {value}.",
    "Rien à faire : leurs structures disent déjà leurs services.",
)

_THEME = "numerique--"
_THEMES_V1 = {
    "acceder-a-des-services-en-ligne": mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,
    "maitriser-les-fondamentaux-du-numerique": (
        mednum.Service.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN
    ),
    "acceder-a-une-connexion-internet": mednum.Service.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE,
    "acquerir-un-equipement": mednum.Service.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE,
}
_FEES = {"gratuit": mednum.Frais.GRATUIT, "payant": mednum.Frais.PAYANT}
_PLACE = ("commune", "code_postal", "code_insee", "adresse", "complement_adresse")
_SHARED = (*_PLACE, "latitude", "longitude", "telephone", "courriel", "source")


def read_structures(
    file: LocalFile, keep: Keep, on: dt.date
) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
    """Return the structures wanted; their ids are ``collector--id``."""
    return Recipe(national.place, _structure).read(file, keep, on)


def read_services(
    file: LocalFile, keep: Keep, on: dt.date
) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
    """Return one record for each structure and address whose digital services are wanted.

    It bears the structure's id, so that it joins the structure's own record; where no structure
    is told it bears the services' names. Services without a digital theme are not help that this
    directory is about; those that say no place (v0) are counted in a finding.
    """
    table = read_table(file.path)
    digital = [row for row in table.rows if _services(row)]
    placed = [row for row in digital if row.get("code_postal", "code_insee", "commune")]
    doubts: list[Finding] = []
    where = Where(file.dataset.source_id)
    rows = tuple(_joined(group, where, on, doubts) for group in _by_structure(placed))
    joined = Table(table.path, table.kind, table.columns, rows, table.findings)
    records, more = Recipe(national.place, _service).read_rows(joined, file, keep, on)
    wanted = {sourced.ref.line for sourced in records}
    doubts = [doubt for doubt in doubts if doubt.where.line in wanted]
    n = len(digital) - len(placed)
    lost = (SERVICES_WITHOUT_PLACE.at(where, value=n),) if n else ()
    return records, (*more, *doubts, *lost)


def _structure(row: Row, where: Where, doubts: list[Finding]) -> dict[str, str]:
    cells = national.translate(row, where, doubts)
    return told(cells, id=_full_id(cells.get("source"), told_in(cells, "id")))


def _full_id(collector: str | None, own_id: str | None) -> str | None:
    if not collector or not own_id or own_id.startswith(f"{collector}--"):
        return own_id
    return f"{collector}--{own_id}"


def _services(row: Row) -> tuple[mednum.Service, ...]:
    """Return the services that the digital themes of a row tell, v0 or v1."""
    found: dict[mednum.Service, None] = {}
    for theme in (row.get("thematiques") or "").split(mednum.SEPARATOR):
        if not theme.startswith(_THEME):
            continue
        name = theme.removeprefix(_THEME)
        alias = understand("services", name)
        words = (_THEMES_V1[name],) if name in _THEMES_V1 else alias.words if alias else ()
        found.update(dict.fromkeys(w for w in words if isinstance(w, mednum.Service)))
    return tuple(found)


def _by_structure(rows: Iterable[Row]) -> list[list[Row]]:
    """Return the rows of each structure and address, in order of id whatever that of the file."""
    groups: dict[tuple[str | None, ...], list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row.get("id") or "", fingerprint(row.cells))):
        place = tuple(row.get(name) for name in _PLACE)
        key = (row.get("source"), row.get("structure_id"), *place)
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _joined(rows: list[Row], where: Where, on: dt.date, doubts: list[Finding]) -> Row:
    """Return one row for the services of one structure at one address, as fresh as the latest.

    Dates that cannot be read are doubts, on the line of the joined row.
    """
    first = rows[0]
    own_id = _full_id(first.get("source"), first.get("structure_id"))
    here = replace(where, line=first.line, subject=own_id or "", field="date_maj")
    services = dict.fromkeys(service for row in rows for service in _services(row))
    fees = dict.fromkeys(_FEES[row.cells["frais"]] for row in rows if row.get("frais") in _FEES)
    names = dict.fromkeys(row.cells["nom"] for row in rows if row.get("nom"))
    cells = {name: first.cells[name] for name in _SHARED if name in first.cells}
    more = {
        "id": first.get("structure_id"),
        "nom": " / ".join(names),
        "services": mednum.SEPARATOR.join(service.value for service in services),
        "frais_a_charge": mednum.SEPARATOR.join(fee.value for fee in fees),
        "horaires": first.get("horaires_accueil") if len(rows) == 1 else None,
        "date_maj": _latest(rows, here, on, doubts),
    }
    return Row(first.line, told(cells, **more))


def _latest(rows: list[Row], where: Where, on: dt.date, doubts: list[Finding]) -> str | None:
    dates = []
    for row in rows:
        text = told_in(row.cells, "date_maj")
        date, new = parse_date(text, where, on) if text else (None, ())
        if date is None:
            doubts += new
        else:
            dates.append(date)
    return max(dates).isoformat() if dates else None


def _service(row: Row, where: Where, doubts: list[Finding]) -> dict[str, str]:
    hours, found = parse_hours(told_in(row.cells, "horaires"), where)
    doubts += found
    cells = {name: text for name, text in row.cells.items() if name != "horaires"}
    own_id = _full_id(row.get("source"), row.get("id"))
    return told(cells, horaires=hours, id=own_id)
