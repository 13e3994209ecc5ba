"""Import a file that somebody sent into a territory's directory, and say what it changes."""

from __future__ import annotations

import datetime as dt
import shlex
from dataclasses import dataclass, replace
from pathlib import Path

from maillage.directory.assembled import Assembled
from maillage.directory.conflicts import conflicts
from maillage.directory.from_files import NoKnownSource, read_source
from maillage.directory.intake.records import SourcedRecord, keep_around
from maillage.directory.intake.registry import READERS
from maillage.directory.mapping.apply import read_mapped
from maillage.directory.mapping.load import load_mapping
from maillage.directory.mapping.model import FileMapping
from maillage.directory.refresh import Refresh, refresh_diff
from maillage.jobs.ports import Means, TerritoryWork, WorkStore
from maillage.jobs.put_together import (
    again,
    by_source,
    kept_findings,
    kept_records,
    put_together,
    told_by,
)
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.language import tr
from maillage.kernel.provenance import Dataset, LocalFile, Origin
from maillage.kernel.words import plain
from maillage.territory.model import Territory

MAPPING_SUFFIX = ".correspondance.yaml"
_UNKNOWN = "inconnu"
SOURCE_IS_PUBLIC = FindingKind(
    "source-is-public",
    Severity.INFO,
    "Ce fichier tient la place de la source publique « {value} », que « maillage init » relira.",
    "Pour garder les deux, importez-le sous un autre nom : --source NOM.",
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to import: under which source, told as of when, read by which mapping.

    ``vintage`` is what its rows speak of (« 2026-10 »), "" where nobody knows. Without a mapping
    its columns must be those of a known source.
    """

    path: Path
    source_id: str
    vintage: str = ""
    mapping: FileMapping | None = None

    @property
    def producer(self) -> str | None:
        """Who made the file, where its mapping says it and not only the file's own name again."""
        told = self.mapping.source if self.mapping else ""
        return told if plain(told) != plain(self.path.stem) and told else None

    def as_local_file(self) -> LocalFile:
        """Return the file as a dataset given by hand: nobody vouches for its licence."""
        unknown = tr(_UNKNOWN)
        dataset = Dataset(
            source_id=self.source_id,
            name=self.path.name,
            publisher=self.producer or unknown,
            licence=unknown,
            vintage=self.vintage,
            origin=Origin.FILE,
        )
        return LocalFile(self.path, dataset)


def incoming_file(
    path: Path, mapping_path: Path | None = None, source_id: str | None = None, vintage: str = ""
) -> Incoming:
    """Return a file as it is to be imported.

    Its mapping is the one named, else the one that stands beside it or in the working folder; its
    source is the one named, else the mapping's, else the file's own name. Raises UnusableFile
    where the mapping cannot be read.
    """
    beside = (path.with_name(f"{path.stem}{MAPPING_SUFFIX}"), Path(f"{path.stem}{MAPPING_SUFFIX}"))
    found = mapping_path or next((place for place in beside if place.is_file()), None)
    mapping = load_mapping(found) if found else None
    name = source_id or (mapping.source if mapping else None) or path.stem
    return Incoming(path, source_id_of(name), vintage, mapping)


def source_id_of(name: str) -> str:
    """Return the id of a source that people call so.

    >>> source_id_of("CCAS de Bruay")
    'ccas-de-bruay'
    """
    return plain(name).replace(" ", "-") or "fichier"


def name_of(dataset: Dataset) -> str:
    """Return what people call a dataset: who made it, for a file given by hand that says so."""
    made_known = dataset.origin is Origin.FILE and dataset.publisher != tr(_UNKNOWN)
    return dataset.publisher if made_known else dataset.name


@dataclass(frozen=True, slots=True)
class Imported:
    """What importing a file made of a directory, and what it changed.

    ``n_records`` are those read in the territory or near it. The conflicts told are those that
    did not stand before.
    """

    work: TerritoryWork
    assembled: Assembled
    n_records: int
    refresh: Refresh


def import_file(
    incoming: Incoming,
    siren: str,
    *,
    store: WorkStore,
    means: Means,
    on: dt.date,
    dry_run: bool = False,
) -> Imported:
    """Read a file as one source of a territory's directory, replacing what that source told.

    Nothing is saved where ``dry_run``. Raises UnusableFile where the file cannot be read,
    WorkspaceError where the territory has no work yet, or it cannot be saved.
    """
    before = store.load(siren)
    means.progress.step(tr("Lecture du fichier"))
    read, doubts = read_incoming(incoming, before.territory, on)
    told = SourceTold(
        incoming.source_id,
        incoming.as_local_file().dataset,
        read,
        (*_in_place_of(incoming.source_id), *doubts),
    )
    return replace_source(told, before, store=store, means=means, dry_run=dry_run)


@dataclass(frozen=True, slots=True)
class SourceTold:
    """All that one source tells of a territory; ``dataset`` None: the source is not there."""

    source_id: str
    dataset: Dataset | None
    records: tuple[SourcedRecord, ...]
    reading: tuple[Finding, ...]


def source_told(source_id: str, work: TerritoryWork) -> SourceTold:
    """Return what a source tells in a work: given to ``replace_source`` it is there again."""
    datasets = {one.source_id: one for one in work.territory.datasets}
    return SourceTold(
        source_id,
        datasets.get(source_id),
        tuple(one for one in work.records if one.ref.source_id == source_id),
        kept_findings(work, lambda source: source == source_id),
    )


def replace_source(
    told: SourceTold,
    before: TerritoryWork,
    *,
    store: WorkStore,
    means: Means,
    dry_run: bool = False,
) -> Imported:
    """Put what a source tells in place of what it told before; the rest stays as it was.

    Nothing is saved where ``dry_run``. Raises WorkspaceError where it cannot be saved.
    """
    # 1. one directory, as before but for what the source tells
    source_id, parameters = told.source_id, means.parameters
    kept = kept_records(before, [source_id])
    known = kept_findings(before, lambda source: source != source_id)
    others = [one for one in before.territory.datasets if one.source_id != source_id]
    datasets = [*others, *([] if told.dataset is None else [told.dataset])]
    territory = told_by(before.territory, datasets)
    records = (*told.records, *kept)
    work, assembled = put_together(territory, records, told.reading, before=before, means=means)
    work = replace(work, findings=by_source((*known, *work.findings)))

    # 2. what changed, and saved whole
    known_conflicts = set(conflicts(again(before, parameters), before.decisions, parameters))
    found = conflicts(assembled, work.decisions, parameters)
    new = tuple(conflict for conflict in found if conflict not in known_conflicts)
    if not dry_run:
        means.progress.step(tr("Enregistrement"))
        store.save(work)
    return Imported(
        work=work,
        assembled=assembled,
        n_records=len(told.records),
        refresh=refresh_diff(before.directory, work.directory, work.ledger, new),
    )


def read_incoming(
    incoming: Incoming, territory: Territory, on: dt.date
) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
    """Return the records of a file that stand in a territory or near it, and the doubts.

    Raises UnusableFile where the file cannot be read: it says how to get a mapping if one could.
    """
    file, keep = incoming.as_local_file(), keep_around(territory)
    if incoming.mapping is not None:
        return read_mapped(file, incoming.mapping, keep, on)
    try:
        return read_source(incoming.source_id, file, keep, on)
    except NoKnownSource as error:
        message = tr("{message}. Pour faire lire ses colonnes telles quelles : {command}")
        command = shlex.join(["maillage", "directory", "map", str(incoming.path)])
        said = message.format(message=error.message, command=command)
        raise UnusableFile(incoming.path, said) from error


def _in_place_of(source_id: str) -> tuple[Finding, ...]:
    """Return what to know where a file bears the name of a public source."""
    if source_id not in READERS:
        return ()
    return (SOURCE_IS_PUBLIC.at(Where(source_id, subject=source_id), value=source_id),)
