"""``maillage rounds withdraw``: an adopted plan leaves the directory."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.options import (
    by_option,
    json_option,
    on_option,
    quiet_option,
    workspace_option,
)
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

HELP = tr(
    """Retire de l'annuaire un plan adopté, et ce qui avait été décidé pour lui.

    OPERATOR est le nom de l'opérateur, ou celui de la source que « rounds adopt » a dit.

    \b
    Exemple :
      maillage rounds withdraw "Bus numérique" --workspace maillage-200072460
    """
)


@click.command("withdraw", help=HELP, short_help=tr("Retire de l'annuaire un plan adopté."))
@click.argument("operator")
@click.option("--dry-run", is_flag=True, help=tr("Dit ce qui changerait, et n'écrit rien."))
@workspace_option
@by_option
@on_option
@json_option
@quiet_option
def command(
    operator: str,
    dry_run: bool,
    workspace: Path | None,
    by: str,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Withdraw one plan."""
    from maillage.cli.rounds_telling import Changed, tell_changed
    from maillage.jobs.adopt_round import round_source, withdraw_round
    from maillage.jobs.decide import Who
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import desk, house

    source = operator if operator == _as_source(operator) else round_source(operator)
    with (
        shown_progress(quiet=quiet or as_json) as progress,
        desk.opened(workspace, on, by) as space,
    ):
        done = withdraw_round(
            source,
            space.siren,
            Who(by, on),
            store=space.store,
            means=house.means(load_parameters(on), progress),
            dry_run=dry_run,
        )
    head = tr("Plan retiré : la source « {source} » n'est plus dans l'annuaire.")
    changed = Changed("rounds withdraw", source, done, saved=not dry_run)
    tell_changed(changed, head.format(source=source), on, as_json=as_json)


def _as_source(text: str) -> str:
    """Return the source that a text would name, if it is one already."""
    from maillage.jobs.adopt_round import round_source

    prefix = round_source("")[: -len("bus")]
    return round_source(text.removeprefix(prefix)) if text.startswith(prefix) else ""
