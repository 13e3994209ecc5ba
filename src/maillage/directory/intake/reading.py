"""The road that every source shares: file → rows → rows in national words → records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from maillage.directory.intake.records import Keep, RawPlace, SourcedRecord, vintage_of
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.ids import fingerprint
from maillage.kernel.provenance import LocalFile, SourceRef
from maillage.standard.aliases import field_of_column
from maillage.standard.read import read_record, told_cells
from maillage.standard.record import MednumRecord
from maillage.tables.model import Row, Table
from maillage.tables.read import read_table

ROW_REPEATED = FindingKind(
    "row-repeated",
    Severity.INFO,
    "Ligne répétée à l'identique dans le fichier : « {value} ».",
    "Rien à faire : elle n'est comptée qu'une fois.",
)
ID_REPEATED = FindingKind(
    "id-repeated",
    Severity.WARNING,
    "L'identifiant « {value} » sert à plusieurs lignes différentes du fichier.",
    "Donnez à chaque lieu un identifiant à lui : sans cela, on ne peut pas le suivre.",
)
PLACE_NOT_TOLD = FindingKind(
    "place-not-told",
    Severity.INFO,
    "La ligne ne dit ni commune, ni code postal ou INSEE, ni coordonnées : laissée de côté.",
    "Si le lieu est du territoire, donnez au moins le nom de sa commune.",
)

Translate = Callable[[Row, Where, list[Finding]], dict[str, str] | None]


def told(cells: dict[str, str], **more: str | None) -> dict[str, str]:
    """Return the cells with those of ``more`` that are told."""
    return {**cells, **{name: text for name, text in more.items() if text}}


def told_in(cells: Mapping[str, str], field: str) -> str | None:
    """Return what the cells tell of one field of the national schema, however its column is named.

    None where nothing is told: "non renseigné", "NC" and the like tell nothing.
    """
    own = {column: text for column, text in cells.items() if _feeds(column, field)}
    return told_cells(Row(0, own)).get(field) if own else None


def _feeds(column: str, field: str) -> bool:
    found = field_of_column(column)
    return found is not None and found[0] == field


@dataclass(frozen=True, slots=True)
class _Made:
    """A record on its way: the row it came from, and the cells that tell it from others."""

    record: MednumRecord
    row: Row
    own_id: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the rows of one source are read.

    ``place`` says where a row is before anything costly is done; ``translate`` gives the row in the
    words of the national schema, adding its doubts, or None where the row is left out (with a
    finding that says so).
    """

    place: Callable[[Row], RawPlace]
    translate: Translate

    def read(
        self, file: LocalFile, keep: Keep, on: dt.date
    ) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
        """Return the records of the rows wanted, in order of line, and each doubt on its line."""
        return self.read_rows(read_table(file.path), file, keep, on)

    def read_rows(
        self, table: Table, file: LocalFile, keep: Keep, on: dt.date
    ) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
        """Return the records of a table already read."""
        source = file.dataset.source_id
        doubts = [_from(source, finding) for finding in table.findings]
        made = []
        for row in table.rows:
            place = self.place(row)
            if keep.wants(place):
                one = self._record(row, source, on, doubts)
                made += [one] if one else []
            elif not place.told:
                doubts.append(PLACE_NOT_TOLD.at(Where(source, row.line)))
        kept = _told_apart(made, source, doubts)
        vintage = vintage_of(file.dataset.vintage)
        records = tuple(
            SourcedRecord(
                one.record,
                SourceRef(source, one.own_id, one.row.line, one.record.date_maj),
                vintage,
            )
            for one in kept
        )
        return records, tuple(doubts)

    def _record(self, row: Row, source: str, on: dt.date, doubts: list[Finding]) -> _Made | None:
        new: list[Finding] = []
        cells = self.translate(row, Where(source, row.line), new)
        own_id = told_in(cells or {}, "id") or fingerprint(row.cells)
        doubts += [replace(f, where=replace(f.where, subject=own_id)) for f in new]
        if cells is None:
            return None
        record, found = read_record(Row(row.line, {**cells, "id": own_id}), source, on)
        doubts += found
        return _Made(record, row, own_id) if record else None


def _from(source: str, finding: Finding) -> Finding:
    """Return the finding of a file as one of its source."""
    return replace(finding, where=replace(finding.where, source=source))


def _told_apart(made: list[_Made], source: str, doubts: list[Finding]) -> list[_Made]:
    """Return the rows with ids of their own: a row twice is one, an id twice is two rows."""
    by_id: dict[str, list[_Made]] = {}
    for one in made:
        by_id.setdefault(one.own_id, []).append(one)
    kept: list[_Made] = []
    for own_id, group in by_id.items():
        if len(group) == 1:
            kept += group
            continue
        where = Where(source, group[0].row.line, group[0].record.nom or own_id, "id")
        apart = {fingerprint(one.row.cells): one for one in reversed(group)}
        doubts += [ROW_REPEATED.at(where, value=own_id)] * (len(group) - len(apart))
        if len(apart) == 1:
            kept += apart.values()
            continue
        doubts.append(ID_REPEATED.at(where, value=own_id))
        kept += [replace(one, own_id=f"{own_id}#{print_}") for print_, one in apart.items()]
    return sorted(kept, key=lambda one: one.row.line)
