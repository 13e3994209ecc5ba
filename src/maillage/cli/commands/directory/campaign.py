"""``maillage directory campaign``: whom to call first, and what to ask."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.options import (
    Siren,
    json_option,
    on_option,
    quiet_option,
    source_options,
    today,
    workspace_option,
)
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.jobs.campaign import Campaign, CampaignRow

SHOWN = 20
HELP = tr(
    """Dit qui appeler d'abord pour compléter l'annuaire, et quoi demander.

    L'ordre tient à ce qui manque à chaque fiche et au nombre de personnes qui dépendent du lieu.
    Avec --out, la liste entière est écrite : en CSV pour un tableur, en HTML pour l'imprimer.

    \b
    Exemples :
      maillage directory campaign --workspace maillage-200072460
      maillage directory campaign 200072460 --out campagne.csv
      maillage directory campaign 200072460 --out campagne.html --limit 50
    """
)


@click.command("campaign", help=HELP, short_help=tr("Qui appeler d'abord."))
@click.argument("siren", type=Siren(), required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=tr("Où écrire la liste : « .html » pour une page à imprimer, sinon du CSV."),
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=tr("Les N premières fiches seulement [défaut : 20 à l'écran, toutes dans le fichier]."),
)
@workspace_option
@source_options
@on_option
@json_option
@quiet_option
def command(
    siren: str | None,
    out: Path | None,
    limit: int | None,
    workspace: Path | None,
    mirror: Path | None,
    cache: Path | None,
    offline: bool,
    refresh: bool,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """List whom to call first."""
    from maillage.jobs.campaign import plan_campaign
    from maillage.kernel.atomic import check_writable
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import giving_back, house

    if out is not None:
        check_writable(out.parent)
    parameters = load_parameters(on)
    with shown_progress(quiet=quiet or as_json) as progress:
        asked = house.SourceChoice(today(), mirror, cache, offline, refresh)
        sources = house.public_sources(asked, progress)
        with giving_back.work_asked(siren, workspace, sources, parameters, progress) as work:
            campaign = plan_campaign(
                work,
                engine=house.engine(parameters),
                parameters=parameters,
                on=on,
                progress=progress,
                scorer=giving_back.service_scorer(),
            )
    if out is not None:
        _write(campaign, campaign.rows[:limit], out)
    if as_json:
        _print_json(campaign, campaign.rows[:limit])
    else:
        _tell(campaign, campaign.rows[: limit or SHOWN], out)


def _write(campaign: Campaign, rows: tuple[CampaignRow, ...], out: Path) -> None:
    """Write the list whole: a page to print where the file is HTML, else CSV."""
    from maillage.kernel.atomic import write_product
    from maillage.reports.directory.campaign_page import campaign_page
    from maillage.reports.directory.campaign_table import campaign_csv
    from maillage.reports.plain_data import utf8

    if out.suffix.lower() in (".html", ".htm"):
        content = utf8(campaign_page(campaign, rows))
    else:
        content = campaign_csv(campaign, rows)
    write_product(out, content)


def _print_json(campaign: Campaign, rows: tuple[CampaignRow, ...]) -> None:
    from maillage.cli.envelope import print_envelope
    from maillage.reports.directory.campaign_table import campaign_result

    print_envelope(
        "directory campaign",
        campaign.territory,
        campaign.on,
        (),
        campaign_result(campaign, rows),
        engine=campaign.engine,
        parameters=campaign.parameters,
    )


def _tell(campaign: Campaign, rows: tuple[CampaignRow, ...], out: Path | None) -> None:
    """Show the table, how it is made, and where it was written."""
    import textwrap

    from maillage.cli.campaign_screen import print_table
    from maillage.cli.telling import WIDTH
    from maillage.kernel import french

    total = french.plural(len(campaign.rows), tr("fiche"))
    complete = french.plural(campaign.n_complete, tr("fiche"))
    head = tr("{name} : {total} à compléter ou à relire, {complete} sans rien à demander.")
    click.secho(
        head.format(name=campaign.territory.name, total=total, complete=complete), bold=True
    )
    print_table(rows)
    left = len(campaign.rows) - len(rows)
    if left:
        more = tr("… et {n} : --limit en montre plus, --out les écrit toutes.")
        others = french.plural(left, tr("autre fiche"), tr("autres fiches"))
        click.echo(more.format(n=others))
    for sentence in (campaign.method, campaign.engine.sentence):
        click.echo(textwrap.fill(sentence, WIDTH))
    if out is not None:
        click.echo(tr("La liste : {path}").format(path=out))
