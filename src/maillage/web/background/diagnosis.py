"""The diagnosis of a territory made in the background, and kept for its pages."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from maillage.jobs.diagnose import write_products
from maillage.kernel.progress import Progress
from maillage.reports.html_chapters import chapter_pieces
from maillage.reports.view import compose
from maillage.storage.diagnoses.keep import ALIAS, ChapterTold, FileTold, Made, keep, last_line
from maillage.storage.survey.heard import hearing_of
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace
from maillage.web.clock import now, parameters_on
from maillage.wiring import house
from maillage.wiring.diagnosing import Diagnosed, served_diagnosis
from maillage.wiring.unmet import demand_in

DIAGNOSIS = "diagnosis"
"""The kind of this work."""


def make_diagnosis(siren: str, progress: Progress) -> None:
    """Diagnose a territory in place of its last diagnosis. Raises MaillageError."""
    keep(siren, diagnosis_of(siren, progress))


def diagnosis_of(siren: str, progress: Progress) -> Made:
    """Return the diagnosis of a territory as its work stands, on this day.

    What is saved while it is made counts as a change since. Raises MaillageError.
    """
    began = time.monotonic()
    revision = last_line(siren)
    parameters = parameters_on(now().date())
    work = DjangoWorkStore(Workspace(Path("base du site"), None, ALIAS)).load(siren)
    recorded = demand_in(ALIAS, siren, parameters)
    heard = hearing_of(siren, round(parameters.number("words.least_of_kind")))
    at_hand = settings.MAILLAGE_AT_HAND
    made = served_diagnosis(work, at_hand, recorded, parameters, progress, heard)
    files = _files_of(made, progress)
    report = compose(made.diagnosis, made.plan)
    chapters = tuple(ChapterTold(one.id, one.title, one.html) for one in chapter_pieces(report))
    return Made(
        on=parameters.on,
        made_at=timezone.now(),
        seconds=round(time.monotonic() - began),
        revision=revision,
        engine=report.engine,
        chapters=chapters,
        files=files,
    )


def _files_of(made: Diagnosed, progress: Progress) -> tuple[FileTold, ...]:
    with tempfile.TemporaryDirectory(prefix="maillage-") as name:
        out = Path(name) / "diagnostic"
        paths = write_products(made.diagnosis, house.writers(made.plan), out, progress)
        return tuple(FileTold(path.name, path.read_bytes()) for path in paths)
