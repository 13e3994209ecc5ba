"""A workspace of the small territory with questions to judge, and its commands with keys typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from click.testing import CliRunner, Result
from tests.directory.places import PARAMETERS
from tests.jobs.desks import SIREN, desk_of, hub_file, imported, row

from maillage.directory.linking.model import Comparison, Likeness, Question
from maillage.directory.record_key import RecordKey
from maillage.jobs.ports import TerritoryWork
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace

ROWS = (
    row("1", courriels="mairie@bethune.fr"),
    row("2", nom="Hôtel de ville", adresse="6 pl. du 4 Septembre", telephone="+33321630001",
        date_maj="2024-02-01"),
    row("3", nom="Maison de quartier", adresse="1 rue Haute", telephone="+33321630003"),
    row("4", nom="Centre social", adresse="9 rue Neuve", telephone="+33321630004"),
)  # fmt: skip


def doubtful(left: str, right: str, question: Question = Question.PERMANENCE) -> Likeness:
    """Return a likeness between two records that a person must judge."""
    bounds = [PARAMETERS.number(f"linking.{b}.{question.code}") for b in ("review", "accept")]
    ends = (RecordKey("hub", left), RecordKey("hub", right))
    return Likeness(question, *ends, sum(bounds) / 2, ((Comparison.STREET, 4),))


def workspace_in(folder: Path, likenesses: Sequence[Likeness]) -> Path:
    """Return a workspace of four records, with these likenesses among them."""
    place = folder / f"maillage-{SIREN}"
    with desk_of(place) as store:
        work = imported(store, hub_file(folder / "files", "hub", ROWS)).work
        store.save(replace(work, likenesses=tuple(likenesses)))
    return place


def work_in(place: Path) -> TerritoryWork:
    """Return what a workspace holds now."""
    with Workspace.open(place) as workspace:
        return DjangoWorkStore(workspace).load(SIREN)


def typed(
    command: click.Command, place: Path, *words: str, keys: str = "", width: int = 100
) -> Result:
    """Return what a command of the directory says to a person who types these keys."""
    environ = {"COLUMNS": str(width), "NO_COLOR": "1", "TERM": "dumb"}
    options = ["--workspace", str(place), *words]
    return CliRunner(env=environ).invoke(command, options, input=keys)
