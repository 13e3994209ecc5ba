"""``maillage siting adopt``: a plan of posts becomes permanences of the directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.adopting import (
    Desk,
    desk_options,
    services_option,
    services_told,
)
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.jobs.adopt_plan import Adopted
    from maillage.jobs.decide import Who
    from maillage.jobs.ports import Means, WorkStore

HELP = tr(
    """Met un plan dans l'annuaire : une permanence par lieu, chaque semaine, aux demi-journées
    que le plan y tient.

    FILE est le plan.json écrit par « maillage siting post ». Le diagnostic et les plans suivants
    comptent ces permanences, si l'on sait quels services elles rendent : celui pour lequel le plan
    est fait, ou ceux que --service dit. Un plan adopté de nouveau sous le même nom prend la place
    du précédent ; « siting withdraw » le retire.

    \b
    Exemples :
      maillage siting adopt ou-renforcer-200072460/plan.json --dry-run
      maillage siting adopt plan.json --service "Aide aux démarches administratives"
      maillage siting adopt plan.json --name "Renfort 2027" --operator "CCAS de Lillers"
    """
)


@click.command("adopt", help=HELP, short_help=tr("Met un plan dans l'annuaire."))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@services_option(tr("Un service rendu dans tous les lieux ; plusieurs fois pour plusieurs."))
@click.option(
    "--operator",
    metavar="NAME",
    default=tr("Conseillers numériques"),
    show_default=True,
    help=tr("L'employeur : la structure dont sont toutes ces permanences."),
)
@click.option(
    "--name",
    metavar="NAME",
    help=tr("Le nom du plan, pour en tenir plusieurs [défaut : l'employeur]."),
)
@desk_options
def command(
    file: Path, services: tuple[str, ...], operator: str, name: str | None, desk: Desk
) -> None:
    """Adopt one plan."""
    from maillage.jobs.adopt_posts import PostsAdoption, adopt_posts
    from maillage.jobs.told_posts import read_told_posts

    plan = read_told_posts(file)
    adoption = PostsAdoption(plan, name or operator, operator, services_told(services))

    def adopted(siren: str, who: Who, store: WorkStore, means: Means) -> Adopted:
        """Adopt it in a territory."""
        return adopt_posts(adoption, siren, who, store=store, means=means, dry_run=desk.dry_run)

    done = desk.change(plan.siren, file, adopted)
    head = tr("Plan « {name} » adopté, sous la source « {source} ».")
    if desk.dry_run:
        head = tr("À l'essai : le plan « {name} » serait adopté sous la source « {source} ».")
    head = head.format(name=adoption.name, source=adoption.source_id)
    desk.tell("siting adopt", adoption.source_id, head, done)
