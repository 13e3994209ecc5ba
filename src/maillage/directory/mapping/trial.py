"""A mapping tried on a file: how many rows it reads, and what the records still lack."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from maillage.directory.intake.gathering import gathered
from maillage.directory.intake.records import KEEP_ALL
from maillage.directory.mapping.apply import read_mapped_table
from maillage.directory.mapping.model import FileMapping
from maillage.kernel.findings import Finding
from maillage.kernel.provenance import Dataset, LocalFile, Origin
from maillage.standard import mednum
from maillage.standard.write import missing_required
from maillage.tables.model import Table


@dataclass(frozen=True, slots=True)
class Trial:
    """What a mapping makes of a file.

    ``n_records`` of ``n_rows`` rows are read, ``n_complete`` of them tell all that the national
    schema requires. ``told`` says, by field, how many records tell it; ``lacking`` how many lack a
    field that is required.
    """

    n_rows: int
    n_records: int
    n_complete: int
    told: Mapping[str, int]
    lacking: Mapping[str, int]
    findings: tuple[Finding, ...]


def try_mapping(table: Table, mapping: FileMapping, on: dt.date) -> Trial:
    """Return what a mapping makes of a table; nothing is kept.

    Raises UnusableFile where no column that gives the name is in the table.
    """
    dataset = Dataset(
        source_id=table.path.name,
        name=table.path.name,
        publisher=mapping.source,
        licence="",
        vintage="",
        origin=Origin.FILE,
    )
    file = LocalFile(table.path, dataset)
    sourced, findings = read_mapped_table(table, file, mapping, KEEP_ALL, on)
    records = [one.record for one in sourced]
    told = Counter(f for r in records for f in mednum.COLUMNS if getattr(r, f) is not None)
    faults = [missing_required(record) for record in records]
    lacking = Counter(fault.where.field or "" for found in faults for fault in found)
    return Trial(
        n_rows=len(table.rows),
        n_records=len(records),
        n_complete=sum(1 for found in faults if not found),
        told=MappingProxyType({f: told[f] for f in mednum.COLUMNS if told[f]}),
        lacking=MappingProxyType({f: lacking[f] for f in mednum.COLUMNS if lacking[f]}),
        findings=gathered(findings),
    )
