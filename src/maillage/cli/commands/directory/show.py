"""``maillage directory show ID``: one thing, field by field, and where each value comes from."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.options import json_option, on_option, workspace_option
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.directory.provenance import FieldTold, Told
    from maillage.jobs.decide import Desk

WIDEST = 110
HELP = tr(
    """Montre une permanence : chaque valeur, d'où elle vient et de quand, ce que d'autres sources
    en disent, et les fiches qui la composent ; ou ce que réunit un lieu ou une structure.

    ID est un identifiant (un ancien mène au nouveau) ou des mots du nom.

    \b
    Exemples :
      maillage directory show permanence-4abmhfcbktp2e
      maillage directory show "ccas auchel"
    """
)


@click.command("show", help=HELP, short_help=tr("Une fiche et ses sources."))
@click.argument("its_id", metavar="ID")
@workspace_option
@on_option
@json_option
def command(its_id: str, workspace: Path | None, on: dt.date, as_json: bool) -> None:
    """Show one thing."""
    from maillage.cli.directory_words import the_one_meant
    from maillage.cli.thing_screen import print_thing, records_there
    from maillage.jobs.decide import open_desk
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import desk

    with desk.opened(workspace, on, "") as space:
        opened = open_desk(space.siren, space.store, load_parameters(on))
    current = the_one_meant(opened.work, its_id)
    if not records_there(opened, current):
        message = tr(
            "« {id} » n'est plus dans l'annuaire : plus aucune source n'en parle. "
            "« maillage directory history {id} » dit ce qui est arrivé."
        )
        raise WorkspaceError(message.format(id=current))
    if as_json:
        _print_json(opened, current, on)
    else:
        print_thing(opened, current, min(shutil.get_terminal_size().columns, WIDEST))


def _print_json(opened: Desk, its_id: str, on: dt.date) -> None:
    from maillage.cli.directory_words import titles_of
    from maillage.cli.envelope import print_envelope
    from maillage.cli.thing_screen import (
        decisions_on,
        fields_of,
        former_ids,
        permanences_of,
        records_there,
    )

    result = {
        "id": its_id,
        "title": titles_of(opened.work.directory)[its_id],
        "former_ids": list(former_ids(opened, its_id)),
        "records": [list(member.key) for member in records_there(opened, its_id)],
        "permanences": [permanence.id for permanence in permanences_of(opened, its_id)],
        "decisions": [decision.number for decision in decisions_on(opened, its_id)],
        "fields": [_field(told) for told in fields_of(opened, its_id)],
    }
    print_envelope("directory show", opened.work.territory, on, (), result)


def _field(told: FieldTold) -> dict[str, object]:
    return {
        "field": told.field,
        **_said(told),
        "why": tr(told.why),
        "decision": None if told.decision is None else told.decision.number,
        "set_aside": [_said(other) for other in told.set_aside],
    }


def _said(told: Told | FieldTold) -> dict[str, object]:
    """Return one value with its origin, as JSON can hold it."""
    from maillage.reports.plain_data import plain

    value = told.value
    return {
        "value": value if isinstance(value, float) else plain(value),
        "source": told.key.source_id,
        "record": told.key.record_id,
        "date": None if told.date is None else told.date.isoformat(),
    }
