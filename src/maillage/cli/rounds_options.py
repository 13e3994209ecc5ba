"""The options that tell what a plan of rounds is asked for, and how long to search."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from maillage.cli.needs_options import needs_option, recorded_needs_option
from maillage.cli.options import Decorator
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.rounds.intake.told_plan import ToldPlan
    from maillage.rounds.keeping import KeptTo

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FILES = ("asked", "existing", "venues", "needs")
_OPTIONS: tuple[Decorator, ...] = (
    click.option(
        "--asked",
        type=_FILE,
        metavar="FILE",
        help=tr("Ce qui est demandé (YAML) : véhicules, horaires, arrêts imposés, engagements…"),
    ),
    click.option(
        "--existing",
        type=_FILE,
        metavar="FILE",
        help=tr("La tournée actuelle (CSV) [défaut : celle de l'annuaire]."),
    ),
    click.option(
        "--same-means/--any-means",
        default=True,
        show_default=True,
        help=tr("Autant de venues que la tournée actuelle, ou autant que les équipes peuvent."),
    ),
    click.option(
        "--sessions",
        type=click.IntRange(min=1),
        metavar="N",
        help=tr("Combien de venues au plus en quatre semaines."),
    ),
    click.option(
        "--service", metavar="NAME", help=tr("Le service à rapprocher [défaut : n'importe lequel].")
    ),
    click.option(
        "--bound",
        type=click.Choice(["low", "high"]),
        default="low",
        show_default=True,
        help=tr("La borne que le plan améliore : les moyens certains, ou le bus supposé aussi."),
    ),
    click.option(
        "--venues",
        type=_FILE,
        metavar="FILE",
        help=tr("Des lieux où s'arrêter, en plus de ceux de l'annuaire et des mairies."),
    ),
    needs_option,
    recorded_needs_option,
)

_RESUME: Decorator = click.option(
    "--resume",
    type=_FILE,
    metavar="FILE",
    help=tr("Un plan d'avant (tournee.json) : le nouveau ne sera pas moins bon."),
)

_KEEP_OPTIONS: tuple[Decorator, ...] = (
    click.option(
        "--keep-to",
        type=_FILE,
        metavar="FILE",
        help=tr("Un plan (tournee.json) à changer le moins possible : ce qui tient y reste."),
    ),
    click.option(
        "--without",
        "fallen",
        multiple=True,
        metavar="STOP",
        help=tr("Avec --keep-to : un arrêt qui tombe, par son nom ou sa commune. Se répète."),
    ),
    click.option(
        "--without-day",
        "lost",
        multiple=True,
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help=tr("Avec --keep-to : un jour où aucun véhicule ne sort. Se répète."),
    ),
    click.option(
        "--moves",
        type=click.IntRange(min=0),
        metavar="K",
        help=tr("Avec --keep-to : combien d'arrêts peuvent laisser leurs jours [défaut : 0]."),
    ),
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A plan of before: to better (``resume``) or to keep to, with what falls of it."""

    resume: Path | None
    keep_to: Path | None
    fallen: tuple[str, ...]
    lost: tuple[dt.date, ...]
    moves: int | None

    def plan(self, siren: str) -> ToldPlan | None:
        """Return the plan to better. Raises UnusableFile."""
        return None if self.resume is None else _read(self.resume, siren)

    def kept(self, siren: str) -> KeptTo | None:
        """Return the month to keep to. Raises UnusableFile; UsageError for options at odds."""
        from maillage.rounds.keeping import KeptTo, not_held

        if self.keep_to is None:
            if self.fallen or self.lost or self.moves is not None:
                message = tr("--without, --without-day et --moves vont avec --keep-to.")
                raise click.UsageError(message)
            return None
        if self.resume is not None:
            message = tr(
                "--keep-to change un plan le moins possible, --resume cherche à le dépasser : "
                "dites l'un ou l'autre."
            )
            raise click.UsageError(message)
        told = _read(self.keep_to, siren)
        moves = self.moves or 0
        kept = KeptTo(told.operator, told.days, told.stops, moves, self.fallen, self.lost)
        wrong = not_held(kept)
        if wrong:  # told before the long work
            raise click.BadParameter(" ; ".join(wrong), param_hint="--without")
        return kept


def _read(file: Path, siren: str) -> ToldPlan:
    from maillage.kernel.errors import UnusableFile
    from maillage.rounds.intake.told_plan import read_plan

    plan = read_plan(file)
    if plan.siren != siren:
        message = tr("c'est le plan d'un autre territoire ({other}), pas de {siren}.")
        raise UnusableFile(file, message.format(other=plan.siren, siren=siren))
    return plan


def earlier_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the plan of before and what falls of it, given together as ``earlier``."""

    @functools.wraps(command)
    def with_earlier(**told: object) -> object:
        """Put the options together, and do the command."""
        days = cast("tuple[dt.datetime, ...]", told.pop("lost"))
        earlier = Earlier(
            resume=cast("Path | None", told.pop("resume")),
            keep_to=cast("Path | None", told.pop("keep_to")),
            fallen=cast("tuple[str, ...]", told.pop("fallen")),
            lost=tuple(day.date() for day in days),
            moves=cast("int | None", told.pop("moves")),
        )
        return command(**told, earlier=earlier)

    with_options: Callable[..., Any] = with_earlier
    for option in reversed((_RESUME, *_KEEP_OPTIONS)):
        with_options = option(with_options)
    return with_options


plan_time_budget_option: Decorator = click.option(
    "--time-budget",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help=tr("Rend le meilleur plan trouvé après ce temps de recherche (sans elle : une minute)."),
)


def round_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what a plan is asked for, given together as ``wanted``."""

    @functools.wraps(command)
    def with_wanted(**told: object) -> object:
        """Put the options together, and do the command."""
        from maillage.cli.needs_options import recorded_count
        from maillage.cli.person_options import service_wanted
        from maillage.wiring.rounds import RoundWanted

        asked, existing, venues, needs = (cast("Path | None", told.pop(n)) for n in _FILES)
        recorded = cast("bool | None", told.pop("recorded_needs"))
        wanted = RoundWanted(
            asked=asked,
            existing=existing,
            venues=venues,
            needs=needs,
            count_recorded=recorded_count(recorded, needs, cast("Path | None", told["workspace"])),
            service=service_wanted(cast("str | None", told.pop("service"))),
            high=told.pop("bound") == "high",
            most_sessions=cast("int | None", told.pop("sessions")),
            same_means=bool(told.pop("same_means")),
        )
        return command(**told, wanted=wanted)

    with_options: Callable[..., Any] = with_wanted
    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options
