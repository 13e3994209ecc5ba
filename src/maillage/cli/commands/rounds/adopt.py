"""``maillage rounds adopt``: a plan becomes permanences of the directory."""

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
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--service",
    "services",
    multiple=True,
    metavar="NAME",
    help=tr("Un service rendu à tous les arrêts ; plusieurs fois pour plusieurs."),
)
@click.option("--dry-run", is_flag=True, help=tr("Dit ce qui changerait, et n'écrit rien."))
@workspace_option
@by_option
@on_option
@json_option
@quiet_option
def command(
    file: Path,
    services: tuple[str, ...],
    dry_run: bool,
    workspace: Path | None,
    by: str,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Adopt one plan."""
    from maillage.cli.person_options import service_wanted
    from maillage.cli.rounds_telling import Changed, tell_changed
    from maillage.jobs.adopt_round import Adoption, adopt_round
    from maillage.jobs.decide import Who
    from maillage.kernel.errors import UnusableFile
    from maillage.kernel.parameters import load_parameters
    from maillage.rounds.intake.told_plan import read_plan
    from maillage.wiring import desk, house

    plan = read_plan(file)
    given = tuple(one for one in map(service_wanted, services) if one is not None)
    adoption = Adoption(plan, plan.venues, given or None)
    with (
        shown_progress(quiet=quiet or as_json) as progress,
        desk.opened(workspace, on, by) as space,
    ):
        if plan.siren != space.siren:
            message = tr("ce plan est celui d'un autre territoire ({its}, et non {ours})")
            raise UnusableFile(file, message.format(its=plan.siren, ours=space.siren))
        done = adopt_round(
            adoption,
            space.siren,
            Who(by, on),
            store=space.store,
            means=house.means(load_parameters(on), progress),
            dry_run=dry_run,
        )
    head = tr("Plan de « {name} » adopté, sous la source « {source} ».")
    head = head.format(name=plan.operator.name, source=adoption.source_id)
    changed = Changed("rounds adopt", adoption.source_id, done, saved=not dry_run)
    tell_changed(changed, head, on, as_json=as_json)
