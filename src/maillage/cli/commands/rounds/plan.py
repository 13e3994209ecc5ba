"""``maillage rounds plan SIREN``: four weeks of a mobile round."""

from __future__ import annotations

import datetime as dt
import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.access_options import gtfs_option, osm_option
from maillage.cli.home_options import home_options
from maillage.cli.options import (
    json_option,
    on_option,
    quiet_option,
    siren_argument,
    source_options,
    today,
    workspace_option,
)
from maillage.cli.progress import shown_progress
from maillage.cli.rounds_options import (
    Earlier,
    earlier_options,
    plan_time_budget_option,
    round_options,
)
from maillage.cli.siting_options import searching, seed_option
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.rounds.intake.told_plan import ToldPlan
    from maillage.rounds.month import RoundMonth
    from maillage.wiring.homes import HomeFiles
    from maillage.wiring.house import SourceChoice
    from maillage.wiring.rounds import Product, ReadyRound, RoundWanted
    from maillage.wiring.unreached import Brought

PLAN_FILE = "tournee.json"
HELP = tr(
    """Prépare quatre semaines de tournée : où s'arrêter, quel jour, à quelle heure, pour que le
    plus de personnes sans aide joignable puissent venir.

    Sans --asked, un véhicule part de la commune la plus peuplée, aux jours et aux heures usuels.
    Si l'annuaire connaît une tournée (ou si --existing la donne), le plan dispose d'autant de
    venues qu'elle, et lui est comparé. Ce qui se contredit est dit, et rien n'est écrit. Ctrl-C
    arrête la recherche et garde le meilleur plan trouvé.

    \b
    Exemples :
      maillage rounds plan 200072460
      maillage rounds plan 200072460 --asked tournee.yaml --out janvier
      maillage rounds plan 200072460 --existing pimms.csv --sessions 40
      maillage rounds plan 200072460 --resume tournee-200072460/tournee.json --time-budget 300
      maillage rounds plan 200072460 --keep-to tournee-200072460/tournee.json --without Auchel
    """
)


@click.command("plan", help=HELP, short_help=tr("Prépare quatre semaines de tournée."))
@siren_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=tr("Où écrire le plan [défaut : ./tournee-SIREN]."),
)
@round_options
@earlier_options
@workspace_option
@osm_option
@click.option("--streets", is_flag=True, help=tr("Télécharge les rues, comme pour diagnose."))
@gtfs_option
@home_options
@source_options
@plan_time_budget_option
@seed_option
@on_option
@json_option
@quiet_option
def command(
    siren: str,
    out: Path | None,
    wanted: RoundWanted,
    earlier: Earlier,
    workspace: Path | None,
    osm: tuple[Path, ...],
    streets: bool,
    gtfs: tuple[Path, ...],
    living: HomeFiles,
    mirror: Path | None,
    cache: Path | None,
    offline: bool,
    refresh: bool,
    time_budget: float | None,
    seed: int,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Plan four weeks."""
    from maillage.cli.envelope import as_text
    from maillage.cli.rounds_telling import plan_answer, tell_month
    from maillage.kernel.atomic import check_writable
    from maillage.wiring import house

    folder = None if as_json and out is None else out or Path(f"tournee-{siren}")
    if folder is not None:
        check_writable(folder)
    wanted, still = replace(wanted, kept=earlier.kept(siren)), quiet or as_json
    resumed = earlier.plan(siren)
    brought = _brought(osm, gtfs, workspace, living, cache, streets=streets)
    choice = house.SourceChoice(today(), mirror, cache, offline, refresh)
    ready = _ready(siren, workspace, wanted, brought, choice, on, quiet=still)
    month = _planned(ready, resumed, time_budget, seed, quiet=still)
    answer = as_text(plan_answer(ready, month, seed)) + "\n"
    products = _written(ready, month, answer, folder, quiet=still)
    if as_json:
        click.echo(answer, nl=False)
    elif folder is not None:
        words = ["maillage", "rounds", "adopt", str(folder / PLAN_FILE)]
        tell_month(month, products, folder, shlex.join(words))


def _brought(
    osm: tuple[Path, ...],
    gtfs: tuple[Path, ...],
    workspace: Path | None,
    living: HomeFiles,
    cache: Path | None,
    *,
    streets: bool,
) -> Brought:
    """Return by what people move, or fail where streets are told twice."""
    from maillage.wiring.public_ground import timetables_of
    from maillage.wiring.unreached import Brought

    if streets and osm:
        raise click.UsageError(tr("--streets et --osm disent chacun d'où viennent les rues."))
    return Brought(osm, streets, (*gtfs, *timetables_of(workspace)), living, cache)


def _ready(
    siren: str,
    workspace: Path | None,
    wanted: RoundWanted,
    brought: Brought,
    choice: SourceChoice,
    on: dt.date,
    *,
    quiet: bool,
) -> ReadyRound:
    """Return what a plan stands on."""
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import house
    from maillage.wiring.rounds import ready_round
    from maillage.wiring.unmet import recorded_demand

    parameters = load_parameters(on)
    if wanted.count_recorded:
        wanted = replace(wanted, recorded=recorded_demand(siren, workspace, parameters))
    with shown_progress(quiet=quiet) as progress:
        sources = house.public_sources(choice, progress)
        with house.work_of(siren, workspace, sources, parameters, progress) as work:
            return ready_round(work, wanted, brought, sources, parameters, progress)


def _planned(
    ready: ReadyRound,
    earlier: ToldPlan | None,
    time_budget: float | None,
    seed: int,
    *,
    quiet: bool,
) -> RoundMonth:
    """Return the plan; the clock begins with the search, and Ctrl-C keeps the best found."""
    from maillage.cli.rounds_telling import interrupted
    from maillage.wiring.rounds import planned_month, round_budget

    parameters = ready.ground.parameters
    longest = parameters.number("rounds.longest_seconds")
    seconds = longest if time_budget is None else time_budget
    with searching(parameters.on, seconds, seed, quiet=quiet) as (search, clock):
        budget = round_budget(seed, search.seconds_left, parameters)
        month = planned_month(ready, budget, search.progress, earlier)
    return interrupted(month) if clock.interrupted else month


def _written(
    ready: ReadyRound, month: RoundMonth, answer: str, folder: Path | None, *, quiet: bool
) -> tuple[Product, ...]:
    """Write the files of a plan, all or none, where a folder is told."""
    from maillage.kernel.atomic import folder_whole, output_error
    from maillage.kernel.errors import MaillageError
    from maillage.wiring.rounds import Product, round_products

    if folder is None:
        return ()
    with shown_progress(quiet=quiet) as progress:
        progress.step(tr("Page, tableau, agenda et affichettes"))
        plan = Product(PLAN_FILE, answer.encode())
        products = (*round_products(month, ready.territory, ready.ground.parameters.on), plan)
        try:
            with folder_whole(folder) as draft:
                for product in products:
                    if product.content is not None:
                        (draft / product.name).write_bytes(product.content)
        except OSError as error:
            if isinstance(error, MaillageError):
                raise
            raise output_error(folder, error) from error
    return products
