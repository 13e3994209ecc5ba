"""The options that tell which requests without an answer count: a table, or those of the house."""

from __future__ import annotations

from pathlib import Path

import click

from maillage.cli.options import Decorator
from maillage.kernel.language import tr

needs_option: Decorator = click.option(
    "--needs",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=tr("Les demandes sans réponse : commune, service, date, sans aucun nom."),
)

recorded_needs_option: Decorator = click.option(
    "--recorded-needs/--no-recorded-needs",
    default=None,
    help=tr(
        "Compte aussi les demandes notées aux guichets, gardées dans l'espace de travail [défaut : "
        "oui, sauf avec --needs]."
    ),
)


def recorded_count(told: bool | None, needs: Path | None, workspace: Path | None) -> bool:
    """Return whether the requests recorded in the house count; a table told goes in their stead.

    Raises UsageError where they are asked for and there is no house.
    """
    if told and workspace is None:
        message = tr("--recorded-needs se dit avec --workspace : les demandes y sont gardées.")
        raise click.UsageError(message)
    return needs is None if told is None else told
