"""``maillage directory decisions``: what was decided, and undoing one of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.options import by_option, json_option, on_option, workspace_option
from maillage.kernel.language import tr

HELP = tr(
    """Liste les décisions prises sur l'annuaire, et en annule une avec --undo.

    Une annulation est une décision de plus : rien n'est effacé, et les identifiants d'avant
    reviennent. Les valeurs choisies en répondant « oui, en choisissant » sont annulées avec la
    réponse ; chacune peut l'être seule, par son numéro.

    \b
    Exemples :
      maillage directory decisions
      maillage directory decisions --undo 12
    """
)


@click.command("decisions", help=HELP, short_help=tr("Les décisions prises."))
@click.option(
    "--undo", "undone", type=click.IntRange(min=1), metavar="N", help=tr("Annule la n° N.")
)
@workspace_option
@by_option
@on_option
@json_option
def command(
    undone: int | None, workspace: Path | None, by: str, on: dt.date, as_json: bool
) -> None:
    """List the decisions, or undo one."""
    from maillage.cli.decision_words import decision_lines, decisions_told
    from maillage.cli.envelope import print_envelope
    from maillage.jobs.decide import Who, chosen_with_answer, open_desk, take_down, undo_answer
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import desk

    parameters = load_parameters(on)
    chosen: tuple[int, ...] = ()
    with desk.opened(workspace, on, by) as space:
        opened = open_desk(space.siren, space.store, parameters)
        if undone is not None:
            chosen = chosen_with_answer(opened, undone)
            undoing = undo_answer(opened, undone, Who(by, on))
            opened = take_down(opened, undoing, space.store, parameters)
    if as_json:
        told = {"decisions": decisions_told(opened)}
        print_envelope("directory decisions", opened.work.territory, on, (), told)
    elif not opened.work.decisions:
        click.echo(tr("Aucune décision : « maillage directory review » présente les questions."))
    else:
        for line in decision_lines(opened):
            click.echo(line)
        if chosen:
            text = tr(
                "Annulées avec la n° {n}, les valeurs choisies dans la même réponse : {them}."
            )
            them = ", ".join(f"n° {number}" for number in chosen)
            click.echo(text.format(n=undone, them=them))
