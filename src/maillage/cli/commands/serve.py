"""``maillage serve``: the site of a workspace, on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from maillage.cli.options import quiet_option, today, workspace_option
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

HELP = tr(
    """Ouvre le site d'un espace de travail, sur cette machine seulement, jusqu'à Ctrl-C.

    Ce qui est long (refaire le diagnostic) se fait à côté, dans un processus qui s'arrête avec le
    site ; « maillage worker » le lance à part.

    Avec --public, il sert une vraie instance, derrière un serveur de cette machine qui parle
    HTTPS : les réglages viennent de l'environnement (MAILLAGE_HOSTS, MAILLAGE_SMTP_HOST…), le site
    et le travail de fond sont relancés s'ils meurent.

    Avec --demo, le site montre l'agglomération fictive que « maillage demo » a faite, avec un
    compte de chaque rôle.

    \b
    Exemples :
      maillage serve --workspace maillage-200072460
      maillage serve --public --workspace /var/lib/maillage/espace
      maillage serve --demo demo
    """
)


@click.command("serve", help=HELP, short_help=tr("Le site, sur cette machine."))
@workspace_option
@click.option(
    "--demo",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=tr("Le dossier de la démonstration (celui de « maillage demo --out »)."),
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help=tr("Le port où écouter ; sinon le premier libre à partir de 8000."),
)
@click.option(
    "--no-worker",
    is_flag=True,
    help=tr("Sans le processus du travail de fond : « maillage worker » le lance à part."),
)
@click.option(
    "--public",
    is_flag=True,
    help=tr("Pour le public, derrière HTTPS ; réglé par l'environnement. Port 8000 sans --port."),
)
@quiet_option
def command(
    workspace: Path | None,
    demo: Path | None,
    port: int | None,
    no_worker: bool,
    public: bool,
    quiet: bool,
) -> None:
    """Serve the site."""
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import house, site

    if workspace is not None and demo is not None:
        raise click.UsageError(tr("--workspace et --demo ne vont pas ensemble."))
    if public and (demo is not None or no_worker):
        raise click.UsageError(tr("--public ne va ni avec --demo ni avec --no-worker."))
    site.check_installed()
    if public:
        _serve_public(workspace, port or site.FIRST_PORT)
        return
    port = site.free_port(port)
    told = ""
    with shown_progress(quiet=quiet) as progress:
        if demo is not None:
            progress.step(tr("Préparation du site de la démonstration"))
            means = house.means(load_parameters(today()), progress)
            folder, siren = site.demo_workspace(demo, means)
            environment = site.local_environment(folder)
            site.prepare(environment)
            told = site.dress_demo(environment, siren, demo)
        else:
            folder = site.named_workspace(workspace)
            told = "" if site.accounts(folder) else site.NO_ACCOUNT
            environment = site.local_environment(folder)
    click.echo(told)
    click.secho(tr("Le site : http://{at}/").format(at=f"{site.HOST}:{port}"), bold=True)
    click.echo(tr("Ctrl-C l'arrête."))
    site.serve(environment, port, worker=not no_worker)


def _serve_public(workspace: Path | None, port: int) -> None:
    from maillage.wiring import site

    port = site.free_port(port)
    folder = None if workspace is None and site.on_server() else site.named_workspace(workspace)
    environment = site.public_environment(folder)
    site.prepare(environment)
    click.secho(
        tr("Le site écoute sur http://{at}/, pour le serveur HTTPS de cette machine.").format(
            at=f"{site.HOST}:{port}"
        ),
        bold=True,
    )
    click.echo(tr("Ctrl-C l'arrête."))
    site.serve_public(environment, port)
