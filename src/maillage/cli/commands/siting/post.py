"""``maillage siting post SIREN``: where the next counsellors should hold their half-days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from maillage.cli.options import json_option, on_option, quiet_option
from maillage.cli.posts_options import bound_option, demand_options, ground_options, rule_options
from maillage.cli.progress import shown_progress
from maillage.cli.siting_options import searching, seed_option, time_budget_option
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.jobs.asked_posts import NamedRules, PostsAsked
    from maillage.jobs.kept_plan import KeptPlan
    from maillage.jobs.move_posts import PresentPlan
    from maillage.jobs.plan_posts import PostsAnswer
    from maillage.territory.model import Territory
    from maillage.wiring.house import SourceChoice
    from maillage.wiring.scenarios import Where

PLAN_FILE = "plan.json"
HELP = tr(
    """Dit où placer les prochains conseillers : quels lieux, quelles demi-journées, pour que le
    plus de personnes sans aide à portée en aient une.

    Les lieux candidats sont les mairies et les lieux de l'annuaire. Un lieu se nomme par son nom
    ou sa commune, sans souci des accents. Le plan est prouvé le meilleur, ou dit ce qui l'en
    sépare au plus ; la page « ou-renforcer.html » l'explique lieu par lieu. Ce qui se contredit
    est dit, et rien n'est écrit. Ctrl-C arrête et garde le meilleur trouvé.

    Avec --present, un plan d'avant est gardé, sauf --moves demi-journées qui peuvent aller
    ailleurs : ce que vaut le plan présent, ce qu'y gagne chaque déplacement, et ce qui le sépare
    encore du meilleur plan de tous.

    \b
    Exemples :
      maillage siting post 200072460
      maillage siting post 200072460 --posts 2 --forbid Béthune --floor 0.5
      maillage siting post 200072460 --keep "Mairie de Busnes:mardi matin" --up-to 5
      maillage siting post 200072460 --resume ou-renforcer-200072460/plan.json
      maillage siting post 200072460 --present ou-renforcer-200072460/plan.json --moves 2
    """
)


@click.command("post", help=HELP, short_help=tr("Où placer les prochains conseillers."))
@ground_options
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=tr("Où écrire le plan [défaut : ./ou-renforcer-SIREN]."),
)
@demand_options
@bound_option
@click.option(
    "--floor",
    type=click.FloatRange(min=0, max=1),
    metavar="SHARE",
    help=tr(
        "La part du public que chaque commune doit atteindre, là où c'est possible : 0.5. Les "
        "communes où les moyens ne le permettent pas sont nommées."
    ),
)
@rule_options
@click.option(
    "--up-to",
    type=click.IntRange(min=0),
    metavar="N",
    help=tr(
        "Dit ce que vaut chaque conseiller de plus, jusqu'à N (0 : non) [défaut : 10 ; 0 avec "
        "--present]."
    ),
)
@click.option(
    "--scenarios/--no-scenarios",
    default=True,
    help=tr("Essaie le plan sous d'autres suppositions, et d'autres moyens [défaut : oui]."),
)
@click.option(
    "--resume",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=tr("Un plan d'avant (plan.json) : le nouveau ne sera pas moins bon."),
)
@click.option(
    "--present",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=tr(
        "Le plan présent (plan.json), à garder sauf --moves demi-journées ; --posts et --half-days "
        "sont alors les siens, s'ils ne sont pas dits."
    ),
)
@click.option(
    "--moves",
    type=click.IntRange(min=0),
    metavar="K",
    help=tr("Combien de demi-journées du plan présent peuvent bouger, au plus."),
)
@time_budget_option
@seed_option
@on_option
@json_option
@quiet_option
def command(
    where: Where,
    choice: SourceChoice,
    out: Path | None,
    demand: dict[str, Any],
    bound: str,
    floor: float | None,
    rules: NamedRules,
    up_to: int | None,
    scenarios: bool,
    resume: Path | None,
    present: Path | None,
    moves: int | None,
    time_budget: float | None,
    seed: int,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Place the next posts."""
    from maillage.cli.envelope import as_text
    from maillage.cli.posts_telling import posts_answer, tell_posts
    from maillage.jobs.asked_posts import PostsAsked
    from maillage.kernel.atomic import check_writable

    kept = _present(where.siren, present, moves, resume)
    folder = None if as_json and out is None else out or Path(f"ou-renforcer-{where.siren}")
    if folder is not None:
        check_writable(folder)
    asked = PostsAsked(
        **(demand if kept is None else _as_kept(demand, kept.plan)),
        high=bound == "high",
        floor=floor,
        rules=rules,
        up_to=(10 if kept is None else 0) if up_to is None else up_to,
        scenarios=scenarios,
    )
    budget = (time_budget, seed)
    territory, answer = _planned(where, choice, asked, kept or resume, budget, on, quiet or as_json)
    text = as_text(posts_answer(territory, answer, on)) + "\n"
    paths = () if folder is None else _written(territory, answer, text, folder, on)
    if as_json:
        click.echo(text, nl=False)
    else:
        tell_posts(territory, answer, paths, where.workspace)


def _present(
    siren: str, file: Path | None, moves: int | None, resume: Path | None
) -> PresentPlan | None:
    """Return the present plan and how much of it may move; fail where they do not go together."""
    from maillage.jobs.kept_plan import read_kept_plan
    from maillage.jobs.move_posts import PresentPlan
    from maillage.kernel.errors import UnusableFile

    if file is None and moves is None:
        return None
    if file is None or moves is None:
        raise click.UsageError(tr("--present et --moves se disent ensemble."))
    if resume is not None:
        message = tr(
            "--present garde un plan, --resume cherche à le dépasser : dites l'un ou l'autre."
        )
        raise click.UsageError(message)
    plan = read_kept_plan(file)
    if plan.siren != siren:
        message = tr("c'est le plan d'un autre territoire ({other}), pas de {siren}.")
        raise UnusableFile(file, message.format(other=plan.siren, siren=siren))
    return PresentPlan(plan, moves)


def _as_kept(demand: dict[str, Any], plan: KeptPlan) -> dict[str, Any]:
    """Return what is asked, with the posts and the half-days of a plan where none are told."""
    told = click.get_current_context().get_parameter_source
    posts = demand["n_posts"] if told("posts") != ParameterSource.DEFAULT else plan.n_posts
    each = demand["half_days_each"] or plan.half_days_each
    return {**demand, "n_posts": posts, "half_days_each": each}


def _planned(
    where: Where,
    choice: SourceChoice,
    asked: PostsAsked,
    before: PresentPlan | Path | None,
    budget: tuple[float | None, int],
    on: dt.date,
    quiet: bool,
) -> tuple[Territory, PostsAnswer]:
    """Return the plan; the clock begins with the search, and Ctrl-C keeps the best found."""
    from maillage.cli.posts_telling import interrupted
    from maillage.jobs.asked_posts import demand_of
    from maillage.jobs.kept_plan import read_kept_plan
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import house
    from maillage.wiring.scenarios import made_ground, planned_posts

    present = None if isinstance(before, Path) else before
    earlier = read_kept_plan(before).held if isinstance(before, Path) else ()
    parameters = load_parameters(on)
    with shown_progress(quiet=quiet) as progress:
        sources = house.public_sources(choice, progress)
        made = made_ground(
            where,
            sources,
            parameters,
            progress,
            line_ends=asked.scenarios and not asked.high,
            check=lambda venues: demand_of(asked, venues, parameters),
        )
    with searching(on, *budget, quiet=quiet) as (search, clock):
        answer = planned_posts(made, asked, parameters, search, earlier, present)
    return made.territory, interrupted(answer) if clock.interrupted else answer


def _written(
    territory: Territory, answer: PostsAnswer, text: str, folder: Path, on: dt.date
) -> tuple[Path, ...]:
    """Write the files of a plan, all or none, where a folder is told."""
    from maillage.kernel.atomic import folder_whole, output_error
    from maillage.kernel.errors import MaillageError
    from maillage.wiring.scenarios import posts_products

    products = (*posts_products(answer, territory, on), (PLAN_FILE, text.encode()))
    try:
        with folder_whole(folder) as draft:
            for name, content in products:
                (draft / name).write_bytes(content)
    except OSError as error:
        if isinstance(error, MaillageError):
            raise
        raise output_error(folder, error) from error
    return tuple(folder / name for name, _ in products)
