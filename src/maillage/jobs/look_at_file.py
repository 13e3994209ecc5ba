"""Look at a file that somebody brought: its columns, what they would tell, what is doubtful."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from maillage.directory.from_files import NoKnownSource, read_source
from maillage.directory.intake.gathering import gathered
from maillage.directory.intake.records import keep_around
from maillage.directory.intake.registry import LIEUX_NATIONAUX, PORTREA, detect
from maillage.directory.mapping import findings as kinds
from maillage.directory.mapping.edit import read_by, with_columns, with_words
from maillage.directory.mapping.model import FileMapping, Proposal
from maillage.directory.mapping.propose import propose
from maillage.jobs.import_file import Incoming, read_incoming
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding
from maillage.standard.aliases import field_of_column
from maillage.tables.model import Table
from maillage.tables.read import read_table
from maillage.territory.model import Territory

Words = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What people chose: the field of a column (``edit.NOT_READ``: none), the words of a value."""

    columns: Mapping[str, str]
    words: Words


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file as it would be read.

    ``proposal`` is None where its columns are those of a known source: nothing is to be chosen.
    ``n_records`` are those in the territory or near it, None where no column gives the names.
    """

    table: Table
    incoming: Incoming
    proposal: Proposal | None
    n_records: int | None
    findings: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        """Whether there is something to import."""
        return bool(self.n_records)


def look_at_file(
    path: Path, source: tuple[str, str, str], chosen: Chosen, territory: Territory, on: dt.date
) -> LookedAt:
    """Return what a file would tell, of a ``source``: its id, its name, of when its rows speak.

    What was chosen of columns or fields that are not there is passed over. Raises UnusableFile
    where the file cannot be read at all.
    """
    source_id, name, vintage = source
    table = read_table(path)
    known = Incoming(path, source_id, vintage)
    if _says_more(table):
        return _through_mapping(table, known, (name, chosen), territory, on)
    try:
        found, doubts = read_source(source_id, known.as_local_file(), keep_around(territory), on)
    except NoKnownSource:
        return _through_mapping(table, known, (name, chosen), territory, on)
    return LookedAt(table, known, None, len(found), gathered((*table.findings, *doubts)))


def _says_more(table: Table) -> bool:
    """Whether columns tell something that the national schema's reader would leave unread.

    A partner's own table often has a name, an address, a postal code and a commune, which is
    enough to look national, beside hours and services under names of its own.
    """
    if detect(table) not in {LIEUX_NATIONAUX, PORTREA}:
        return False
    left = [column for column in table.columns if field_of_column(column) is None]
    mapping = propose(table).mapping
    return any(read_by(mapping, column) for column in left)


def _through_mapping(
    table: Table, known: Incoming, by: tuple[str, Chosen], territory: Territory, on: dt.date
) -> LookedAt:
    name, chosen = by
    proposal = propose(table)
    mapping = replace(_corrected(proposal.mapping, chosen), source=name)
    incoming = replace(known, mapping=mapping)
    told = (d for d in proposal.doubts if d.code != kinds.SOURCE_IS_FILE.code)
    doubts = (*table.findings, *told)
    try:
        found, read = read_incoming(incoming, territory, on)
    except UnusableFile:
        return LookedAt(table, incoming, proposal, None, gathered(doubts))
    return LookedAt(table, incoming, proposal, len(found), gathered((*doubts, *read)))


def _corrected(mapping: FileMapping, chosen: Chosen) -> FileMapping:
    there = {column: f for column, f in chosen.columns.items() if column in mapping.columns}
    told = with_columns(mapping, there)
    return with_words(told, {f: words for f, words in chosen.words.items() if f in told.rules})
