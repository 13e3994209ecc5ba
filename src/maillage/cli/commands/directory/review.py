"""``maillage directory review``: the doubles that a person must judge, what matters most first."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.options import by_option, json_option, on_option, workspace_option
from maillage.directory.linking.model import Question
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.directory.review_queue import QueueItem
    from maillage.jobs.decide import Desk

HELP = tr(
    """Présente les rapprochements à trancher, les plus importants d'abord.

    Une question à la fois, deux fiches côte à côte, une touche pour répondre. Chaque décision est
    enregistrée aussitôt, vaut pour tous les imports à venir, et peut être annulée.

    \b
    Exemples :
      maillage directory review
      maillage directory review --question lieu
      maillage directory review --list
    """
)


@click.command("review", help=HELP, short_help=tr("Trancher les doublons possibles."))
@click.option(
    "--question",
    type=click.Choice([question.code for question in Question]),
    help=tr("Seulement les questions de cette sorte."),
)
@click.option("--list", "as_list", is_flag=True, help=tr("Liste les questions sans rien demander."))
@workspace_option
@by_option
@on_option
@json_option
def command(
    question: str | None,
    as_list: bool,
    workspace: Path | None,
    by: str,
    on: dt.date,
    as_json: bool,
) -> None:
    """Go through the queue."""
    from rich.console import Console

    from maillage.cli.review_dialogue import Session, key_pressed
    from maillage.jobs.decide import Who, open_desk
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import desk

    parameters = load_parameters(on)
    only = next((q for q in Question if q.code == question), None)
    with desk.opened(workspace, on, by) as space:
        opened = open_desk(space.siren, space.store, parameters)
        items = [item for item in opened.queue if only in (None, item.question)]
        if as_json:
            _print_json(opened, items, on)
        elif as_list or not items:
            _list(opened, items)
        else:
            console = Console(highlight=False, emoji=False, markup=False)
            session = Session(
                opened, space.store, parameters, Who(by, on), console, key_pressed, only
            )
            session.run()


def _list(opened: Desk, items: list[QueueItem]) -> None:
    from rich.console import Console

    from maillage.cli.review_screen import queue_table

    if items:
        Console(highlight=False, emoji=False, markup=False).print(queue_table(items, opened))
    else:
        click.echo(tr("Plus rien à trancher."))


def _print_json(opened: Desk, items: list[QueueItem], on: dt.date) -> None:
    from maillage.cli.envelope import print_envelope
    from maillage.directory.linking.evidence import reasons

    questions = [
        {
            "question": item.question.code,
            "doubt": item.doubt.code,
            "left_id": item.left_id,
            "right_id": item.right_id,
            "left": [list(key) for key in item.left],
            "right": [list(key) for key in item.right],
            "probability": round(item.likeness.probability, 4),
            "reasons": list(reasons(item.likeness)),
            "against": item.against,
            "people": item.people,
        }
        for item in items
    ]
    print_envelope("directory review", opened.work.territory, on, (), {"questions": questions})
