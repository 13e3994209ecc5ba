"""The options that several commands share, each said once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from maillage.kernel.language import tr

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
PARIS = ZoneInfo("Europe/Paris")


FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Years that dates may be of: beyond them no parameter is dated and calendars come to their end."""


def check_year(year: int, param: click.Parameter | None, ctx: click.Context | None) -> None:
    """Fail where no figure can be made of that year."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return
    message = tr("l'année {year} est hors de ce que l'on sait calculer : de {first} à {last}.")
    message = message.format(year=year, first=FIRST_YEAR, last=LAST_YEAR)
    raise click.BadParameter(message, ctx, param)


class Day(click.ParamType[dt.date]):
    """A date as people write it: 2026-11-22 or 22/11/2026."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Return the date, or fail saying how to write one."""
        if isinstance(value, dt.date):
            return value
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                found = dt.datetime.strptime(str(value), form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            check_year(found.year, param, ctx)
            return found
        message = tr("« {value} » n'est pas une date. Exemple : 2026-11-22.")
        raise click.BadParameter(message.format(value=value), ctx, param)


class Siren(click.ParamType[str]):
    """The nine digits of an EPCI; spaces are forgiven."""

    name = "SIREN"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the nine digits, or fail saying what a SIREN is."""
        digits = re.sub(r"\s", "", str(value))
        if re.fullmatch(r"\d{9}", digits):
            return digits
        message = tr(
            "« {value} » n'est pas un SIREN : il en faut les 9 chiffres, "
            "par exemple 200072460 pour la CA de Béthune-Bruay."
        )
        raise click.BadParameter(message.format(value=value), ctx, param)


def today() -> dt.date:
    """Return today's date in France."""
    return dt.datetime.now(PARIS).date()


siren_argument: Decorator = click.argument("siren", type=Siren())

on_option: Decorator = click.option(
    "--on",
    type=Day(),
    default=today,
    metavar="DATE",
    show_default=tr("aujourd'hui"),
    help=tr("La date à laquelle on se place : paramètres, fraîcheur et tampons en dépendent."),
)

json_option: Decorator = click.option(
    "--json", "as_json", is_flag=True, help=tr("Écrit le résultat en JSON sur la sortie standard.")
)

quiet_option: Decorator = click.option(
    "--quiet", "-q", is_flag=True, help=tr("N'affiche pas l'avancement.")
)

workspace_option: Decorator = click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=tr("L'espace de travail du territoire (« init » le met dans ./maillage-SIREN)."),
)


by_option: Decorator = click.option(
    "--by",
    envvar="MAILLAGE_BY",
    default="coordination",
    metavar="NAME",
    show_default=True,
    help=tr("Qui agit : ce nom est gardé dans le journal."),
)

mirror_option: Decorator = click.option(
    "--mirror",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="MAILLAGE_MIRROR",
    metavar="DIR",
    help=tr("Lit les sources dans ce dossier au lieu de les télécharger."),
)

cache_option: Decorator = click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="MAILLAGE_CACHE",
    metavar="DIR",
    help=tr("Où garder, pour la prochaine fois, ce qui a été téléchargé ou préparé."),
)

_offline_option: Decorator = click.option(
    "--offline",
    is_flag=True,
    help=tr("Ne télécharge rien : seuls le miroir ou la copie gardée servent."),
)

_refresh_option: Decorator = click.option(
    "--refresh", is_flag=True, help=tr("Télécharge de nouveau ce dont une copie est gardée.")
)


def source_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--mirror``, ``--cache``, ``--offline`` and ``--refresh``."""
    for option in (_refresh_option, _offline_option, cache_option, mirror_option):
        command = option(command)
    return command
