"""Requests that nobody could answer, from the table that a desk keeps: no identity is read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from maillage.access.model import ServiceKey
from maillage.access.unreached.communes import with_zero
from maillage.access.unreached.model import UnmetNeed
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import listed
from maillage.kernel.language import tr
from maillage.standard import mednum
from maillage.standard.words_read import read_words
from maillage.tables.model import Row, Table
from maillage.tables.read import read_table

_SERVICE, _CODE, _DATE, _CONSTRAINT = "service", "code_insee", "date", "contrainte"
_READ = (_SERVICE, _CODE, _DATE, _CONSTRAINT)
_INSEE = re.compile(r"(\d\d|2[AB])\d{3}")
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")

NEED_COMMUNE_UNREADABLE = FindingKind(
    "unmet-need-commune-unreadable",
    Severity.ERROR,
    "La commune de cette demande n'est pas un code INSEE (« {value} ») : elle est laissée de côté.",
    "Écrivez les cinq signes du code INSEE dans « code_insee ».",
)
NEED_DATE_UNREADABLE = FindingKind(
    "unmet-need-date-unreadable",
    Severity.ERROR,
    "La date de cette demande n'est pas comprise (« {value} ») : elle est laissée de côté.",
    "Écrivez-la ainsi : 2026-11-22, ou 22/11/2026.",
)
NEED_SERVICE_UNREADABLE = FindingKind(
    "unmet-need-service-unreadable",
    Severity.ERROR,
    "Cette demande ne dit pas un service et un seul (« {value} ») : elle est laissée de côté.",
    "Écrivez un des neuf services du schéma national par ligne, rien si n'importe lequel convient.",
)
NEED_COLUMNS_UNREAD = FindingKind(
    "unmet-need-columns-unread",
    Severity.WARNING,
    "Ces colonnes ne sont pas lues : {value}.",
    "N'y mettez ni nom ni rien qui désigne une personne : la commune et la date suffisent.",
)


@dataclass(frozen=True, slots=True)
class Needs:
    """Requests that nobody could answer, in the order of their file, and what was doubtful."""

    needs: tuple[UnmetNeed, ...]
    findings: tuple[Finding, ...] = ()


def read_needs(path: Path) -> Needs:
    """Return the requests of a table of ``service, code_insee, date, contrainte``.

    A service that is not told is any. Raises UnusableFile where communes or dates have no column,
    or no row can be used.
    """
    table = read_table(path)
    columns = {column.strip().lower(): column for column in reversed(table.columns)}
    if _CODE not in columns or _DATE not in columns:
        message = tr("il faut des colonnes « code_insee » et « date » ; lues : {columns}.")
        raise UnusableFile(path, message.format(columns=", ".join(table.columns)))
    findings = [*table.findings, *_unread(table, path)]
    found = [_need(row, columns, path, findings) for row in table.rows]
    needs = tuple(need for need in found if need is not None)
    if not needs:
        raise UnusableFile(path, tr("aucune demande utilisable : il faut une commune et une date."))
    return Needs(needs, tuple(findings))


def _unread(table: Table, path: Path) -> Iterator[Finding]:
    others = [column for column in table.columns if column.strip().lower() not in _READ]
    if others:
        yield NEED_COLUMNS_UNREAD.at(Where(path.name, subject=path.name), value=listed(others))


def _need(
    row: Row, columns: dict[str, str], path: Path, findings: list[Finding]
) -> UnmetNeed | None:
    where = Where(path.name, row.line, tr("ligne {n}").format(n=row.line))
    told = {name: row.get(columns[name]) for name in _READ if name in columns}
    code, day = with_zero((told[_CODE] or "").upper()), _day(told[_DATE] or "")
    services = _services(told.get(_SERVICE), where, findings)
    doubts = [
        *(() if _INSEE.fullmatch(code) else [NEED_COMMUNE_UNREADABLE.at(where, value=told[_CODE])]),
        *(() if day else [NEED_DATE_UNREADABLE.at(where, value=told[_DATE])]),
        *(
            ()
            if len(services) == 1
            else [NEED_SERVICE_UNREADABLE.at(where, value=told.get(_SERVICE))]
        ),
    ]
    findings += doubts
    if doubts or day is None:
        return None
    return UnmetNeed(code, services[0], day, told.get(_CONSTRAINT))


def _services(text: str | None, where: Where, findings: list[Finding]) -> Sequence[ServiceKey]:
    """Return the services told, None alone where none is told."""
    if not text:
        return (None,)
    read = read_words({"services": text}, where)
    findings += read.findings
    return [word for word in read.of("services") or () if isinstance(word, mednum.Service)]


def _day(text: str) -> dt.date | None:
    day_first = _DAY_FIRST.fullmatch(text)
    try:
        if day_first:
            return dt.date(int(day_first[3]), int(day_first[2]), int(day_first[1]))
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
