"""Put records together into the work of a territory: matched, assembled, with ids that last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from maillage.directory.assemble import assemble
from maillage.directory.assembled import Assembled
from maillage.directory.decisions import Decision
from maillage.directory.from_files import ASSEMBLING, NOT_OURS, all_findings, findings_again
from maillage.directory.geocoding.model import FoundPoint
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.known_again import known_again, told_of_former_ids, under_former_ids
from maillage.directory.ledger import EMPTY_LEDGER
from maillage.directory.place_doubts import PLACE_DOUBTS
from maillage.jobs.link_records import LINKED_BY, LINKED_EXACTLY, how_linked, link_records
from maillage.jobs.ports import Means, TerritoryWork
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.provenance import Dataset, Origin
from maillage.territory.model import Territory

_HOW_LINKED = frozenset({LINKED_BY.code, LINKED_EXACTLY.code})
_TOLD_ANEW = ASSEMBLING | PLACE_DOUBTS | _HOW_LINKED | {NOT_OURS.code}


def put_together(
    territory: Territory,
    records: Sequence[SourcedRecord],
    reading: Iterable[Finding],
    *,
    before: TerritoryWork | None,
    means: Means,
) -> tuple[TerritoryWork, Assembled]:
    """Return the work made of records, and how: people's decisions and ids are ``before``'s.

    ``reading`` is what was doubtful in the files. Rows without id that changed keep the id that
    they had in ``before``, where it can only be theirs. Without a matcher records are put
    together by exact keys and decisions alone, and a finding says so.
    """
    former = known_again(before.records if before else (), records)
    records, reading = under_former_ids(records, former), told_of_former_ids(reading, former)
    records = sorted(records, key=lambda record: (record.ref.source_id, record.ref.record_id))
    decisions = before.decisions if before else ()
    ledger = before.ledger if before else EMPTY_LEDGER
    points = _still_right(before, records) if before else ()
    likenesses = link_records(records, territory, means, points)
    means.progress.step(tr("Assemblage de l'annuaire"))
    assembled = assemble(
        records,
        territory,
        means.parameters,
        likenesses=likenesses,
        decisions=decisions,
        ledger=ledger,
        points=points,
    )
    findings = all_findings(reading, assembled, records, territory)
    work = TerritoryWork(
        territory=territory,
        directory=assembled.directory,
        findings=(*findings, how_linked(means.matcher)),
        records=tuple(records),
        likenesses=likenesses,
        decisions=decisions,
        ledger=assembled.ledger,
        points=points,
    )
    return work, assembled


def _still_right(before: TerritoryWork, records: Sequence[SourcedRecord]) -> tuple[FoundPoint, ...]:
    """Return the points found for records that are there and still tell the same address."""
    then = {sourced.key: _address(sourced) for sourced in before.records}
    now = {sourced.key: _address(sourced) for sourced in records}
    return tuple(p for p in before.points if p.key in now and now[p.key] == then.get(p.key))


def _address(sourced: SourcedRecord) -> tuple[str | None, ...]:
    record = sourced.record
    return (record.adresse, record.code_postal, record.commune, record.code_insee)


def told_by(territory: Territory, datasets: Iterable[Dataset]) -> Territory:
    """Return the territory that knows its datasets: the last of each source, in order.

    Files given by hand stand last, by name: the order in which they came tells nothing.
    """
    last = {dataset.source_id: dataset for dataset in datasets}
    by_hand = [d for _, d in sorted(last.items()) if d.origin is Origin.FILE]
    public = [d for d in last.values() if d.origin is not Origin.FILE]
    return replace(territory, datasets=(*public, *by_hand))


def again(work: TerritoryWork, parameters: Parameters) -> Assembled:
    """Return how the directory of a work is put together: the same directory, and why."""
    return assemble(
        work.records,
        work.territory,
        parameters,
        likenesses=work.likenesses,
        decisions=work.decisions,
        ledger=work.ledger,
        points=work.points,
    )


def with_decisions(
    work: TerritoryWork, new: Iterable[Decision], parameters: Parameters
) -> tuple[TerritoryWork, Assembled]:
    """Return the work once people have decided more, and how it is put together now."""
    decided = replace(work, decisions=(*work.decisions, *new))
    assembled = again(decided, parameters)
    last = tuple(finding for finding in work.findings if finding.code in _HOW_LINKED)
    others = [finding for finding in work.findings if finding.code not in _HOW_LINKED]
    decided = replace(
        decided,
        directory=assembled.directory,
        findings=(*findings_again(others, assembled), *last),
        ledger=assembled.ledger,
    )
    return decided, assembled


def kept_records(before: TerritoryWork | None, read: Iterable[str]) -> tuple[SourcedRecord, ...]:
    """Return the records of the sources that were not read again.

    A source that could not be had this time, or a file imported by hand, is not forgotten.
    """
    read_again = set(read)
    records = before.records if before else ()
    return tuple(record for record in records if record.ref.source_id not in read_again)


def by_source(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings source after source, those of none last: whatever came in first."""
    return tuple(sorted(findings, key=lambda f: (f.where.source is None, f.where.source or "")))


def kept_findings(
    before: TerritoryWork | None, speaks_of: Callable[[str | None], bool]
) -> tuple[Finding, ...]:
    """Return the findings about the sources (None = no source) that were not read again.

    Those that putting records together tells anew are left out.
    """
    findings = before.findings if before else ()
    return tuple(
        finding
        for finding in findings
        if speaks_of(finding.where.source) and finding.code not in _TOLD_ANEW
    )


def findings_unread(
    before: TerritoryWork, work: TerritoryWork, speaks_of: Callable[[str | None], bool]
) -> tuple[Finding, ...]:
    """Return the findings of a work put together again, no public file having been read again.

    Those of ``before`` about the sources that ``speaks_of`` takes stay, and its count of those
    about places elsewhere: most of them were met in reading.
    """
    *told, how = work.findings
    told = [finding for finding in told if finding.code != NOT_OURS.code]
    elsewhere = [finding for finding in before.findings if finding.code == NOT_OURS.code]
    return by_source((*kept_findings(before, speaks_of), *told, *elsewhere, how))
