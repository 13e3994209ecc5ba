"""The rows of a file through its mapping: rows → rows in national words → records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed

from maillage.directory.hours import hours_of_days, parse_hours
from maillage.directory.intake.reading import Recipe
from maillage.directory.intake.records import Keep, RawPlace, SourcedRecord
from maillage.directory.mapping import findings as kinds
from maillage.directory.mapping.cells import first_of_month
from maillage.directory.mapping.closed import ClosedCells, keyed, read_closed
from maillage.directory.mapping.model import CLOSED, FileMapping, Words
from maillage.directory.mapping.tell import hours_text, simple_text, told_columns
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Where
from maillage.kernel.french import number, plural
from maillage.kernel.language import tr
from maillage.kernel.provenance import LocalFile
from maillage.standard.coordinates import parse_coordinates
from maillage.standard.findings import COORDINATES_LAMBERT, COORDINATES_SWAPPED
from maillage.standard.html_text import is_html, without_html
from maillage.tables.model import Row, Table
from maillage.tables.read import read_table

_PLACE = ("code_postal", "code_insee", "latitude", "longitude", "commune")
_COORDINATES = ("latitude", "longitude")
_CONVERTED = {COORDINATES_LAMBERT.code: "Lambert-93", COORDINATES_SWAPPED.code: "échange"}
_EXAMPLES = 8  # values that a sentence can show; all of them stand in the finding's value


def read_mapped(
    file: LocalFile, mapping: FileMapping, keep: Keep, on: dt.date
) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
    """Return the records wanted of a file read through a mapping, and each doubt on its line.

    What repeats all along a column (HTML, months, converted coordinates, values without a word) is
    one finding. Raises UnusableFile where no column that gives the name is in the file.
    """
    return read_mapped_table(read_table(file.path), file, mapping, keep, on)


def read_mapped_table(
    table: Table, file: LocalFile, mapping: FileMapping, keep: Keep, on: dt.date
) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
    """Return the same of a table already read."""
    named = mapping.rules["nom"].all_columns if "nom" in mapping.rules else ()
    if not set(named) & set(table.columns):
        message = tr("ce fichier n'a pas la colonne qui donne le nom des lieux ({columns})")
        raise UnusableFile(file.path, message.format(columns=", ".join(named)))
    source = file.dataset.source_id
    values = {name: keyed(rule.values) for name, rule in mapping.rules.items() if name in CLOSED}
    reading = _Reading(mapping, values, _Tally(source))
    records, doubts = Recipe(reading.place, reading.translate).read_rows(table, file, keep, on)
    said = [changed(f, where=changed(f.where, source=source)) for f in fits(mapping, table)]
    unread = sorted(set(told_columns(table)) & set(mapping.columns) - mapping.mapped)
    if unread:
        where, names = Where(source, subject=source), ", ".join(unread)
        said.append(kinds.COLUMNS_UNMAPPED.at(where, value=names, names=names, n=len(unread)))
    return records, (*doubts, *said, *reading.tally.findings())


def fits(mapping: FileMapping, table: Table) -> tuple[Finding, ...]:
    """Return which columns of a mapping vanished from a file, and which are new; none: it fits."""
    where = Where(table.path.name, subject=table.path.name)
    feeds: dict[str, list[str]] = {}
    for name, rule in mapping.rules.items():
        for column in rule.all_columns:
            feeds.setdefault(column, []).append(name)
    there = set(table.columns)
    vanished = [
        kinds.COLUMN_VANISHED.at(where.on(column), value=column, fields=", ".join(feeds[column]))
        for column in sorted(feeds)
        if column not in there
    ]
    known = {*mapping.columns, *feeds} if mapping.columns else there
    new = [kinds.COLUMN_NEW.at(where.on(c), value=c) for c in sorted(there - known)]
    return (*vanished, *new)


@dataclass(slots=True)
class _Count:
    """Something that repeats: the first of it, and how many times."""

    first: Where
    value: str
    n: int = 0


@dataclass(slots=True)
class _Tally:
    """What is said once for the whole file."""

    source: str
    html: dict[str, _Count] = field(default_factory=dict)
    months: dict[str, _Count] = field(default_factory=dict)
    converted: dict[str, _Count] = field(default_factory=dict)
    unknown: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, counts: dict[str, _Count], key: str, where: Where, value: str) -> None:
        """Count one more of what is known by that key."""
        counts.setdefault(key, _Count(where, value)).n += 1

    def add_unknown(self, column: str, values: Sequence[str]) -> None:
        """Count values of a column that no field understands."""
        for value in values:
            times = self.unknown.setdefault(column, {})
            times[value] = times.get(value, 0) + 1

    def findings(self) -> list[Finding]:
        """Return one finding a column, in order of column."""
        said = []
        for column, seen in sorted(self.html.items()):
            kind = kinds.HTML_STRIPPED
            said.append(kind.at(seen.first.on(column), value=seen.value, n_cells=seen.n))
        for column, seen in sorted(self.months.items()):
            kind = kinds.MONTH_AS_DATE
            said.append(kind.at(seen.first.on(column), value=seen.value, n_cells=seen.n))
        for how, seen in sorted(self.converted.items()):
            kind = kinds.COORDINATES_CONVERTED
            said.append(kind.at(seen.first, value=seen.value, n_cells=seen.n, how=tr(how)))
        return [*said, *(self._unknown(column) for column in sorted(self.unknown))]

    def _unknown(self, column: str) -> Finding:
        times = sorted(self.unknown[column].items(), key=lambda pair: (-pair[1], pair[0]))
        where = Where(self.source, subject=self.source, field=column)
        n_values, n_times = plural(len(times), tr("valeur")), number(sum(n for _, n in times))
        return kinds.VALUES_UNKNOWN.at(
            where,
            value=counted(times, len(times)),
            names=counted(times),
            n_values=n_values,
            n_times=n_times,
        )


def counted(times: Sequence[tuple[str, int]], most: int = _EXAMPLES) -> str:
    """Return values and how many times each stands: « Autres » (170), « Référent » (4)…

    >>> counted([("Autres", 170), ("Club", 1)], most=1)
    '« Autres » (170)…'
    """
    shown = ", ".join(f"« {value} » ({n})" for value, n in times[:most])
    return f"{shown}…" if len(times) > most else shown


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a file through its mapping."""

    mapping: FileMapping
    values: Mapping[str, Mapping[str, Words]]
    tally: _Tally

    def place(self, row: Row) -> RawPlace:
        """Return where a row says it is."""
        rules = self.mapping.rules
        told = {name: simple_text(name, rules[name], row) for name in _PLACE if name in rules}
        return RawPlace(**told)

    def translate(self, row: Row, where: Where, doubts: list[Finding]) -> dict[str, str]:
        """Return the row in the words of the national schema."""
        self._tell_html(row, where)
        cells: dict[str, str] = {}
        closed: dict[str, ClosedCells] = {}
        for name, rule in self.mapping.rules.items():
            if name in CLOSED:
                closed[name] = read_closed(name, rule, self.values[name], row)
            elif name not in {"horaires", *_COORDINATES}:
                cells[name] = simple_text(name, rule, row) or ""
        cells["horaires"] = self._hours(row, where, doubts) or ""
        cells["source"] = cells.get("source") or self.mapping.source
        cells["date_maj"] = self._date(cells.get("date_maj", ""), where)
        cells.update(self._coordinates(row, where, doubts))
        told = {name: text for name, text in cells.items() if text}
        return {**told, **self._closed(closed)}

    def _tell_html(self, row: Row, where: Where) -> None:
        for column in self.mapping.mapped & row.cells.keys():
            if is_html(row.cells[column]):
                text = without_html(row.cells[column])
                self.tally.add(self.tally.html, column, where, text)

    def _closed(self, read: Mapping[str, ClosedCells]) -> dict[str, str]:
        """Return the closed cells, after counting the values that no field understood."""
        known: dict[str, set[str]] = {}
        for told in read.values():
            for column, keys in told.known.items():
                known.setdefault(column, set()).update(keys)
        counted_already: set[tuple[str, str]] = set()
        for told in read.values():
            for column, values in told.unknown.items():
                for key, value in values.items():
                    if key not in known.get(column, ()) and (column, key) not in counted_already:
                        counted_already.add((column, key))
                        self.tally.add_unknown(column, [value])
        return {name: told.text for name, told in read.items() if told.text is not None}

    def _hours(self, row: Row, where: Where, doubts: list[Finding]) -> str | None:
        rule = self.mapping.rules.get("horaires")
        if rule is None:
            return None
        days = {day: hours_text(columns, row) for day, columns in rule.days.items()}
        hours, found = hours_of_days(days, where)
        doubts += found
        if hours is None:
            told = (text for column in rule.columns if (text := hours_text([column], row)))
            hours, found = parse_hours(next(told, None), where)
            doubts += found
        return hours

    def _date(self, text: str, where: Where) -> str:
        first = first_of_month(text)
        if first is None:
            return text
        self.tally.add(self.tally.months, "date_maj", where, text)
        return first

    def _coordinates(self, row: Row, where: Where, doubts: list[Finding]) -> dict[str, str]:
        rules = self.mapping.rules
        told = [simple_text(n, rules[n], row) if n in rules else None for n in _COORDINATES]
        place, found = parse_coordinates(told[0], told[1], where.on("latitude"))
        for doubt in found:
            how = _CONVERTED.get(doubt.code)
            if how is None:
                doubts.append(doubt)
            else:
                self.tally.add(self.tally.converted, how, doubt.where, doubt.value or "")
        return {} if place is None else dict(zip(_COORDINATES, map(repr, place), strict=True))
