"""A round that somebody gives as a table: one line a stop and a time.

Columns, in French: ``arret``, ``commune``, ``date`` or ``jour`` (and ``parite``: paire, impaire),
``debut``, ``fin``; ``lon`` and ``lat`` where they are known. A stop without time is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.geometry import Point
from maillage.kernel.ids import make_id
from maillage.kernel.language import tr
from maillage.kernel.words import commune_key, plain
from maillage.rounds.dated_hours import day_rule, times_rule
from maillage.rounds.existing import ExistingRound, ExistingStop
from maillage.rounds.intake.words import date_told, time_told, weekday_told
from maillage.rounds.model import Range
from maillage.tables.model import Table
from maillage.tables.read import read_table
from maillage.territory.model import Territory, Zone

_COLUMNS = {
    "stop": ("arret", "stop", "lieu", "nom", "name"),
    "commune": ("commune", "ville", "code insee"),
    "date": ("date",),
    "weekday": ("jour", "weekday"),
    "parity": ("parite", "semaine", "parity"),
    "start": ("debut", "start"),
    "end": ("fin", "end"),
    "lon": ("lon", "longitude"),
    "lat": ("lat", "latitude"),
}
_WEEKS = {"paire": "week 02-52/2 ", "impaire": "week 01-53/2 "}
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

COMMUNE_NOT_OURS = FindingKind(
    "round-stop-elsewhere",
    Severity.ERROR,
    "La commune de cet arrêt n'est pas du territoire (« {value} ») : la ligne n'est pas lue.",
    "Vérifiez le nom de la commune ; un arrêt chez le voisin ne se juge pas ici.",
)
STOP_AT_TOWN_HALL = FindingKind(
    "round-stop-without-point",
    Severity.WARNING,
    "L'arrêt « {value} » n'a pas de coordonnées : il est placé à la mairie de sa commune.",
    "Ajoutez les colonnes lon et lat.",
)
TIME_UNREADABLE = FindingKind(
    "round-time-unreadable",
    Severity.WARNING,
    "Le jour ou l'heure de cet arrêt n'est pas compris (« {value} ») : il est lu sans horaires.",
    "Écrivez une date (2027-01-05) ou un jour (mardi), un début (9:30) et une fin (11:30).",
)


@dataclass(frozen=True, slots=True)
class _Line:
    stop: ExistingStop
    rule: str | None
    findings: tuple[Finding, ...]


def read_round(path: Path, operator: str, territory: Territory) -> ExistingRound:
    """Return the round of a CSV, JSON or spreadsheet file, stops in order of id.

    Raises UnusableFile where there is no column of communes, or no stop of the territory.
    """
    table = read_table(path)
    columns = _columns(table)
    zones = _zones(territory)
    findings = list(table.findings)
    by_stop: dict[str, list[_Line]] = {}
    for row in table.rows:
        cells = {name: row.get(column) for name, column in columns.items()}
        where = Where(path.name, row.line)
        zone = zones.get(commune_key(cells.get("commune") or ""))
        if zone is None:
            findings.append(COMMUNE_NOT_OURS.at(where, value=cells.get("commune") or ""))
            continue
        line = _line(cells, zone, where)
        by_stop.setdefault(line.stop.id, []).append(line)
    if not by_stop:
        raise UnusableFile(path, tr("aucun arrêt du territoire n'y est lu"))
    stops = tuple(_together(lines) for _, lines in sorted(by_stop.items()))
    findings += [f for _, lines in sorted(by_stop.items()) for line in lines for f in line.findings]
    return ExistingRound(operator, None, stops, tuple(dict.fromkeys(findings)))


def _columns(table: Table) -> Mapping[str, str]:
    by_name = {plain(column): column for column in reversed(table.columns)}
    found = {
        wanted: next((by_name[name] for name in names if name in by_name), None)
        for wanted, names in _COLUMNS.items()
    }
    if found["commune"] is None:
        message = tr("il faut une colonne « commune » ; lues : {columns}.")
        raise UnusableFile(table.path, message.format(columns=", ".join(table.columns)))
    return {wanted: column for wanted, column in found.items() if column is not None}


def _zones(territory: Territory) -> Mapping[str, Zone]:
    by_name = {commune_key(zone.name): zone for zone in reversed(territory.zones)}
    return by_name | {commune_key(zone.code_insee): zone for zone in reversed(territory.zones)}


def _line(cells: Mapping[str, str | None], zone: Zone, where: Where) -> _Line:
    name = cells.get("stop") or zone.name
    findings = []
    point = _point(cells)
    if point is None:
        findings.append(STOP_AT_TOWN_HALL.at(Where(where.source, subject=name), value=name))
    rule = _rule(cells)
    if rule is None and _tells_time(cells):
        told = " ".join(cells.get(k) or "" for k in ("date", "weekday", "parity", "start", "end"))
        findings.append(TIME_UNREADABLE.at(where, value=told))
    stop = ExistingStop(
        id=make_id("stop", zone.code_insee, plain(name)),
        name=name,
        code_insee=zone.code_insee,
        commune=zone.name,
        point=point or zone.point,
    )
    return _Line(stop, rule, tuple(findings))


def _together(lines: Iterable[_Line]) -> ExistingStop:
    """Return one stop with the times of all its lines; a line that tells none leaves the others."""
    told = list(lines)
    rules = sorted({line.rule for line in told if line.rule is not None})
    stop = min((line.stop for line in told), key=lambda s: (s.point is None, s.name, s.point))
    return ExistingStop(
        id=stop.id,
        name=stop.name,
        code_insee=stop.code_insee,
        commune=stop.commune,
        point=stop.point,
        horaires=", ".join(rules) or None,
    )


def _tells_time(cells: Mapping[str, str | None]) -> bool:
    return any(cells.get(key) for key in ("date", "weekday", "start", "end"))


def _rule(cells: Mapping[str, str | None]) -> str | None:
    """Return one line as an OSM rule, None where its day or its times are not understood."""
    start, end = time_told(cells.get("start") or ""), time_told(cells.get("end") or "")
    days = _days(cells)
    if days is None or start is None or end is None or start >= end:
        return None
    return f"{days} {times_rule(Range(start, end))}"


def _days(cells: Mapping[str, str | None]) -> str | None:
    if told := cells.get("date"):
        date = date_told(told)
        return None if date is None else day_rule(date)
    weekday = weekday_told(cells.get("weekday") or "")
    if weekday is None:
        return None
    parity = plain(cells.get("parity") or "")
    if not parity:
        return _DAYS[weekday]
    weeks = next((osm for word, osm in _WEEKS.items() if parity in (word, word + "s")), None)
    return None if weeks is None else weeks + _DAYS[weekday]


def _point(cells: Mapping[str, str | None]) -> Point | None:
    try:
        lon = float((cells.get("lon") or "").replace(",", "."))
        lat = float((cells.get("lat") or "").replace(",", "."))
    except ValueError:
        return None
    return Point(lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None
