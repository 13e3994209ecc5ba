"""``maillage siting withdraw``: an adopted plan of posts leaves the directory."""

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

    NAME est le nom du plan (celui de l'employeur, si aucun autre n'a été donné), ou celui de la
    source que « siting adopt » a dit.

    \b
    Exemple :
      maillage siting withdraw "Conseillers numériques" --workspace maillage-200072460
    """
)


@click.command("withdraw", help=HELP, short_help=tr("Retire de l'annuaire un plan adopté."))
@click.argument("name")
@desk_options
def command(name: str, desk: Desk) -> None:
    """Withdraw one plan."""
    from maillage.jobs.adopt_posts import POSTS, withdraw_posts

    source = POSTS.source_told(name)

    def withdrawn(siren: str, who: Who, store: WorkStore, means: Means) -> Adopted:
        """Withdraw it from a territory."""
        return withdraw_posts(source, siren, who, store=store, means=means, dry_run=desk.dry_run)

    done = desk.change(None, None, withdrawn)
    head = tr("Plan retiré : la source « {source} » n'est plus dans l'annuaire.")
    if desk.dry_run:
        head = tr("À l'essai : la source « {source} » ne serait plus dans l'annuaire.")
    desk.tell("siting withdraw", source, head.format(source=source), done)
