"""What the terminal says of a month of rounds, and its JSON answer."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from maillage.cli.envelope import envelope
from maillage.cli.telling import WIDTH, tell_severities
from maillage.diagnosis.model import EngineNote
from maillage.kernel.language import tr
from maillage.reports.rounds.month_json import month_document
from maillage.rounds.changes_words import changes_words
from maillage.rounds.month import RoundMonth
from maillage.rounds.month_words import month_text
from maillage.wiring.rounds import Product, ReadyRound, lieux_of_stops

_TOLD_ELSEWHERE = ("territory", "made_on", "findings")
"""What the envelope says already."""


def interrupted(month: RoundMonth) -> RoundMonth:
    """Return a month whose search the user ended; one that is proved has nothing to add."""
    if month.plan.proved:
        return month
    return replace(month, plan=replace(month.plan, stopped="interrupted"))


def plan_answer(ready: ReadyRound, month: RoundMonth, seed: int) -> dict[str, object]:
    """Return the JSON answer of a plan, which is its file too."""
    parameters = ready.ground.parameters
    document = month_document(month, parameters.on)
    result = {key: told for key, told in document.items() if key not in _TOLD_ELSEWHERE}
    most = ready.asked.most_sessions
    result |= {"lieux": lieux_of_stops(ready, month), "seed": seed, "most_sessions": most}
    return envelope(
        "rounds plan",
        ready.territory,
        parameters.on,
        month.findings,
        result,
        engine=EngineNote("rounds", month.plan.engine),
        parameters=(*parameters.under("rounds"), *parameters.under("rounds_asked")),
    )


def tell_month(month: RoundMonth, products: Sequence[Product], folder: Path, adopt: str) -> None:
    """Say what the plan is worth, beside the present round, and where its files stand."""
    text = month_text(month)
    click.secho(text.title, bold=True)
    for sentence in (*text.plan, *text.worth):
        click.echo(_bullet(sentence))
    if month.changes is not None:
        _tell_part(tr("Ce qui change :"), changes_words(month.changes))
    _tell_part(tr("À côté de la tournée actuelle :"), text.beside)
    _tell_part(tr("Les suivants, s'il y avait une venue de plus :"), text.next_ones)
    _tell_part(tr("Ce que le plan ne résout pas :"), text.unsolved)
    click.echo("\n" + tell_severities(month.findings))
    for product in products:
        if product.content is None:
            click.echo(
                tr("  {name} n'est pas fait : {why}").format(name=product.name, why=product.why)
            )
        else:
            click.echo(f"  {folder / product.name}")
    click.echo("\n" + tr("Pour le mettre dans l'annuaire : {command}").format(command=adopt))


def _tell_part(title: str, sentences: Sequence[str]) -> None:
    if sentences:
        click.echo("\n" + title)
        for sentence in sentences:
            click.echo(_bullet(sentence))


def _bullet(sentence: str) -> str:
    return textwrap.fill(sentence, WIDTH, initial_indent="  • ", subsequent_indent="    ")
