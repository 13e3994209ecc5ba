"""A proposed mapping on the terminal, drawn with rich."""

from __future__ import annotations

import shutil
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from maillage.directory.field_words import label
from maillage.directory.mapping.model import DAYS, Confidence, FieldRule, Proposal, Proposed
from maillage.kernel.language import tr

_LEAST_WIDTH = 100  # narrower, the words of a cell are cut one by one
_SHOWN = 60  # signs of an example
_FEW = 4  # columns named in a cell
_COLOURS = {Confidence.SURE: "green", Confidence.PROBABLE: "cyan", Confidence.DOUBTFUL: "yellow"}


def print_proposal(proposal: Proposal, *, show_all: bool) -> None:
    """Print the fields as a table; what a file holds is text, never a command to the terminal."""
    table = Table(show_lines=True, pad_edge=False, expand=True)
    table.add_column(tr("Champ"), ratio=3, overflow="fold")
    table.add_column(tr("Lu dans"), ratio=4, overflow="fold")
    table.add_column(tr("Certitude"), min_width=9)
    table.add_column(tr("Exemples"), ratio=5, overflow="fold")
    if show_all:
        table.add_column(tr("Pourquoi"), ratio=4, overflow="fold")
    for one in proposal.fields:
        cells = [
            Text(_named(one.field)),
            Text(_read_in(one.rule)),
            Text(one.confidence.value, style=_COLOURS[one.confidence]),
            Text(_examples(one)),
        ]
        table.add_row(*cells, *([Text(one.reason)] if show_all else []))
    width = max(_LEAST_WIDTH, shutil.get_terminal_size().columns)
    Console(file=sys.stdout, width=width, highlight=False).print(table)


def _named(field: str) -> str:
    """Return a field as people call it, and below as a mapping does where that is another name."""
    words = label(field)
    return words if words == field else f"{words}\n({field})"


def _read_in(rule: FieldRule) -> str:
    """Return the columns of a rule, and what is done with them."""
    lines = []
    if rule.days:
        first, last = min(rule.days), max(rule.days)
        days = tr("un jour par colonne, de {first} à {last}")
        lines.append(days.format(first=DAYS[first], last=DAYS[last]))
    if rule.columns:
        lines.append((", " if rule.join is None else " + ").join(_few(rule.columns)))
    if rule.part is not None:
        lines.append(tr("(la partie {part})").format(part=label(rule.part.value)))
    if rule.split:
        signs = "  ".join(sign.replace("\n", "⏎") for sign in rule.split)
        lines.append(tr("(coupé à {signs})").format(signs=signs))
    if rule.if_yes:
        names = ", ".join(_few(tuple(rule.if_yes)))
        lines.append(tr("oui/non : {names}").format(names=names))
    return "\n".join(lines)


def _few(columns: tuple[str, ...]) -> list[str]:
    shown = list(columns[:_FEW])
    return [*shown, "…"] if len(columns) > _FEW else shown


def _examples(one: Proposed) -> str:
    flat = (" ".join(example.split()) for example in one.examples)
    return "\n".join(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…" for text in flat)
