"""The directory of the territory as flat tables: lieux, structures, services, permanences.

What tables and maps share: columns with a kind, rows in order of id, None = not told. Several
values of a cell are joined by « | », as in the national schema; "" = told none. The lieux of the
neighbours are left out, and only a lieu's own coordinates are written.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from maillage.directory.losses import LostField
from maillage.directory.model import Directory, Lieu, Permanence, Precision, Service, Structure
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.kernel.provenance import SourceRef
from maillage.standard import mednum
from maillage.standard.words import Word

Cell = str | int | float | dt.date | None


class CellKind(enum.Enum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in files, its title for people, what it holds."""

    name: str
    title: str
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; ``points`` is where each row stands, None where the table is on no map."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    points: tuple[Point | None, ...] | None = None


# The columns of the record that a permanence shows: the others are those of its lieu and structure.
_OF_RECORD: tuple[tuple[str, str], ...] = (
    ("nom", "Nom sur la fiche"),
    ("complement_adresse", "Complément d'adresse"),
    ("telephone", "Téléphone"),
    ("courriels", "Courriels"),
    ("site_web", "Site web"),
    ("prise_rdv", "Prise de rendez-vous"),
    ("presentation_resume", "Présentation (résumé)"),
    ("presentation_detail", "Présentation (détail)"),
    ("itinerance", "Itinérance"),
    ("structure_parente", "Structure parente"),
    ("publics_specifiquement_adresses", "Publics"),
    ("prise_en_charge_specifique", "Prise en charge spécifique"),
    ("frais_a_charge", "Frais à charge"),
    ("dispositif_programmes_nationaux", "Dispositifs nationaux"),
    ("formations_labels", "Formations et labels"),
    ("autres_formations_labels", "Autres labels"),
    ("modalites_acces", "Modalités d'accès"),
    ("modalites_accompagnement", "Modalités d'accompagnement"),
    ("fiche_acces_libre", "Fiche Acceslibre"),
    ("typologie", "Typologie sur la fiche"),
    ("source", "Collecteur"),
)


def directory_sheets(directory: Directory) -> tuple[Sheet, ...]:
    """Return the sheets of the territory: lieux, structures, services, permanences."""
    inside = directory.inside()
    return (_lieux(inside), _structures(inside), _services(inside), _permanences(inside))


def own_point(lieu: Lieu) -> Point | None:
    """Return where a lieu itself stands; None where only its commune is known."""
    return lieu.point if lieu.precision is Precision.ADDRESS else None


def text_of(value: object) -> str | None:
    """Return a value as one cell of text: words by their value, several joined by « | »."""
    if value is None:
        return None
    if isinstance(value, tuple):
        return mednum.SEPARATOR.join(text_of(part) or "" for part in value)
    return str(value.value) if isinstance(value, Word) else str(value)


def holdable(text: str) -> str:
    """Return a text that any file can hold: halves of signs and control signs become « \ufffd »."""
    whole = text.encode("utf-8", errors="replace").decode()
    return "".join("\ufffd" if c < " " and c not in "\t\n\r" else c for c in whole)


def unholdable(sheet: Sheet) -> Iterator[LostField]:
    """Give one loss a cell whose text no file can hold as it is."""
    why = tr("signes illisibles remplacés par « \ufffd »")
    for row in sheet.rows:
        for column, cell in zip(sheet.columns, row, strict=True):
            if isinstance(cell, str) and holdable(cell) != cell:
                yield f"{sheet.name}.{column.name}", why


def _lieux(inside: Directory) -> Sheet:
    columns = (
        Column("id", tr("Identifiant")),
        Column("nom", tr("Nom")),
        Column("adresse", tr("Adresse")),
        Column("code_postal", tr("Code postal")),
        Column("commune", tr("Commune")),
        Column("code_insee", tr("Code INSEE")),
        Column("longitude", tr("Longitude"), CellKind.DECIMAL),
        Column("latitude", tr("Latitude"), CellKind.DECIMAL),
        Column("precision", tr("Situation")),
        Column("n_permanences", tr("Permanences"), CellKind.WHOLE),
        Column("sources", tr("Sources")),
    )
    held: dict[str, int] = {}
    for permanence in inside.permanences:
        held[permanence.lieu_id] = held.get(permanence.lieu_id, 0) + 1
    lieux = sorted(inside.lieux, key=lambda lieu: lieu.id)
    rows = tuple(_lieu(lieu, held.get(lieu.id, 0)) for lieu in lieux)
    return Sheet("lieux", tr("Lieux"), columns, rows, tuple(own_point(lieu) for lieu in lieux))


def _lieu(lieu: Lieu, n_permanences: int) -> tuple[Cell, ...]:
    point = own_point(lieu)
    return (
        lieu.id,
        lieu.nom,
        lieu.adresse,
        lieu.code_postal,
        lieu.commune,
        lieu.code_insee,
        point.lon if point else None,
        point.lat if point else None,
        tr(lieu.precision.label),
        n_permanences,
        _sources(lieu.sources),
    )


def _structures(inside: Directory) -> Sheet:
    columns = (
        Column("id", tr("Identifiant")),
        Column("nom", tr("Nom")),
        Column("pivot", tr("SIRET ou RNA")),
        Column("typologie", tr("Typologie")),
        Column("typologie_label", tr("Typologie en clair")),
        Column("sources", tr("Sources")),
    )
    rows = tuple(_structure(s) for s in sorted(inside.structures, key=lambda s: s.id))
    return Sheet("structures", tr("Structures"), columns, rows)


def _structure(structure: Structure) -> tuple[Cell, ...]:
    labels = mednum.SEPARATOR.join(tr(word.label) for word in structure.typologie)
    return (
        structure.id,
        structure.nom,
        structure.pivot,
        text_of(structure.typologie) or None,
        labels or None,
        _sources(structure.sources),
    )


def _services(inside: Directory) -> Sheet:
    columns = (
        Column("id", tr("Identifiant")),
        Column("service", tr("Service")),
        Column("structure_id", tr("Identifiant de la structure")),
        Column("structure", tr("Structure")),
    )
    names = {s.id: s.nom for s in inside.structures}
    rows = tuple(
        (s.id, str(s.kind.value), s.structure_id, names.get(s.structure_id))
        for s in sorted(inside.services, key=lambda s: s.id)
    )
    return Sheet("services", tr("Services"), columns, rows)


def _permanences(inside: Directory) -> Sheet:
    columns = (
        Column("id", tr("Identifiant")),
        Column("lieu_id", tr("Identifiant du lieu")),
        Column("structure_id", tr("Identifiant de la structure")),
        Column("lieu", tr("Lieu")),
        Column("commune", tr("Commune")),
        Column("structure", tr("Structure")),
        Column("services", tr("Services")),
        Column("horaires", tr("Horaires (OSM)")),
        Column("itinerant", tr("Itinérant")),
        Column("date_maj", tr("Dernière mise à jour"), CellKind.DATE),
        *(Column(name, tr(title)) for name, title in _OF_RECORD),
        Column("sources", tr("Sources")),
    )
    lieux = {lieu.id: lieu for lieu in inside.lieux}
    names = {s.id: s.nom for s in inside.structures}
    kinds = {s.id: s for s in inside.services}
    permanences = sorted(inside.permanences, key=lambda p: p.id)
    rows = tuple(
        _permanence(p, lieux[p.lieu_id], names[p.structure_id], kinds) for p in permanences
    )
    points = tuple(own_point(lieux[p.lieu_id]) for p in permanences)
    return Sheet("permanences", tr("Permanences"), columns, rows, points)


def _permanence(
    permanence: Permanence, lieu: Lieu, structure: str, services: dict[str, Service]
) -> tuple[Cell, ...]:
    given = permanence.service_ids
    return (
        permanence.id,
        lieu.id,
        permanence.structure_id,
        lieu.nom,
        lieu.commune,
        structure,
        None if given is None else text_of(tuple(services[i].kind for i in given)),
        permanence.horaires,
        tr("oui") if permanence.itinerant else tr("non"),
        permanence.record.date_maj,
        *(text_of(getattr(permanence.record, name)) for name, _ in _OF_RECORD),
        _sources(permanence.sources),
    )


def _sources(sources: Iterable[SourceRef]) -> str | None:
    return mednum.SEPARATOR.join(f"{s.source_id}:{s.record_id}" for s in sources) or None
