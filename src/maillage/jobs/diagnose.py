"""Diagnose a territory: from its workspace to the products of its diagnosis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from maillage.access.travel import TravelTimes
from maillage.diagnosis.diagnose import Besides, diagnose
from maillage.diagnosis.heard_model import Hearing
from maillage.diagnosis.model import Diagnosis
from maillage.diagnosis.visits import Journeys
from maillage.jobs.ports import DiagnosisWriter, TerritoryWork
from maillage.kernel.atomic import folder_whole, output_error
from maillage.kernel.errors import MaillageError
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress


def diagnose_work(  # noqa: PLR0913 - what a diagnosis is made of
    work: TerritoryWork,
    *,
    engine: TravelTimes,
    parameters: Parameters,
    on: dt.date,
    progress: Progress,
    journeys: Journeys | None = None,
    hearing: Hearing | None = None,
) -> Diagnosis:
    """Return the diagnosis of what a workspace holds; of visits only where journeys are given.

    ``hearing`` is what structures and residents said, None where they were not asked.
    """
    progress.step(tr("Diagnostic"))
    return diagnose(
        work.territory,
        work.directory,
        engine=engine,
        parameters=parameters,
        on=on,
        findings=work.findings,
        besides=Besides(journeys, hearing),
    )


def write_products(
    diagnosis: Diagnosis,
    writers: Sequence[DiagnosisWriter],
    out: Path,
    progress: Progress,
) -> tuple[Path, ...]:
    """Write every product in the folder and return their paths.

    Nothing is put in place before all are made. Raises OutputError where it cannot be written.
    """
    progress.step(tr("Rapport et données"), total=len(writers))
    try:
        with folder_whole(out) as draft:
            for writer in writers:
                writer.write(diagnosis, draft)
                progress.advance()
    except OSError as error:
        if isinstance(error, MaillageError):
            raise
        raise output_error(out, error) from error
    return tuple(out / writer.file_name for writer in writers)
