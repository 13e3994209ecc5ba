"""Take in a territory: from its public sources to a workspace."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from maillage.directory.from_files import build_directory
from maillage.jobs.ports import PublicSources, TerritoryWork, WorkStore
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress
from maillage.kernel.provenance import LocalFile, Origin
from maillage.territory.from_files import build_territory


def take_in(
    siren: str,
    *,
    sources: PublicSources,
    store: WorkStore,
    parameters: Parameters,
    on: dt.date,
    progress: Progress,
) -> TerritoryWork:
    """Read all the public sources of one EPCI, save them as one piece of work, and return it.

    Raises UnknownTerritory, SourceUnavailable or UnusableFile; then nothing is saved.
    """
    # 1. the territory: who lives where, how fragile, who lives next door
    files = _fetch("territory", siren, sources, progress)
    progress.step(tr("Lecture du territoire"))
    fictional = any(file.dataset.origin is Origin.DEMO for file in files.values())
    territory, doubts = build_territory(files, siren, parameters, fictional=fictional)

    # 2. the directory: who helps with what, where, when
    files = _fetch("directory", siren, sources, progress)
    progress.step(tr("Lecture de l'annuaire"))
    directory, more_doubts = build_directory(files, territory, parameters, on)

    # 3. one piece of work, saved whole, that knows all it was read from
    progress.step(tr("Enregistrement"))
    read = tuple(file.dataset for file in files.values())
    territory = replace(territory, datasets=(*territory.datasets, *read))
    work = TerritoryWork(territory, directory, (*sources.findings, *doubts, *more_doubts))
    store.save(work)
    return work


def _fetch(
    room: str, siren: str, sources: PublicSources, progress: Progress
) -> dict[str, LocalFile]:
    progress.step(tr("Recherche des sources"))
    found = (
        (source_id, sources.get(source_id, siren)) for source_id in sources.feeding(room, siren)
    )
    return {source_id: file for source_id, file in found if file is not None}
