"""``maillage directory history``: what happened to one thing, or to the whole directory."""

from __future__ import annotations

import datetime as dt
import shutil
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.options import Day, json_option, workspace_option
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.directory.journal import JournalLine
    from maillage.jobs.ports import TerritoryWork

SHOWN = 60
WIDEST = 110
HELP = tr(
    """Raconte ce qui est arrivé à une fiche, ou à tout l'annuaire, du plus ancien au plus récent :
    imports, changements, fusions, séparations, décisions, et par qui.

    ID est un identifiant, même ancien, ou des mots du nom. Sans lui, ce qui entre, change et sort à
    chaque import est seulement compté ; --all le dit fiche par fiche.

    \b
    Exemples :
      maillage directory history
      maillage directory history lieu-4abmhfcbktp2e
      maillage directory history "ccas auchel" --since 2026-11-01
    """
)


@click.command("history", help=HELP, short_help=tr("Ce qui est arrivé à une fiche."))
@click.argument("told", metavar="ID", required=False)
@click.option("--since", type=Day(), metavar="DATE", help=tr("Seulement depuis cette date."))
@click.option("--all", "show_all", is_flag=True, help=tr("Tout, fiche par fiche."))
@workspace_option
@json_option
def command(
    told: str | None,
    since: dt.date | None,
    show_all: bool,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """Tell the history."""
    from maillage.cli.directory_words import titles_of
    from maillage.cli.history_words import names_in
    from maillage.cli.options import today
    from maillage.wiring import desk

    with desk.opened(workspace, today(), "") as space:
        work = space.store.load(space.siren)
        its_id = None if told is None else _the_id(work, told)
        lines = space.store.history(space.siren, its_id, since)
        whole = space.store.history(space.siren)
    if as_json:
        _print_json(lines, work)
    else:
        names = {**names_in(whole), **titles_of(work.directory)}
        _tell(lines, names, show_all=show_all, of_one=its_id is not None)


def _the_id(work: TerritoryWork, told: str) -> str:
    """Return the id told, a former one too: it has its own history; else the one of that name."""
    from maillage.cli.directory_words import the_one_meant

    known = {identity.id for identity in work.ledger.identities}
    return told if told in known else the_one_meant(work, told)


def _tell(
    lines: tuple[JournalLine, ...], names: Mapping[str, str], *, show_all: bool, of_one: bool
) -> None:
    from maillage.cli.history_words import sentence, worth_telling
    from maillage.kernel.french import plural

    if not lines:
        click.echo(tr("Le journal n'en dit rien."))
    in_full = show_all or of_one
    told = worth_telling(lines, one_by_one=in_full)
    shown = told if show_all else told[-SHOWN:]
    hidden = len(lines) - len(shown)
    if hidden:
        more = plural(hidden, tr("autre ligne"), tr("autres lignes"))
        click.echo(tr("… {more} : --all les montre.").format(more=more))
    width = min(shutil.get_terminal_size().columns, WIDEST)
    for line in shown:
        text = sentence(line, names, in_full=of_one)
        click.echo(textwrap.fill(text, width, subsequent_indent="    ", break_on_hyphens=False))


def _print_json(lines: tuple[JournalLine, ...], work: TerritoryWork) -> None:
    from maillage.cli.envelope import print_envelope

    told = [_line(line) for line in lines]
    print_envelope("directory history", work.territory, None, (), {"lines": told})


def _line(line: JournalLine) -> dict[str, object]:
    from maillage.directory.linking.evidence import reasons
    from maillage.reports.plain_data import plain

    event = line.what
    return {
        "number": line.number,
        "on": plain(line.on),
        "by": line.by,
        "verb": event.verb.code,
        "subject": event.subject_id,
        "others": list(event.others),
        "decision": None if event.decision is None else event.decision.number,
        "cancelled": None if event.cancelled is None else event.cancelled.number,
        "reasons": [] if event.likeness is None else list(reasons(event.likeness)),
        "counts": plain(line.counts),
        "fields": [plain(change) for change in line.fields],
    }
