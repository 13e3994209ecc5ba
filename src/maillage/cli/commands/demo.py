"""``maillage demo``: the fictional agglomeration, diagnosed, in a few seconds and offline."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.options import json_option, on_option, quiet_option, today
from maillage.cli.progress import shown_progress
from maillage.cli.telling import tell_diagnosis
from maillage.kernel.language import tr

HELP = tr(
    """Construit une agglomération fictive, la diagnostique et dit où est le rapport.

    Tout y est inventé : communes, structures, personnes, numéros. Les fichiers ont la forme et les
    défauts des vrais, pour voir ce que Maillage en fait, sans réseau.

    \b
    Exemple :
      maillage demo --out demo
    """
)


@click.command("demo", help=HELP, short_help=tr("L'agglomération fictive."))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo"),
    metavar="DIR",
    show_default=True,
    help=tr("Où écrire les données inventées, le rapport et les données du diagnostic."),
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    metavar="N",
    help=tr("Une autre graine donne une autre agglomération."),
)
@on_option
@json_option
@quiet_option
def command(out: Path, seed: int | None, on: dt.date, as_json: bool, quiet: bool) -> None:
    """Make the demo territory and diagnose it."""
    from maillage.demo.buses import BUSES
    from maillage.demo.survey_files import FOLDER
    from maillage.jobs.diagnose import write_products
    from maillage.kernel.atomic import check_writable
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import diagnosing, house
    from maillage.wiring.site import AROUND
    from maillage.wiring.unreached import Brought

    check_writable(out)
    parameters = load_parameters(on)
    with shown_progress(quiet=quiet or as_json) as progress:
        progress.step(tr("Construction de l'agglomération fictive"))
        demo = house.make_demo(out / "sources", seed)
        house.make_demo_around(out / AROUND, seed)
        sources = house.demo_sources(out / "sources", today(), progress)
        with house.work_of(demo.siren, None, sources, parameters, progress) as work:
            brought = Brought(timetables=(out / "sources" / BUSES,))
            ready = diagnosing.ready_on(work, brought, sources, parameters, progress)
            hearing = house.make_demo_survey(out / FOLDER, seed)
            made = diagnosing.diagnosed(ready, None, parameters, progress, hearing=hearing)
        paths = write_products(made.diagnosis, house.writers(made.plan), out, progress)
    if as_json:
        click.echo(house.as_json(made.diagnosis), nl=False)
    else:
        tell_diagnosis(made.diagnosis, paths)
