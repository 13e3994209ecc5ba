"""``maillage siting pmedian``: the p-median problem of an OR-Library file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.options import json_option, on_option, quiet_option
from maillage.cli.siting_options import file_argument, searching, seed_option, time_budget_option
from maillage.kernel.language import tr

HELP = tr(
    """Choisit p sites pour que la somme des plus courts chemins de tous à leur site soit la plus
    petite.

    FILE est au format de l'OR-Library : nombre de nœuds, d'arêtes et p, puis une arête par ligne
    (ses deux bouts, sa longueur). Le résultat donne la valeur, la borne qu'aucun choix ne peut
    passer, et si le choix est prouvé le meilleur. Ctrl-C arrête et garde le meilleur trouvé.

    \b
    Exemple :
      maillage siting pmedian pmed1.txt --json
    """
)


@click.command("pmedian", help=HELP, short_help=tr("p sites au plus près de tous."))
@file_argument
@time_budget_option
@seed_option
@on_option
@json_option
@quiet_option
def command(
    file: Path, time_budget: float | None, seed: int, on: dt.date, as_json: bool, quiet: bool
) -> None:
    """Tell the sites chosen."""
    from maillage.cli.siting_telling import print_sited, tell_sited
    from maillage.wiring import siting

    with searching(on, time_budget, seed, quiet=quiet or as_json) as (search, clock):
        answer = siting.p_median(file, search)
    tell = print_sited if as_json else tell_sited
    tell("siting pmedian", answer, clock, search)
