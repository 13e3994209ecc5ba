"""``maillage access calibrate``: the straight line fitted to real times, with its error."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.access_options import mode_option, points_option
from maillage.cli.options import json_option, on_option
from maillage.kernel.language import tr

HELP = tr(
    """Cale l'estimation à vol d'oiseau sur des temps réels, d'où qu'ils viennent, et dit son
    erreur.

    Les temps sont un CSV from_id, to_id, minutes (celui de « maillage access matrix », ou un
    relevé). Le résultat donne le détour (ou la vitesse) et le temps fixe qui conviennent le mieux,
    à écrire dans les paramètres « travel » ; rien n'est changé.

    \b
    Exemple :
      maillage access calibrate --times releves.csv --origins habitants.csv \\
          --destinations lieux.csv --mode car
    """
)


@click.command("calibrate", help=HELP, short_help=tr("Caler l'estimation à vol d'oiseau."))
@points_option("--times", tr("Les temps réels : from_id, to_id, minutes."))
@points_option("--origins", tr("D'où l'on part : id, lon, lat."))
@points_option("--destinations", tr("Où l'on va : id, lon, lat."))
@mode_option(transit=False)
@click.option(
    "--fit",
    type=click.Choice(["detour", "speed"]),
    default="detour",
    show_default=True,
    help=tr("Ce que l'on cherche : le détour, la vitesse restant la même, ou l'inverse."),
)
@on_option
@json_option
def command(
    times: Path,
    origins: Path,
    destinations: Path,
    mode: str,
    fit: str,
    on: dt.date,
    as_json: bool,
) -> None:
    """Say the fit."""
    from maillage.access.calibration import Fitted
    from maillage.access.points import read_points
    from maillage.cli.access_telling import print_calibrated, tell_calibrated
    from maillage.jobs.calibrate import calibrate_from
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import reach

    ends = read_points(origins), read_points(destinations)
    fitted = Fitted.DETOUR if fit == "detour" else Fitted.SPEED
    found = calibrate_from(times, ends, reach.mode_named(mode), fitted, load_parameters(on))
    if as_json:
        print_calibrated(found, on)
    else:
        tell_calibrated(found)
