"""``maillage rounds withdraw``: an adopted plan leaves the directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from maillage.cli.adopting import Desk, desk_options
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.jobs.adopt_plan import Adopted
    from maillage.jobs.decide import Who
    from maillage.jobs.ports import Means, WorkStore

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
@desk_options
def command(operator: str, desk: Desk) -> None:
    """Withdraw one plan."""
    from maillage.jobs.adopt_round import ROUND, withdraw_round

    source = ROUND.source_told(operator)

    def withdrawn(siren: str, who: Who, store: WorkStore, means: Means) -> Adopted:
        """Withdraw it from a territory."""
        return withdraw_round(source, siren, who, store=store, means=means, dry_run=desk.dry_run)

    done = desk.change(None, None, withdrawn)
    head = tr("Plan retiré : la source « {source} » n'est plus dans l'annuaire.")
    if desk.dry_run:
        head = tr("À l'essai : la source « {source} » ne serait plus dans l'annuaire.")
    desk.tell("rounds withdraw", source, head.format(source=source), done)
