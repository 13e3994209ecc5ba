"""Candidate venues from a list that the user brings."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from maillage.access.unreached.communes import Commune, Communes, with_zero
from maillage.access.unreached.model import Venue, VenueKind
from maillage.access.unreached.permanence_hours import PermanenceHours, permanence_hours
from maillage.access.unreached.venues import Venues
from maillage.directory.hours import parse_hours
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.tables.model import Row, Table
from maillage.tables.read import read_table
from maillage.territory.model import Territory

_COLUMNS = {
    "id": ("id", "identifiant"),
    "name": ("nom", "name"),
    "commune": ("commune", "ville"),
    "code": ("code_insee", "insee", "code_commune"),
    "lon": ("lon", "longitude", "lng"),
    "lat": ("lat", "latitude"),
    "hours": ("horaires", "opening_hours"),
    "room": ("places", "bureaux"),
}

VENUE_UNPLACED = FindingKind(
    "venue-unplaced",
    Severity.ERROR,
    "Le lieu candidat « {value} » n'a pas de coordonnées lisibles : il est laissé de côté.",
    "Écrivez sa longitude et sa latitude en degrés, par exemple 2.6402 et 50.5303.",
)
VENUE_COMMUNE_UNKNOWN = FindingKind(
    "venue-commune-unknown",
    Severity.ERROR,
    "La commune du lieu candidat « {name} » n'est pas connue ici (« {value} ») : il est laissé de "
    "côté.",
    "Écrivez le code INSEE d'une commune du territoire ou d'une voisine.",
)
VENUE_COMMUNE_OTHER = FindingKind(
    "venue-commune-other",
    Severity.WARNING,
    "Le lieu candidat « {name} » est dit à {value}, mais son point est à {other}.",
    "Vérifiez ses coordonnées : elles comptent, la commune dite est gardée.",
)
VENUE_TWICE = FindingKind(
    "venue-twice",
    Severity.ERROR,
    "Deux lieux candidats portent l'identifiant « {value} » : seul le premier compte.",
    "Donnez à chacun un identifiant à lui.",
)
VENUE_ROOM_UNREADABLE = FindingKind(
    "venue-room-unreadable",
    Severity.WARNING,
    "Le nombre de places du lieu candidat « {name} » n'est pas compris (« {value} ») : il est "
    "tenu pour inconnu.",
    "Écrivez combien de personnes peuvent y aider à la fois : 1, 2…",
)
VENUE_NEVER_OPEN = FindingKind(
    "venue-never-open",
    Severity.WARNING,
    "Les horaires du lieu candidat « {name} » ne laissent la place d'aucune permanence : "
    "« {value} ».",
    "Vérifiez ses horaires ; sans horaires, toute demi-journée travaillée y est supposée possible.",
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What rows are read with."""

    communes: Communes
    hours: PermanenceHours


def read_venues(path: Path, territory: Territory, parameters: Parameters) -> Venues:
    """Return the venues of a table of ``nom, commune, code_insee, lon, lat, horaires, places``.

    ``id`` may be told; else the row's line names it. A commune that is not told is the one that
    holds the point. Raises UnusableFile where no row can be used.
    """
    table = read_table(path)
    cells = _named_columns(table)
    if not {"lon", "lat"} <= set(cells):
        message = tr("il faut des colonnes « lon » et « lat » (degrés) ; lues : {columns}.")
        raise UnusableFile(path, message.format(columns=", ".join(table.columns)))
    reading = _Reading(Communes(territory), permanence_hours(parameters))
    findings = list(table.findings)
    venues: dict[str, Venue] = {}
    for row in table.rows:
        told = {name: row.get(column) or "" for name, column in cells.items()}
        venue = _venue(told, _where(path, row, told), reading, findings)
        if venue is None:
            continue
        if venue.id in venues:
            findings.append(VENUE_TWICE.at(_where(path, row, told), value=venue.id))
        else:
            venues[venue.id] = venue
    if not venues:
        raise UnusableFile(
            path, tr("aucun lieu candidat utilisable : il faut lon, lat et commune.")
        )
    return Venues(tuple(venues[one] for one in sorted(venues)), tuple(findings))


def _named_columns(table: Table) -> dict[str, str]:
    """Return the column that tells each thing, whatever its case."""
    told = {column.strip().lower(): column for column in reversed(table.columns)}
    found = {
        key: next((told[name] for name in names if name in told), None)
        for key, names in _COLUMNS.items()
    }
    return {key: column for key, column in found.items() if column is not None}


def _where(path: Path, row: Row, told: dict[str, str]) -> Where:
    subject = told.get("id") or told.get("name") or tr("ligne {n}").format(n=row.line)
    return Where(path.name, row.line, subject)


def _venue(
    told: dict[str, str], where: Where, by: _Reading, findings: list[Finding]
) -> Venue | None:
    name = told.get("name") or where.subject
    point = _point(told)
    if point is None:
        findings.append(VENUE_UNPLACED.at(where, value=name))
        return None
    commune = _commune(told, point, by.communes, (where, name), findings)
    if commune is None:
        value = told.get("code") or told.get("commune") or ""
        findings.append(VENUE_COMMUNE_UNKNOWN.at(where, value=value, name=name))
        return None
    return Venue(
        id=told.get("id") or f"candidat-{where.line}",
        name=name,
        code_insee=commune.code_insee,
        commune=commune.name,
        lon=point.lon,
        lat=point.lat,
        kind=VenueKind.GIVEN,
        half_days=_half_days(told, where, by.hours, findings),
        room=_room(told, where, findings),
    )


def _point(told: dict[str, str]) -> Point | None:
    try:
        lon, lat = (float(told[name].replace(",", ".")) for name in ("lon", "lat"))
    except ValueError:
        return None
    seen = math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90
    return Point(lon, lat) if seen else None


def _commune(
    told: dict[str, str],
    point: Point,
    communes: Communes,
    of: tuple[Where, str],
    findings: list[Finding],
) -> Commune | None:
    """Return the commune told by its code, else by its name, else the one that holds the point."""
    code, name = told.get("code", ""), told.get("commune", "")
    held = communes.holding(point)
    if not code and not name:
        return held
    commune = communes.coded(with_zero(code)) if code else communes.named(name)
    if commune is not None and held is not None and commune != held:
        where, venue = of
        findings.append(
            VENUE_COMMUNE_OTHER.at(where, value=commune.name, name=venue, other=held.name)
        )
    return commune


def _half_days(
    told: dict[str, str], where: Where, hours: PermanenceHours, findings: list[Finding]
) -> frozenset[int] | None:
    text, doubts = parse_hours(told.get("hours"), where)
    findings += doubts
    if text is None:
        return None
    half_days = hours.half_days_within([text])
    if half_days is not None and not half_days:
        findings.append(VENUE_NEVER_OPEN.at(where, value=text, name=where.subject))
    return half_days


def _room(told: dict[str, str], where: Where, findings: list[Finding]) -> int | None:
    text = told.get("room", "")
    if not text:
        return None
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    findings.append(VENUE_ROOM_UNREADABLE.at(where, value=text, name=where.subject))
    return None
