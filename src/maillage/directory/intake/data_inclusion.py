"""data·inclusion: its structures (records) and its services (what help a structure gives).

Structures come as the national schema's old words (the files of 2022) or data·inclusion v1, whose
columns ``standard`` knows too. Ids are only unique within their own collector (``source``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from maillage.directory.hours import parse_hours
from maillage.directory.intake import mednum as national
from maillage.directory.intake.reading import Recipe, told
from maillage.directory.intake.records import Keep, SourcedRecord
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.provenance import LocalFile
from maillage.standard import mednum
from maillage.standard.aliases import understand
from maillage.tables.model import Row, Table
from maillage.tables.read import read_table

STRUCTURE_COLUMNS = frozenset({"id", "nom", "source", "date_maj", "reseaux_porteurs"})
SERVICE_COLUMNS = frozenset({"id", "nom", "source", "structure_id", "thematiques"})

SERVICES_WITHOUT_PLACE = FindingKind(
    "services-without-place",
    Severity.INFO,
    "{value} services numériques ne disent pas où ils sont rendus : laissés de côté.",
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
_SHARED = (*_PLACE, "latitude", "longitude", "telephone", "courriel", "source", "date_maj")


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
    rows = tuple(_joined(rows) for rows in _by_structure(placed))
    joined = Table(table.path, table.kind, table.columns, rows, table.findings)
    records, doubts = Recipe(national.place, _service).read_rows(joined, file, keep, on)
    n = len(digital) - len(placed)
    where = Where(file.dataset.source_id)
    lost = (SERVICES_WITHOUT_PLACE.at(where, value=n),) if n else ()
    return records, (*doubts, *lost)


def _structure(row: Row, where: Where, doubts: list[Finding]) -> dict[str, str]:
    cells = national.translate(row, where, doubts)
    return told(cells, id=_full_id(cells.get("source"), cells.get("id")))


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
    groups: dict[tuple[str | None, ...], list[Row]] = {}
    for row in rows:
        place = tuple(row.get(name) for name in _PLACE)
        key = (row.get("source"), row.get("structure_id"), *place)
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _joined(rows: list[Row]) -> Row:
    """Return one row for the services of one structure at one address."""
    first = rows[0]
    services = dict.fromkeys(service for row in rows for service in _services(row))
    fees = dict.fromkeys(_FEES[row.cells["frais"]] for row in rows if row.get("frais") in _FEES)
    names = dict.fromkeys(row.cells["nom"] for row in rows if row.get("nom"))
    dates = sorted(row.cells["date_maj"] for row in rows if row.get("date_maj"))
    cells = {name: first.cells[name] for name in _SHARED if name in first.cells}
    more = {
        "id": first.get("structure_id"),
        "nom": " / ".join(names),
        "services": mednum.SEPARATOR.join(service.value for service in services),
        "frais_a_charge": mednum.SEPARATOR.join(fee.value for fee in fees),
        "horaires": first.get("horaires_accueil") if len(rows) == 1 else None,
        "date_maj": dates[-1] if dates else None,
    }
    return Row(first.line, told(cells, **more))


def _service(row: Row, where: Where, doubts: list[Finding]) -> dict[str, str]:
    hours, found = parse_hours(row.get("horaires"), where)
    doubts += found
    cells = {name: text for name, text in row.cells.items() if name != "horaires"}
    own_id = _full_id(row.get("source"), row.get("id"))
    return told(cells, horaires=hours, id=own_id)
