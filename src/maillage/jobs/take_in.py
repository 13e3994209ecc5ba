"""Take in a territory: from its public sources to a workspace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from maillage.directory.from_files import read_sources
from maillage.jobs.ports import Means, PublicSources, TerritoryWork, WorkStore
from maillage.jobs.put_together import (
    by_source,
    kept_findings,
    kept_records,
    put_together,
    told_by,
)
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.kernel.provenance import Dataset, LocalFile, Origin
from maillage.territory.from_files import build_territory
from maillage.territory.model import Territory


def take_in(
    siren: str,
    *,
    sources: PublicSources,
    store: WorkStore,
    means: Means,
    on: dt.date,
) -> TerritoryWork:
    """Read all the public sources of one EPCI, save them as one piece of work, and return it.

    What the workspace already holds lasts: ids, people's decisions, the records of files imported
    by hand and of sources that could not be had this time. Raises UnknownTerritory,
    SourceUnavailable or UnusableFile; then nothing is saved.
    """
    before, progress = store.find(siren), means.progress

    # 1. the territory: who lives where, how fragile, who lives next door
    territory, doubts = _territory(siren, sources, means)

    # 2. the rows of every source that says who helps with what, where, when
    files = _fetch("directory", siren, sources, progress)
    progress.step(tr("Lecture de l'annuaire"))
    read, reading = read_sources(files, territory, on)
    kept = kept_records(before, files)
    known = kept_findings(before, {record.ref.source_id for record in kept}.__contains__)
    datasets = (file.dataset for file in files.values())
    territory = told_by(territory, (*territory.datasets, *datasets, *_not_again(before, files)))

    # 3. one directory of them, under ids that last
    work, _ = put_together(territory, (*read, *kept), reading, before=before, means=means)
    told = by_source((*known, *work.findings))
    work = replace(work, findings=(*sources.findings, *doubts, *told))

    # 4. saved whole
    progress.step(tr("Enregistrement"))
    store.save(work)
    return work


def read_territory(siren: str, sources: PublicSources, means: Means) -> Territory:
    """Return a territory without its directory. Nothing is saved."""
    return _territory(siren, sources, means)[0]


def _territory(
    siren: str, sources: PublicSources, means: Means
) -> tuple[Territory, tuple[Finding, ...]]:
    files = _fetch("territory", siren, sources, means.progress)
    means.progress.step(tr("Lecture du territoire"))
    fictional = any(file.dataset.origin is Origin.DEMO for file in files.values())
    return build_territory(files, siren, means.parameters, fictional=fictional)


def _not_again(before: TerritoryWork | None, files: Mapping[str, LocalFile]) -> tuple[Dataset, ...]:
    """Return the datasets of the records that are kept: their sources were not read again."""
    if before is None:
        return ()
    held = {record.ref.source_id for record in before.records} - files.keys()
    return tuple(d for d in before.territory.datasets if d.source_id in held)


def _fetch(
    room: str, siren: str, sources: PublicSources, progress: Progress
) -> dict[str, LocalFile]:
    progress.step(tr("Recherche des sources"))
    found = (
        (source_id, sources.get(source_id, siren)) for source_id in sources.feeding(room, siren)
    )
    return {source_id: file for source_id, file in found if file is not None}
