"""What ``maillage orient`` is told of a person and of the ground, as options."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from maillage.cli.access_options import gtfs_option, osm_option
from maillage.cli.options import Decorator, Siren, source_options, today, workspace_option
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.orientation.model import Person
    from maillage.standard.words import Word
    from maillage.wiring.house import SourceChoice
    from maillage.wiring.unreached import Brought

_SOURCES = ("mirror", "cache", "offline", "refresh")

_PERSON: tuple[Decorator, ...] = (
    click.option(
        "--public",
        "publics",
        multiple=True,
        metavar="PUBLIC",
        help=tr("Le public de la personne : jeunes, étudiants, familles, seniors, femmes."),
    ),
    click.option(
        "--care",
        "cares",
        multiple=True,
        metavar="BESOIN",
        help=tr("Un besoin particulier : surdité, illettrisme, handicaps moteurs…"),
    ),
    click.option("--free", is_flag=True, help=tr("La personne ne peut pas payer.")),
    click.option(
        "--reduced-mobility", is_flag=True, help=tr("La personne ne monte pas de marche.")
    ),
    click.option("--no-home-visit", is_flag=True, help=tr("Pas d'aide à domicile.")),
    click.option("--no-remote", is_flag=True, help=tr("Pas d'aide à distance.")),
)
_GROUND: tuple[Decorator, ...] = (
    click.option(
        "--territory", "siren", type=Siren(), required=True, help=tr("L'intercommunalité.")
    ),
    workspace_option,
    osm_option,
    click.option("--streets", is_flag=True, help=tr("Télécharge les rues, comme pour diagnose.")),
    gtfs_option,
    source_options,
)


def person_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what is told of the person, given as ``person``."""

    @functools.wraps(command)
    def with_person(**told: object) -> object:
        """Put the options together, and do the command."""
        person = _person({name: told.pop(name) for name in _PERSON_NAMES})
        return command(**told, person=person)

    return _with(with_person, _PERSON)


_PERSON_NAMES = ("publics", "cares", "free", "reduced_mobility", "no_home_visit", "no_remote")


def _person(told: dict[str, Any]) -> Person:
    from maillage.orientation.model import Person
    from maillage.standard import mednum

    return Person(
        publics=_words("--public", told["publics"], mednum.PublicSpecifiquementAdresse),
        care=_words("--care", told["cares"], mednum.PriseEnChargeSpecifique),
        reduced_mobility=told["reduced_mobility"],
        free_only=told["free"],
        at_home=not told["no_home_visit"],
        remote=not told["no_remote"],
    )


def _words(option: str, told: tuple[str, ...], known: type[Word]) -> frozenset[Any]:
    """Return the words told, or fail giving those there are; the first letters are enough."""
    from maillage.kernel.words import plain

    found = set()
    for text in told:
        key = plain(text)
        words = [word for word in known if key and plain(word.label).startswith(key)]
        if len(words) != 1:
            message = tr("{option} : « {text} » n'est pas connu. Mots connus : {known}.")
            labels = " ; ".join(word.label for word in known)
            raise click.UsageError(message.format(option=option, text=text, known=labels))
        found.add(words[0])
    return frozenset(found)


def desk_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the territory and what is brought of it: ``who``, ``brought`` and ``choice``."""

    @functools.wraps(command)
    def with_desk(**told: object) -> object:
        """Put the options together, and do the command."""
        from maillage.wiring.house import SourceChoice

        mirror, cache, offline, refresh = (told.pop(name) for name in _SOURCES)
        choice = SourceChoice(
            today(),
            cast("Path | None", mirror),
            cast("Path | None", cache),
            bool(offline),
            bool(refresh),
        )
        who = str(told.pop("siren")), cast("Path | None", told.pop("workspace"))
        ground = {name: told.pop(name) for name in ("osm", "streets", "gtfs")}
        brought = _brought(ground, who[1], choice)
        return command(**told, who=who, brought=brought, choice=choice)

    return _with(with_desk, _GROUND)


def _brought(told: dict[str, Any], workspace: Path | None, choice: SourceChoice) -> Brought:
    from maillage.wiring.public_ground import timetables_of
    from maillage.wiring.unreached import Brought

    if told["streets"] and told["osm"]:
        raise click.UsageError(tr("--streets et --osm disent chacun d'où viennent les rues."))
    timetables = (*told["gtfs"], *timetables_of(workspace))
    return Brought(told["osm"], told["streets"], timetables, cache=choice.cache)


def _with(command: Callable[..., Any], options: tuple[Decorator, ...]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command
