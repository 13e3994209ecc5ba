"""``maillage siting compare SIREN A B``: one place, or one plan, rather than another."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maillage.cli.options import json_option, on_option, quiet_option
from maillage.cli.posts_options import demand_options, ground_options
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.jobs.asked_posts import PostsAsked
    from maillage.jobs.compare_posts import TwoCompared
    from maillage.jobs.kept_plan import KeptPlan
    from maillage.kernel.parameters import Parameters
    from maillage.siting.scenarios.worlds import Setting
    from maillage.wiring.house import SourceChoice
    from maillage.wiring.scenarios import Where

HELP = tr(
    """Répond à « et si on le met à Lillers plutôt qu'à Auchel ? » : A et B sont deux lieux ou deux
    communes, ou deux plans (plan.json) que « siting post » a écrits.

    Deux lieux sont comparés seuls, toutes les demi-journées en un même lieu ; avec --plan, l'un
    prend les demi-journées que l'autre a dans ce plan. Rien n'est cherché : la réponse est
    immédiate dès que le terrain est prêt ; il est gardé d'une question à l'autre.

    \b
    Exemples :
      maillage siting compare 200072460 Lillers Auchel
      maillage siting compare 200072460 Lillers Hinges --plan ou-renforcer-200072460/plan.json
      maillage siting compare 200072460 premier/plan.json second/plan.json
    """
)


@click.command("compare", help=HELP, short_help=tr("Un lieu plutôt qu'un autre."))
@ground_options
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option(
    "--plan",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=tr("Le plan (plan.json) où l'un des deux prendrait la place de l'autre."),
)
@demand_options
@on_option
@json_option
@quiet_option
def command(
    where: Where,
    choice: SourceChoice,
    one: str,
    other: str,
    plan: Path | None,
    demand: dict[str, Any],
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Compare two places or two plans."""
    from maillage.cli.posts_telling import print_compared, tell_compared
    from maillage.jobs.asked_posts import PostsAsked
    from maillage.jobs.compare_posts import check_places
    from maillage.jobs.kept_plan import read_kept_plan
    from maillage.kernel.parameters import load_parameters
    from maillage.siting.scenarios.worlds import Setting
    from maillage.wiring.scenarios import ready_ground

    _check(one, other, plan)
    files = [path for path in (one, other, plan) if path is not None and _is_plan(path)]
    plans = tuple(read_kept_plan(Path(file)) for file in files)
    parameters = load_parameters(on)
    names = None if _is_plan(one) else (one, other)
    check = None if names is None else lambda venues: check_places(venues, names)
    with shown_progress(quiet=quiet or as_json) as progress:
        kept = ready_ground(where, choice, parameters, progress, check)
    setting = Setting(kept.unreached, kept.reach)
    found = _compared(setting, PostsAsked(**demand), names, plans, parameters)
    if as_json:
        print_compared(kept.who, found, on)
    else:
        tell_compared(found)


def _check(one: str, other: str, plan: Path | None) -> None:
    """Fail where a place stands beside a plan, or plans in a plan."""
    files = [_is_plan(text) for text in (one, other)]
    if any(files) and (plan is not None or not all(files)):
        message = tr("A et B sont deux lieux, ou deux plans (.json) sans --plan.")
        raise click.UsageError(message)


def _is_plan(told: str | Path) -> bool:
    return isinstance(told, Path) or told.endswith(".json")


def _compared(
    setting: Setting,
    asked: PostsAsked,
    names: tuple[str, str] | None,
    plans: tuple[KeptPlan, ...],
    parameters: Parameters,
) -> TwoCompared:
    """Return two places compared, in a plan where one is given, or else two plans."""
    from maillage.jobs.compare_posts import compare_places, compare_plans

    if names is None:
        return compare_plans(setting, asked, (plans[0], plans[1]), parameters)
    return compare_places(setting, asked, names, parameters, plans[0] if plans else None)
