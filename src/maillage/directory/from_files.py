"""The road from source files to a territory's directory: what the job calls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from maillage.directory.assemble import assemble
from maillage.directory.assembled import Assembled
from maillage.directory.constraints import DECISIONS_CONFLICT
from maillage.directory.intake.gathering import gathered
from maillage.directory.intake.records import Keep, SourcedRecord, keep_around
from maillage.directory.intake.registry import READERS, detect
from maillage.directory.model import Directory
from maillage.directory.suspicions import SUSPICIONS
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import number
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.provenance import LocalFile
from maillage.kernel.words import commune_key
from maillage.tables.read import read_table
from maillage.territory.model import Territory

NOT_OURS = FindingKind(
    "findings-elsewhere",
    Severity.INFO,
    "Remarques sur des lieux de communes voisines, qui ne sont pas montrées : {n}.",
    "Rien à faire : ces lieux comptent pour l'accès des habitants, leurs fiches sont à d'autres.",
)

ASSEMBLING = SUSPICIONS | {DECISIONS_CONFLICT.code}
"""The codes of findings that can change when the same records are put together again."""


class NoKnownSource(UnusableFile):
    """A file whose columns are those of no known source: a mapping can still read it."""


def build_directory(
    files: Mapping[str, LocalFile], territory: Territory, parameters: Parameters, on: dt.date
) -> tuple[Directory, tuple[Finding, ...]]:
    """Return the directory of a territory from its source files, by source id, and its findings.

    Only rows in the territory or near it are read; findings speak of the territory's own places,
    by name. No matcher runs, nobody's decisions are heard, ids are new. Raises UnusableFile where
    a file cannot be used at all.
    """
    records, doubts = read_sources(files, territory, on)
    assembled = assemble(records, territory, parameters)
    return assembled.directory, all_findings(doubts, assembled, records, territory)


def read_sources(
    files: Mapping[str, LocalFile], territory: Territory, on: dt.date
) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
    """Return the records in the territory or near it, of all source files, and each doubt as it is.

    They are what a directory is made of, now and after each decision. Raises UnusableFile where a
    file cannot be used at all.
    """
    keep = keep_around(territory)
    records: list[SourcedRecord] = []
    findings: list[Finding] = []
    for source_id in sorted(files):
        read, doubts = _read(source_id, files[source_id], keep, on)
        records += read
        findings += doubts
    return tuple(records), tuple(findings)


def all_findings(
    reading: Iterable[Finding],
    assembled: Assembled,
    records: Sequence[SourcedRecord],
    territory: Territory,
) -> tuple[Finding, ...]:
    """Return the findings of reading and of assembling, by name, those that repeat gathered.

    Doubts about neighbours' places are counted.
    """
    told = _ours([*reading, *assembled.findings], records, assembled.directory, territory)
    return gathered(told)


def findings_again(before: Sequence[Finding], assembled: Assembled) -> tuple[Finding, ...]:
    """Return the findings of a work whose same records are assembled again, nothing read.

    What was found in the files and about places stays; what speaks of records put together or not
    is told anew, in the same place.
    """
    stays = [finding for finding in before if finding.code not in ASSEMBLING]
    elsewhere = [finding for finding in stays if finding.code == NOT_OURS.code]
    anew = gathered(finding for finding in assembled.findings if finding.code in ASSEMBLING)
    return (*(f for f in stays if f.code != NOT_OURS.code), *anew, *elsewhere)


def read_source(
    source_id: str, file: LocalFile, keep: Keep, on: dt.date
) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
    """Return the records of one source, and its findings, those that repeat gathered.

    A source of no known name is known by its columns. Raises NoKnownSource where they are those of
    no source.
    """
    records, findings = _read(source_id, file, keep, on)
    return records, gathered(findings)


def _read(
    source_id: str, file: LocalFile, keep: Keep, on: dt.date
) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
    known = source_id if source_id in READERS else detect(read_table(file.path))
    if known is None:
        message = tr(
            "aucune source connue n'a ces colonnes ; il faut au moins le nom, l'adresse, le code "
            "postal et la commune, sous les noms du standard national"
        )
        raise NoKnownSource(file.path, message)
    return READERS[known](file, keep, on)


def _ours(
    findings: Iterable[Finding],
    records: Sequence[SourcedRecord],
    directory: Directory,
    territory: Territory,
) -> list[Finding]:
    """Return the findings without those about places outside, those that are kept told by name.

    A row that names a commune of the territory, or whose commune is not certain and can be one, is
    kept even if it was placed outside: it may be a mistake.
    """
    lieux = {lieu.id: lieu for lieu in directory.lieux}
    at = {ref: lieux[p.lieu_id] for p in directory.permanences for ref in p.sources}
    communes = {commune_key(zone.name) for zone in territory.zones}
    postal = {code for zone in territory.zones for code in zone.codes_postaux}

    def is_ours(sourced: SourcedRecord) -> bool:
        """Whether a row tells of the territory, or could."""
        lieu, record = at.get(sourced.ref), sourced.record
        if lieu is None or lieu.in_territory:
            return lieu is not None
        uncertain = lieu.code_insee is None and record.code_postal in postal
        return uncertain or commune_key(record.commune or "") in communes

    names = {
        (sourced.ref.source_id, sourced.record.id): _name(sourced) if is_ours(sourced) else None
        for sourced in records
    }
    kept: list[Finding] = []
    elsewhere = 0
    for finding in findings:
        name = names.get((finding.where.source or "", finding.where.subject), "")
        if name is None:
            elsewhere += 1
        else:
            subject = name or finding.where.subject
            kept.append(replace(finding, where=replace(finding.where, subject=subject)))
    if elsewhere:
        kept.append(NOT_OURS.at(Where(), value=elsewhere, n=number(elsewhere)))
    return kept


def _name(sourced: SourcedRecord) -> str:
    record = sourced.record
    return " — ".join(part for part in (record.nom, record.commune) if part)
