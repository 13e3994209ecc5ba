"""The options that tell what is asked of new posts, and on what ground."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from maillage.cli.access_options import MODES, gtfs_option, osm_option
from maillage.cli.home_options import home_options
from maillage.cli.needs_options import needs_option, recorded_count, recorded_needs_option
from maillage.cli.options import (
    Decorator,
    siren_argument,
    source_options,
    today,
    workspace_option,
)
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.jobs.asked_posts import NamedRules
    from maillage.wiring.scenarios import Where

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
TRANSIT = "transit"
_GOALS = ("reached", "choice", "served", "near", "worst")
_SOURCES = ("mirror", "cache", "offline", "refresh")
_GROUND = (
    "venues", "only_venues", "needs", "recorded_needs", "mode", "osm", "streets", "gtfs", "living",
    "workspace",
)  # fmt: skip

_DEMAND: tuple[Decorator, ...] = (
    click.option(
        "--posts",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        metavar="N",
        help=tr("Combien de nouveaux conseillers."),
    ),
    click.option(
        "--half-days",
        type=click.IntRange(min=1),
        metavar="K",
        help=tr("Combien de demi-journées par semaine chacun [défaut : un poste habituel]."),
    ),
    click.option(
        "--goal",
        type=click.Choice(_GOALS),
        default="reached",
        show_default=True,
        help=tr(
            "reached : le plus de personnes à portée ; choice : à portée plusieurs fois par "
            "semaine ; served : reçues dans les heures ; near : le moins de trajet ; worst : le "
            "trajet des plus éloignés."
        ),
    ),
    click.option(
        "--service", metavar="NAME", help=tr("Le service à rapprocher [défaut : n'importe lequel].")
    ),
)

bound_option: Decorator = click.option(
    "--bound",
    type=click.Choice(["low", "high"]),
    default="low",
    show_default=True,
    help=tr("Ce que l'on croit de l'accès : ce qui est sûr, ou le bus supposé aussi."),
)

_RULES: tuple[Decorator, ...] = tuple(
    click.option(name, multiple=True, metavar=metavar, help=text)
    for name, metavar, text in (
        ("--force", "NAME", tr("Un lieu à retenir, ou la commune qui n'en a qu'un ; à répéter.")),
        ("--forbid", "NAME", tr("Un lieu ou une commune à écarter ; à répéter.")),
        ("--keep", "NAME:DAY", tr("Une demi-journée à garder : « Mairie de Busnes:mardi matin ».")),
        ("--together", "A,B", tr("Des lieux à tenir ensemble, ou pas du tout.")),
        ("--apart", "A,B", tr("Des lieux dont un seul peut être tenu.")),
    )
)

_PLACES: tuple[Decorator, ...] = (
    click.option(
        "--venues",
        type=_FILE,
        metavar="FILE",
        help=tr("Des lieux candidats (CSV), en plus de ceux de l'annuaire et des mairies."),
    ),
    click.option(
        "--only-venues", is_flag=True, help=tr("Seuls les lieux de --venues sont candidats.")
    ),
    needs_option,
    recorded_needs_option,
    click.option(
        "--mode",
        type=click.Choice([*MODES, TRANSIT]),
        default=TRANSIT,
        show_default=True,
        help=tr(
            "Comment on s'y rend : walk à pied seulement, bicycle à vélo, car en voiture, transit "
            "à pied et en transport en commun."
        ),
    ),
    workspace_option,
    osm_option,
    click.option("--streets", is_flag=True, help=tr("Télécharge les rues, comme pour diagnose.")),
    gtfs_option,
    home_options,
    source_options,
)


def ground_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the territory and what is brought of it, given as ``where`` and ``choice``."""

    @functools.wraps(command)
    def with_where(**told: object) -> object:
        """Put the options together, and do the command."""
        from maillage.wiring.house import SourceChoice

        mirror, cache, offline, refresh = (told.pop(name) for name in _SOURCES)
        ground = {name: told.pop(name) for name in _GROUND}
        where = _where(str(told.pop("siren")), cast("Path | None", cache), ground)
        choice = SourceChoice(
            today(), cast("Path | None", mirror), where.brought.cache, bool(offline), bool(refresh)
        )
        return command(**told, where=where, choice=choice)

    return _with(with_where, (siren_argument, *_PLACES))


def _where(siren: str, cache: Path | None, told: dict[str, Any]) -> Where:
    from maillage.access.travel import Mode
    from maillage.wiring.public_ground import timetables_of
    from maillage.wiring.scenarios import Where
    from maillage.wiring.unreached import Brought, GroundAsked

    if told["streets"] and told["osm"]:
        raise click.UsageError(tr("--streets et --osm disent chacun d'où viennent les rues."))
    if told["only_venues"] and told["venues"] is None:
        raise click.UsageError(tr("--only-venues se dit avec --venues."))
    workspace = told["workspace"]
    timetables = (*told["gtfs"], *timetables_of(workspace))
    asked = GroundAsked(
        venues=told["venues"],
        only_given=told["only_venues"],
        needs=told["needs"],
        mode=next((mode for mode in Mode if mode.code == told["mode"]), None),
    )
    return Where(
        siren,
        workspace,
        asked,
        Brought(told["osm"], told["streets"], timetables, told["living"], cache),
        recorded=recorded_count(told["recorded_needs"], told["needs"], workspace),
    )


def demand_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add how many posts, of how many half-days, for what: given as ``demand``, a dictionary."""

    @functools.wraps(command)
    def with_demand(**told: object) -> object:
        """Put the options together, and do the command."""
        from maillage.cli.person_options import service_wanted
        from maillage.siting.posts.model import Goal

        code = told.pop("goal")
        demand = {
            "service": service_wanted(cast("str | None", told.pop("service"))),
            "goal": next(goal for goal in Goal if goal.code == code),
            "n_posts": told.pop("posts"),
            "half_days_each": told.pop("half_days"),
        }
        return command(**told, demand=demand)

    return _with(with_demand, _DEMAND)


def rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what is decided about venues beforehand, given as ``rules``."""

    @functools.wraps(command)
    def with_rules(**told: object) -> object:
        """Put the options together, and do the command."""
        rules = _rules({name: told.pop(name) for name in _RULE_NAMES})
        return command(**told, rules=rules)

    return _with(with_rules, _RULES)


_RULE_NAMES = ("force", "forbid", "keep", "together", "apart")


def _rules(told: dict[str, Any]) -> NamedRules:
    from maillage.jobs.asked_posts import NamedRules

    groups = {
        name: tuple(tuple(part.strip() for part in group.split(",")) for group in told[name])
        for name in ("together", "apart")
    }
    for name, some in groups.items():
        if any(len(group) < 2 or not all(group) for group in some):
            message = tr("--{name} demande au moins deux lieux, séparés par des virgules.")
            raise click.UsageError(message.format(name=name))
    return NamedRules(told["force"], told["forbid"], told["keep"], **groups)


def _with(command: Callable[..., Any], options: tuple[Decorator, ...]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command
