"""What the terminal says of new posts, and of one place rather than another."""

from __future__ import annotations

import datetime as dt
import shlex
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.jobs.compare_posts import TwoCompared
from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameter, load_parameters
from maillage.reports.siting.compared_words import compared_document, compared_words
from maillage.reports.siting.posts_json import posts_document
from maillage.reports.siting.posts_rows import post_tables, step_rows
from maillage.reports.siting.posts_words import posts_text
from maillage.reports.typography import polished
from maillage.siting.model import Stopped

if TYPE_CHECKING:
    from maillage.cli.envelope import Told
    from maillage.territory.model import Territory

_WIDTH = 96
_TOPICS = ("means", "posts", "siting", "unreached")


def interrupted(answer: PostsAnswer) -> PostsAnswer:
    """Return an answer whose search the user ended: what stopped is told so, not as time's end."""
    plan = answer.plan
    if plan.stopped is Stopped.TIME:
        plan = replace(plan, stopped=Stopped.INTERRUPTED)
    return replace(answer, plan=plan, interrupted=True)


def tell_posts(
    territory: Territory, answer: PostsAnswer, paths: Sequence[Path], workspace: Path | None
) -> None:
    """Say the plan, its worth, its proof, what each further post brings, and how to adopt it.

    ``paths`` are the files written, that of the plan the last; ``workspace`` where it is adopted.
    """
    text = posts_text(answer)
    name = territory.name
    if territory.fictional:
        name = tr("{name} (territoire fictif)").format(name=name)
    click.secho(f"{name} : {text.title[0].lower()}{text.title[1:]}", bold=True)
    _bullets((*text.unfinished, *text.lead, *text.moved, *text.proof))
    if text.changes:
        click.echo("\n" + tr("Ce qui change"))
        _bullets(text.changes)
    for table in post_tables(answer):
        click.echo(f"\n{table.title}")
        for row in table.rows:
            click.echo(f"  {row.half_day:<19} {row.commune}, {row.place}")
    _steps(answer)
    for part in (text.survival, text.equity, text.unsolved, text.doubts):
        if part:
            click.echo("")
            _bullets(part)
    click.echo("")
    for path in paths:
        click.echo(f"  {path}")
    if paths and answer.plan.held:
        _how_to_adopt(territory, answer, paths[-1], workspace)


def _how_to_adopt(
    territory: Territory, answer: PostsAnswer, plan: Path, workspace: Path | None
) -> None:
    """Say the command that puts the plan into the directory, as it can be pasted."""
    space = workspace or Path(f"maillage-{territory.siren}")
    words = ["maillage", "siting", "adopt", str(plan), "--workspace", str(space)]
    click.echo("\n" + tr("Pour le mettre dans l'annuaire :"))
    click.echo("  " + shlex.join(words))
    if answer.asked.service is None:
        told = tr(
            "Dites-y les services rendus (--service NOM), sans quoi le diagnostic ne le compte pas."
        )
        _bullets((told,))
    if workspace is None and not space.exists():
        told = tr("L'espace de travail n'existe pas encore : « maillage init {siren} » le crée.")
        _bullets((told.format(siren=territory.siren),))


def _steps(answer: PostsAnswer) -> None:
    rows = step_rows(answer)
    if not rows:
        return
    click.echo("\n" + tr("Ce que vaut chaque conseiller de plus"))
    for row in rows:
        told = tr("{posts} : {worth} ({added}) ; {received} reçues dans l'année, {cost}")
        line = told.format(
            posts=row.posts,
            worth=row.worth,
            added=row.added,
            received=row.received,
            cost=row.cost,
        )
        click.echo(f"  {line}")


def _bullets(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        click.echo(
            textwrap.fill(
                polished(sentence),
                _WIDTH,
                initial_indent="  • ",
                subsequent_indent="    ",
                break_on_hyphens=False,
            )
        )


def posts_answer(territory: Territory, answer: PostsAnswer, on: dt.date) -> dict[str, object]:
    """Return the JSON document of a plan: what ``--json`` prints and what plan.json holds."""
    from maillage.cli.envelope import envelope
    from maillage.diagnosis.model import EngineNote

    return envelope(
        "siting post",
        territory,
        on,
        answer.setting.unreached.findings,
        posts_document(answer),
        engine=EngineNote("siting", answer.plan.engine),
        parameters=_parameters(on),
    )


def tell_compared(found: TwoCompared) -> None:
    """Say which of two is better."""
    names = tr("{a} ou {b} ?").format(a=found.one.name, b=found.other.name)
    click.secho(names, bold=True)
    _bullets(compared_words(found))


def print_compared(who: Told, found: TwoCompared, on: dt.date) -> None:
    """Print the JSON answer."""
    from maillage.cli.envelope import print_envelope

    print_envelope(
        "siting compare",
        who,
        on,
        found.setting.unreached.findings,
        compared_document(found),
        parameters=_parameters(on),
    )


def _parameters(on: dt.date) -> tuple[Parameter, ...]:
    known = load_parameters(on)
    return tuple(one for topic in _TOPICS for one in known.under(topic))
