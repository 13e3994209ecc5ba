"""``maillage directory map FILE``: how to read a file of unknown columns, with its doubts."""

from __future__ import annotations

import datetime as dt
import shlex
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.options import json_option, on_option
from maillage.kernel.errors import OutputError, UnusableFile
from maillage.kernel.findings import Finding, Severity
from maillage.kernel.french import plural
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.directory.mapping.model import FileMapping, Proposal
    from maillage.directory.mapping.trial import Trial
    from maillage.tables.model import Table

TO_CORRECT = 10
SHOWN = 12
WIDTH = 96

HELP = tr(
    """Propose la correspondance entre les colonnes d'un fichier reçu et le standard national.

    La proposition vient des noms des colonnes et de leurs valeurs ; chaque champ dit sa certitude,
    et ce qui est douteux est listé. Elle est écrite en YAML (FICHIER.correspondance.yaml), à relire
    et à corriger, puis sert à chaque nouvel export du même producteur. Avec --mapping, rien n'est
    proposé ni écrit : une correspondance faite plus tôt est essayée sur le fichier.

    Fichiers lus : CSV, JSON, GeoJSON, tableur (titres, cellules fusionnées et deux lignes de noms
    compris).

    Code de sortie : 0 tout est prêt, 10 à corriger (nom introuvable, colonnes disparues), 3 fichier
    inutilisable, 9 rien ne peut être écrit là.

    \b
    Exemples :
      maillage directory map export-du-hub.csv
      maillage directory map export-du-hub.xlsx --source "Hub du Sud" --out hub.yaml
      maillage directory map export-de-2027.csv --mapping hub.yaml
    """
)


@click.command("map", help=HELP, short_help=tr("Propose comment lire un fichier reçu."))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="MAPPING.yaml",
    help=tr("Où écrire la correspondance [défaut : FICHIER.correspondance.yaml, ici]."),
)
@click.option(
    "--mapping",
    "existing",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="MAPPING.yaml",
    help=tr("Essaie cette correspondance sur le fichier au lieu d'en proposer une."),
)
@click.option("--source", metavar="NOM", help=tr("Le nom du producteur du fichier."))
@click.option("--force", is_flag=True, help=tr("Remplace une correspondance déjà écrite."))
@click.option(
    "--all", "show_all", is_flag=True, help=tr("Montre tous les doutes, et pourquoi chaque choix.")
)
@on_option
@json_option
def command(
    file: Path,
    out: Path | None,
    existing: Path | None,
    source: str | None,
    force: bool,
    show_all: bool,
    on: dt.date,
    as_json: bool,
) -> None:
    """Propose a mapping for one file, or try one on it."""
    from maillage.tables.read import read_table

    if existing is not None:
        if out is not None or source is not None or force:
            message = tr("--mapping n'écrit rien : ôtez --out, --source et --force.")
            raise click.UsageError(message)
        _check(read_table(file), existing, on, as_json=as_json, show_all=show_all)
        return
    target = out or Path(f"{file.stem}.correspondance.yaml")
    _refuse_to_replace(target, force=force)
    _propose(read_table(file), target, source, on, as_json=as_json, show_all=show_all)


def _refuse_to_replace(target: Path, *, force: bool) -> None:
    from maillage.kernel.atomic import check_writable

    if target.exists() and not force:
        message = tr(
            "« {path} » existe déjà et a peut-être été corrigé : --force le remplace, --out en "
            "écrit un autre, --mapping l'essaie sur le fichier."
        )
        raise OutputError(message.format(path=target))
    check_writable(target.parent)


def _propose(
    table: Table, target: Path, source: str | None, on: dt.date, *, as_json: bool, show_all: bool
) -> None:
    from maillage.directory.mapping import findings as kinds
    from maillage.directory.mapping.files import save_mapping
    from maillage.directory.mapping.notes import notes_of
    from maillage.directory.mapping.propose import propose

    proposal = propose(table)
    if source:
        doubts = tuple(d for d in proposal.doubts if d.code != kinds.SOURCE_IS_FILE.code)
        mapping = replace(proposal.mapping, source=source)
        proposal = replace(proposal, mapping=mapping, doubts=doubts)
    trial = _trial(table, proposal.mapping, on)
    save_mapping(proposal.mapping, target, notes_of(proposal))
    doubts = (*table.findings, *proposal.doubts)
    if as_json:
        result = {**_result(table, proposal.mapping, trial), **_proposed(proposal)}
        _print_json(on, doubts, {**result, "mapping": str(target)})
    else:
        _tell_proposal(table, proposal, doubts, trial, show_all=show_all)
        _tell_next(table.path, target, ready=trial is not None)
    if trial is None:
        raise click.exceptions.Exit(TO_CORRECT)


def _check(table: Table, path: Path, on: dt.date, *, as_json: bool, show_all: bool) -> None:
    from maillage.directory.mapping import findings as kinds
    from maillage.directory.mapping.apply import fits
    from maillage.directory.mapping.load import load_mapping

    mapping = load_mapping(path)
    changes = fits(mapping, table)
    trial = _trial(table, mapping, on)
    doubts = changes if trial is None else trial.findings
    if as_json:
        result = {**_result(table, mapping, trial), "mapping": str(path)}
        _print_json(on, doubts, result)
    else:
        head = tr("{name}, lu par {mapping} (source : {source})")
        click.secho(
            head.format(name=table.path.name, mapping=path.name, source=mapping.source), bold=True
        )
        click.echo(
            tr("Toutes les colonnes attendues sont là, aucune n'est nouvelle.")
            if not changes
            else tr("Les colonnes ont changé depuis que cette correspondance a été faite :")
        )
        _tell_doubts(sorted(doubts, key=lambda doubt: doubt not in changes), show_all=show_all)
        _tell_trial(trial)
        _tell_next(table.path, path, ready=trial is not None)
    if trial is None or any(change.code == kinds.COLUMN_VANISHED.code for change in changes):
        raise click.exceptions.Exit(TO_CORRECT)


def _trial(table: Table, mapping: FileMapping, on: dt.date) -> Trial | None:
    """Return what the mapping makes of the file, None where no column gives the names."""
    from maillage.directory.mapping.trial import try_mapping

    try:
        return try_mapping(table, mapping, on)
    except UnusableFile:
        return None


def _tell_proposal(
    table: Table,
    proposal: Proposal,
    doubts: Sequence[Finding],
    trial: Trial | None,
    *,
    show_all: bool,
) -> None:
    from maillage.cli.mapping_screen import print_proposal

    head = tr("{name} : {rows}, {columns}")
    rows, columns = plural(len(table.rows), tr("ligne")), plural(len(table.columns), tr("colonne"))
    click.secho(head.format(name=table.path.name, rows=rows, columns=columns), bold=True)
    print_proposal(proposal, show_all=show_all)
    if proposal.unmapped:
        unread = tr("Colonnes qui ne donnent aucun champ ({n}) : {names}")
        names = proposal.unmapped if show_all else proposal.unmapped[:SHOWN]
        more = "" if len(names) == len(proposal.unmapped) else "…"
        text = unread.format(n=len(proposal.unmapped), names=", ".join(names) + more)
        click.echo(textwrap.fill(text, WIDTH))
    click.echo("")
    _tell_doubts(doubts, show_all=show_all)
    _tell_trial(trial)


def _tell_doubts(doubts: Sequence[Finding], *, show_all: bool) -> None:
    colours = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
    worst_first = sorted(doubts, key=lambda doubt: -list(Severity).index(doubt.severity))
    shown = worst_first if show_all else worst_first[:SHOWN]
    for doubt in shown:
        click.secho(f"[{doubt.severity.label}] ", fg=colours[doubt.severity], nl=False)
        line = doubt.where.line
        place = [tr("ligne {n}").format(n=line)] if line is not None else []
        click.echo(" · ".join([*place, _about(doubt)]))
        click.echo(textwrap.indent(textwrap.fill(doubt.message, WIDTH), "    "))
        click.echo(textwrap.indent(textwrap.fill("→ " + doubt.advice, WIDTH), "    "))
    left = len(worst_first) - len(shown)
    if left:
        more = plural(left, tr("autre constat"), tr("autres constats"))
        click.echo(tr("… et {more} : --all les montre tous.").format(more=more))


def _about(doubt: Finding) -> str:
    from maillage.directory.field_words import labelled

    return labelled(doubt.where.field) if doubt.where.field else doubt.where.subject


def _tell_trial(trial: Trial | None) -> None:
    from maillage.directory.field_words import label

    if trial is None:
        return
    said = tr("{records} sur {rows} ; {complete} ont tous les champs obligatoires du standard.")
    text = said.format(
        records=plural(trial.n_records, tr("fiche lue"), tr("fiches lues")),
        rows=plural(trial.n_rows, tr("ligne")),
        complete=trial.n_complete,
    )
    click.secho("\n" + text, bold=True)
    if trial.lacking:
        lacks = ", ".join(f"{label(field)} ({n})" for field, n in trial.lacking.items())
        click.echo(textwrap.fill(tr("Il manque : {lacks}.").format(lacks=lacks), WIDTH))


def _tell_next(file: Path, mapping: Path, *, ready: bool) -> None:
    click.echo(tr("La correspondance : {path}").format(path=mapping))
    words = shlex.join(["maillage", "directory", "import", str(file), "--mapping", str(mapping)])
    if ready:
        click.echo(tr("Relisez-la, puis : {command}").format(command=words))
    else:
        click.echo(
            tr("Dites-y quelle colonne donne le nom, puis : {command}").format(command=words)
        )


def _print_json(on: dt.date, doubts: Sequence[Finding], result: dict[str, object]) -> None:
    from maillage.cli.envelope import print_envelope

    print_envelope("directory map", None, on, doubts, result)


def _result(table: Table, mapping: FileMapping, trial: Trial | None) -> dict[str, object]:
    return {
        "file": table.path.name,
        "source": mapping.source,
        "n_rows": len(table.rows),
        "n_records": 0 if trial is None else trial.n_records,
        "n_complete": 0 if trial is None else trial.n_complete,
        "told": {} if trial is None else dict(trial.told),
        "lacking": {} if trial is None else dict(trial.lacking),
    }


def _proposed(proposal: Proposal) -> dict[str, object]:
    fields = [
        {
            "field": one.field,
            "columns": list(one.rule.all_columns),
            "confidence": one.confidence.value,
            "reason": one.reason,
            "examples": list(one.examples),
            "rivals": list(one.rivals),
            "wordless": dict(one.wordless),
        }
        for one in proposal.fields
    ]
    unread = {"unmapped": list(proposal.unmapped), "empty": list(proposal.empty)}
    return {"fields": fields, **unread}
