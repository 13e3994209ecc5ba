"""``maillage rounds adopt``: a plan becomes permanences of the directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.adopting import (
    Desk,
    desk_options,
    plan_argument,
    services_option,
    services_told,
)
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.jobs.adopt_plan import Adopted
    from maillage.jobs.decide import Who
    from maillage.jobs.ports import Means, WorkStore

HELP = tr(
    """Met un plan dans l'annuaire : une permanence par arrêt, à ses jours et à ses heures.

    FILE est le tournee.json écrit par « maillage rounds plan ». Un plan adopté de nouveau pour le
    même opérateur prend la place du précédent ; « rounds withdraw » le retire. L'annuaire ne peut
    savoir quels services y sont rendus que si --service les dit.

    \b
    Exemples :
      maillage rounds adopt tournee-200072460/tournee.json --dry-run
      maillage rounds adopt tournee.json --service "Aide aux démarches administratives"
    """
)


@click.command("adopt", help=HELP, short_help=tr("Met un plan dans l'annuaire."))
@plan_argument
@services_option(tr("Un service rendu à tous les arrêts ; plusieurs fois pour plusieurs."))
@desk_options
def command(file: Path, services: tuple[str, ...], desk: Desk) -> None:
    """Adopt one plan."""
    from maillage.jobs.adopt_round import Adoption, adopt_round
    from maillage.rounds.intake.told_plan import read_plan

    plan = read_plan(file)
    adoption = Adoption(plan, plan.venues, services_told(services) or None)

    def adopted(siren: str, who: Who, store: WorkStore, means: Means) -> Adopted:
        """Adopt it in a territory."""
        return adopt_round(adoption, siren, who, store=store, means=means, dry_run=desk.dry_run)

    done = desk.change(plan.siren, file, adopted)
    head = tr("Plan de « {name} » adopté, sous la source « {source} ».")
    if desk.dry_run:
        head = tr("À l'essai : le plan de « {name} » serait adopté sous la source « {source} ».")
    head = head.format(name=plan.operator.name, source=adoption.source_id)
    desk.tell("rounds adopt", adoption.source_id, head, done)
