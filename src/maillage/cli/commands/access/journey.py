"""``maillage access journey``: one person's journey, there and back, in words to take along."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.access_options import (
    MODES,
    bus_missing_option,
    check_out_name,
    departement_option,
    gtfs_option,
    osm_option,
    points_option,
    reduced_mobility_option,
)
from maillage.cli.options import Day, cache_option, json_option, on_option, quiet_option
from maillage.cli.person_options import Spot, check_means, person_home, service_wanted
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.access.visits.sheet import JourneySheet

HELP = tr(
    """Écrit la fiche de trajet d'une personne : l'aller, la visite, le retour, étape par étape,
    avec l'heure du dernier retour et les prochains jours possibles ; sinon, pourquoi.

    Les lieux (--places) sont ceux de « maillage access visits » ; leurs colonnes telephone et
    adresse, si elles sont là, sont écrites sur la fiche. Sans --day ni --week, la visite est
    cherchée dans les sept jours qui suivent --on.

    La fiche est toujours dite à l'écran. Avec --out, elle est aussi écrite : .html pour
    l'imprimer en gros caractères, .pdf, .txt pour un message.

    \b
    Exemple :
      maillage access journey --from 2.6402,50.5303 --places lieux.csv --gtfs bus.zip \\
          --day 2026-11-24 --departement 62 --out fiche.html
    """
)
_FORMATS = (".html", ".pdf", ".txt")


@click.command("journey", help=HELP, short_help=tr("La fiche de trajet d'une personne."))
@click.option(
    "--from",
    "spot",
    type=Spot(),
    metavar="LON,LAT",
    help=tr("D'où part la personne, en degrés : 2.6402,50.5303."),
)
@click.option(
    "--homes",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=tr("Au lieu de --from : un fichier de points id, lon, lat."),
)
@click.option("--id", "home_id", metavar="ID", help=tr("Avec --homes : quel point du fichier."))
@points_option("--places", tr("Où l'on va : id, lon, lat, horaires, services, typologie."))
@click.option("--place", metavar="ID", help=tr("Ce seul lieu du fichier."))
@click.option("--service", metavar="TEXT", help=tr("Le service voulu ; sinon, n'importe lequel."))
@click.option(
    "--visit",
    type=click.Choice(["comptoir", "accompagnement", "atelier"]),
    default="comptoir",
    show_default=True,
    help=tr("La sorte de visite."),
)
@click.option("--day", type=Day(), metavar="DATE", help=tr("Ce jour-là."))
@click.option("--week", type=Day(), metavar="DATE", help=tr("Un jour de la semaine voulue."))
@click.option(
    "--mode",
    type=click.Choice(MODES),
    help=tr("Par ce seul moyen ; sans cette option : à pied et en transport en commun."),
)
@osm_option
@gtfs_option
@reduced_mobility_option
@bus_missing_option
@departement_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=tr("Où écrire la fiche : .html, .pdf ou .txt."),
)
@cache_option
@on_option
@json_option
@quiet_option
def command(
    spot: tuple[float, float] | None,
    homes: Path | None,
    home_id: str | None,
    places: Path,
    place: str | None,
    service: str | None,
    visit: str,
    day: dt.date | None,
    week: dt.date | None,
    mode: str | None,
    osm: tuple[Path, ...],
    gtfs: tuple[Path, ...],
    reduced_mobility: bool,
    bus_missing: bool,
    departement: str | None,
    out: Path | None,
    cache: Path | None,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Say the sheet, and write it."""
    from maillage.cli.journey_telling import print_journey, tell_journey
    from maillage.kernel.atomic import check_writable, write_product
    from maillage.wiring import journey, reach

    if day is not None and week is not None:
        raise click.UsageError(tr("Donnez --day ou --week, pas les deux."))
    check_means(mode, bus_missing=bus_missing, reduced_mobility=reduced_mobility)
    if out is not None:
        check_out_name(out, _FORMATS)
        check_writable(out.parent)
    home = person_home(spot, homes, home_id)
    wanted = journey.Wanted(visit, service_wanted(service), place, day, week)
    going = reach.Going(mode, bus_missing, reduced_mobility, departement or "")
    with shown_progress(quiet=quiet or as_json) as progress:
        ground = reach.Ground(osm, gtfs, on, cache, progress)
        try:
            sheet = journey.journey_sheet(home, places, wanted, ground, going)
        except LookupError:
            message = tr("« {id} » n'est pas un lieu de {file}.")
            raise click.UsageError(message.format(id=place, file=places.name)) from None
    if out is not None:
        write_product(out, _written(sheet, out, on))
    (print_journey if as_json else tell_journey)(sheet, out, on)


def _written(sheet: JourneySheet, out: Path, on: dt.date) -> bytes:
    """Return the sheet in the format that the file's name asks for."""
    from maillage.wiring import journey

    return journey.written(sheet, out.suffix.lower(), on)
