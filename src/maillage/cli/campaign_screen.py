"""The campaign list on the terminal, drawn with rich."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from maillage.cli.field_words import printable
from maillage.jobs.campaign import CampaignRow
from maillage.kernel.french import percent
from maillage.kernel.language import tr
from maillage.reports.directory.campaign_table import (
    last_told,
    official_score,
    people,
    phone,
    would_lose,
)

_LEAST_WIDTH = 110  # narrower, the words of a cell are cut one by one


def print_table(rows: Sequence[CampaignRow]) -> None:
    """Print the rows as a table; what a record holds is text, never a command to the terminal."""
    table = Table(show_lines=True, pad_edge=False, expand=True)
    table.add_column(tr("Rang"), width=4)
    for title, ratio in (
        (tr("Lieu et structure"), 4),
        (tr("Contact"), 3),
        (tr("À demander"), 5),
        (tr("Fiche"), 4),
        (tr("Qui en dépend"), 4),
    ):
        table.add_column(title, overflow="fold", ratio=ratio, min_width=12)
    for rank, row in enumerate(rows, 1):
        table.add_row(*(Text(printable(cell)) for cell in _cells(rank, row)))
    width = max(_LEAST_WIDTH, shutil.get_terminal_size().columns)
    Console(file=sys.stdout, width=width, highlight=False).print(table)


def _cells(rank: int, row: CampaignRow) -> tuple[str, ...]:
    names = [f"{row.lieu.nom}, {row.lieu.commune}"]
    names += [row.structure] if row.structure != row.lieu.nom else []
    record = tr("{when}\nqualité : {share}\ndata·inclusion : {score}")
    return (
        str(rank),
        "\n".join(names),
        "\n".join(filter(None, (phone(row) or tr("téléphone inconnu"), row.courriel))),
        ", ".join(row.quality.asks),
        record.format(
            when=last_told(row),
            share=percent(row.quality.score),
            score=official_score(row),
        ),
        f"{people(row)}\n{would_lose(row)}",
    )
