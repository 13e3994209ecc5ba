"""One question of the review queue on a terminal: two things side by side, and what tells them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from maillage.cli.field_words import printable
from maillage.directory.linking.evidence import reasons
from maillage.directory.review_queue import QueueItem
from maillage.jobs.decide import Desk
from maillage.jobs.double_words import (
    ASKED,
    Values,
    in_order,
    members_of,
    name_of,
    place_of,
    sign_of,
    summary_of,
    title_of,
    values_of,
)
from maillage.kernel.french import number, plural
from maillage.kernel.language import tr

NARROW = 72
"""Columns below which two things are shown one under the other, field by field."""


def show_question(console: Console, desk: Desk, item: QueueItem, rank: int, total: int) -> None:
    """Print one question: the doubt, both sides, what speaks for and against."""
    head = tr("Question {rank} sur {total}").format(rank=rank, total=total)
    console.rule(Text(head, style="bold"))
    console.print(Text(printable(summary_of(item))))
    sides = [_printable(values_of(desk, item, side)) for side in (item.left, item.right)]
    if console.width < NARROW:
        console.print(_one_under_the_other(*sides))
    else:
        console.print(_side_by_side(*sides))
    _show_records(console, desk, item)
    said = reasons(item.likeness)
    if said:
        console.print(Text(tr("Indices : {said}.").format(said=", ".join(said))))
    if item.against:
        against = tr("Ce qui s'y oppose : {against}.").format(against=item.against)
        console.print(Text(against, style="yellow"))
    console.print(Text(tr(ASKED[item.question]), style="bold"))


def _printable(values: Values) -> Values:
    """Return values without signs that command a terminal."""
    return {name: printable(words) for name, words in values.items()}


def _side_by_side(left: Values, right: Values) -> RenderableType:
    """Return a table of two things; a sign tells what differs, so that no colour has to."""
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("", style="dim", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("A", ratio=1, overflow="fold")
    table.add_column("B", ratio=1, overflow="fold")
    for name in in_order(left, right):
        a, b, sign = left.get(name, ""), right.get(name, ""), sign_of(left, right, name)
        style = "bold" if sign == "≠" else ""
        cells = (Text(text or "—", style=style) for text in (a, b))
        table.add_row(title_of(name), Text(sign, style="bold"), *cells)
    return table


def _one_under_the_other(left: Values, right: Values) -> RenderableType:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name in in_order(left, right):
        sign = sign_of(left, right, name)
        if sign == "=":
            table.add_row(sign, Text(f"{title_of(name)} : {left[name]}"))
            continue
        table.add_row(sign, Text(title_of(name), style="bold" if sign else ""))
        for side, values in (("A", left), ("B", right)):
            table.add_row("", Text(f"{side} : {values.get(name, '—')}"))
    return table


def queue_table(items: Sequence[QueueItem], desk: Desk) -> Table:
    """Return the queue as a table: what is asked, about what, how likely, for how many people."""
    table = Table(show_edge=False, pad_edge=False, expand=False)
    table.add_column(tr("n°"), justify="right", no_wrap=True)
    table.add_column(tr("même…"), no_wrap=True)
    table.add_column("A", ratio=1)
    table.add_column("B", ratio=1)
    table.add_column(tr("prob."), justify="right", no_wrap=True)
    table.add_column(tr("habitants"), justify="right", no_wrap=True)
    for rank, item in enumerate(items, 1):
        table.add_row(
            str(rank),
            item.question.label.removeprefix("même "),
            Text(printable(name_of(desk, item, item.left))),
            Text(printable(name_of(desk, item, item.right))),
            number(item.likeness.probability, 2),
            "—" if item.people is None else number(item.people),
        )
    return table


def _show_records(console: Console, desk: Desk, item: QueueItem) -> None:
    """Print how many records each side holds and, of many, the two that raise the question."""
    if max(len(item.left), len(item.right)) == 1:
        return
    counts = [plural(len(side), tr("fiche")) for side in (item.left, item.right)]
    text = tr("A réunit {a}, B réunit {b}. Les deux qui se ressemblent :")
    console.print(Text(text.format(a=counts[0], b=counts[1]), style="dim"))
    for member in members_of(desk, (item.likeness.left, item.likeness.right)):
        nom = member.sourced.record.nom or tr("(sans nom)")
        line = f"  {nom} · {place_of(member)} ({member.key.source_id})"
        console.print(Text(printable(line), style="dim"))
