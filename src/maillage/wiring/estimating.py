"""Answers of a file put together with their form and their weights, and what they tell written."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.kernel.findings import Finding
    from maillage.kernel.parameters import Parameters
    from maillage.survey.estimates.model import Estimated
    from maillage.survey.forms.model import Form


@dataclass(frozen=True, slots=True)
class EstimatedFile:
    """What the answers of a file tell, of which form, and what was doubtful on the way."""

    told: Estimated
    form: Form
    findings: tuple[Finding, ...]


def estimated_file(
    answers: Path, form: Form, raking: Path | None, wave: str, parameters: Parameters
) -> EstimatedFile:
    """Return what the answers of a file tell; ``wave`` "" takes them all. Raises UnusableFile."""
    from maillage.survey.estimates.estimate import Asked, estimate
    from maillage.survey.estimates.raking_file import read_raking
    from maillage.survey.intake.read import read_answers

    asked = Asked() if raking is None else read_raking(raking, form)
    read, doubts = read_answers(answers, form)
    kept = [one for one in read if not wave or one.wave == wave]
    told = estimate(kept, form, asked, parameters, wave)
    return EstimatedFile(told, form, (*doubts, *told.findings))


def write_tables(made: EstimatedFile, folder: Path, on: dt.date) -> tuple[Path, ...]:
    """Write the tables, the JSON, the page and the findings in a folder; return their paths."""
    from maillage.kernel.atomic import write_whole
    from maillage.reports.findings_csv import findings_bytes
    from maillage.reports.survey.estimated_files import (
        estimated_json,
        estimated_page,
        table_files,
    )

    title = tr("{title} : ce que disent les réponses").format(title=made.form.title)
    told = {"on": on.isoformat(), **estimated_json(made.told)}
    files = {
        **dict(table_files(made.told)),
        "estimations.json": (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode(),
        "estimations.html": estimated_page(made.told, title, made.findings).encode(),
        "remarques.csv": findings_bytes(made.findings),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_whole(folder / name, content)
    return tuple(folder / name for name in files)
