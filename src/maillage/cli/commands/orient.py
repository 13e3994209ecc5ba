"""``maillage orient "phrase"``: from a situation to at most three proposals, and why not others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.options import Day, json_option, on_option, quiet_option
from maillage.cli.orient_options import desk_options, person_options
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.orientation.model import Orientation, Person, Situation
    from maillage.territory.model import Territory
    from maillage.wiring.house import SourceChoice
    from maillage.wiring.orientation import OpenDesk
    from maillage.wiring.unreached import Brought

HELP = tr(
    """Oriente une personne : au plus trois propositions, avec leurs raisons, et pourquoi pas les
    autres. Dites le besoin comme on le dit au guichet, ou son code ; jamais le nom de la personne.

    Les trajets partent du centre de la commune. Sans --when, on cherche dans les prochains jours
    ouvrés. Rien n'est gardé de la demande.

    \b
    Exemples :
      maillage orient "elle n'arrive pas à ouvrir son compte Ameli" \\
          --territory 200072460 --from Auchel
      maillage orient compte-caf --territory 200072460 --from 62048 --mode walk --json
    """
)
_MODES = ("walk", "bicycle", "car", "transit")
_TOPICS = ("orientation", "travel", "visits.kind", "visits.day")


@click.command("orient", help=HELP, short_help=tr("Oriente une personne."))
@click.argument("phrase")
@desk_options
@click.option(
    "--from", "commune", required=True, metavar="COMMUNE", help=tr("Sa commune, ou son code INSEE.")
)
@click.option(
    "--mode",
    type=click.Choice(_MODES),
    default="transit",
    show_default=True,
    help=tr("Comment elle se déplace ; transit : à pied, en bus et en train."),
)
@click.option("--when", type=Day(), multiple=True, metavar="DATE", help=tr("Un jour ; à répéter."))
@person_options
@click.option("--why", is_flag=True, help=tr("Dit toutes les permanences écartées, et pourquoi."))
@on_option
@json_option
@quiet_option
def command(
    phrase: str,
    who: tuple[str, Path | None],
    brought: Brought,
    choice: SourceChoice,
    commune: str,
    mode: str,
    when: tuple[dt.date, ...],
    person: Person,
    why: bool,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Orient somebody."""
    from maillage.cli.orient_telling import tell_orientation
    from maillage.jobs.orient import orient
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import house
    from maillage.wiring.orientation import open_desk, understanding

    parameters = load_parameters(on)
    with shown_progress(quiet=quiet or as_json) as progress:
        sources = house.public_sources(choice, progress)
        at = open_desk(who, brought, sources, parameters, progress, tuple(sorted(set(when))))
    situation = _situation(at.territory, commune, mode, when, person)
    found = orient(phrase, situation, at.desk, understanding())
    if as_json:
        _print(at, found, on)
    else:
        tell_orientation(found, why=why)


def _situation(
    territory: Territory, commune: str, mode: str, when: tuple[dt.date, ...], person: Person
) -> Situation:
    from maillage.orientation.model import Going, Situation, When
    from maillage.wiring.orientation import commune_code

    try:
        code = commune_code(territory, commune)
    except LookupError as error:
        message = tr("« {name} » n'est pas une commune du territoire ni d'à côté.")
        near = tr(" Peut-être : {near}.").format(near=error) if str(error) else ""
        raise click.UsageError(message.format(name=commune) + near) from None
    going = next(one for one in Going if one.code == mode)
    days = tuple(sorted(set(when))) or None
    return Situation((), code, going=going, when=When(days), person=person)


def _print(at: OpenDesk, found: Orientation, on: dt.date) -> None:
    from maillage.cli.envelope import print_envelope
    from maillage.diagnosis.model import EngineNote
    from maillage.orientation.document import orientation_document

    print_envelope(
        "orient",
        at.territory,
        on,
        found.findings,
        orientation_document(found),
        engine=EngineNote(at.roads.name, at.roads.describe()),
        parameters=tuple(one for topic in _TOPICS for one in at.desk.parameters.under(topic)),
    )
