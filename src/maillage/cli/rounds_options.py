"""The options that tell what a plan of rounds is asked for, and how long to search."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import click

from maillage.cli.options import Decorator
from maillage.kernel.language import tr

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
    click.option(
        "--needs",
        type=_FILE,
        metavar="FILE",
        help=tr("Les demandes sans réponse : commune, service, date, sans aucun nom."),
    ),
)

resume_option: Decorator = click.option(
    "--resume",
    type=_FILE,
    metavar="FILE",
    help=tr("Un plan d'avant (tournee.json) : le nouveau ne sera pas moins bon."),
)

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
        from maillage.cli.person_options import service_wanted
        from maillage.wiring.rounds import RoundWanted

        files = {name: cast("Path | None", told.pop(name)) for name in _FILES}
        wanted = RoundWanted(
            **files,
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
