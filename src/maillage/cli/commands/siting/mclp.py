"""``maillage siting mclp``: maximal covering of the points of a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.options import json_option, on_option, quiet_option
from maillage.cli.siting_options import file_argument, searching, seed_option, time_budget_option
from maillage.kernel.language import tr

HELP = tr(
    """Choisit, parmi les points d'un fichier, les sites qui couvrent le plus de demande dans un
    rayon.

    FILE est au format des instances SJC : nombre de points, puis un point par ligne (x, y en
    mètres, demande). Le résultat donne la demande couverte, la borne qu'aucun choix ne peut passer,
    et si le choix est prouvé le meilleur. Ctrl-C arrête et garde le meilleur trouvé.

    \b
    Exemple :
      maillage siting mclp SJC324.txt --radius 800 --sites 3
    """
)


@click.command("mclp", help=HELP, short_help=tr("Le plus de demande dans un rayon."))
@file_argument
@click.option(
    "--radius",
    type=click.FloatRange(min=0),
    required=True,
    metavar="R",
    help=tr("Jusqu'où un site couvre, en mètres (l'unité de x et y)."),
)
@click.option(
    "--sites", "n_sites", type=int, required=True, metavar="P", help=tr("Combien de sites choisir.")
)
@time_budget_option
@seed_option
@on_option
@json_option
@quiet_option
def command(
    file: Path,
    radius: float,
    n_sites: int,
    time_budget: float | None,
    seed: int,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Tell the sites chosen."""
    from maillage.cli.siting_telling import print_sited, tell_sited
    from maillage.wiring import siting

    with searching(on, time_budget, seed, quiet=quiet or as_json) as (search, clock):
        answer = siting.covering(file, radius, n_sites, search)
    tell = print_sited if as_json else tell_sited
    tell("siting mclp", answer, clock, search)
