"""What the terminal says at the end of a piece of work, in a screenful."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

import click

from maillage.diagnosis.model import Diagnosis
from maillage.diagnosis.summary import headline_sentences
from maillage.directory.field_words import labelled
from maillage.jobs.check_file import Checked
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.findings import Finding, Severity
from maillage.kernel.french import plural
from maillage.kernel.language import tr

WIDTH = 96
SHOWN = 40
SHOWN_IN_PASSING = 10


def tell_diagnosis(diagnosis: Diagnosis, paths: Sequence[Path]) -> None:
    """Say the essential of a diagnosis and where its products stand."""
    click.secho(_title(diagnosis), bold=True)
    for sentence in headline_sentences(diagnosis):
        click.echo(_bullet(sentence))
    click.echo("")
    click.echo(tell_severities(diagnosis.findings))
    for path in paths:
        click.echo(f"  {path}")
    report = next((path for path in paths if path.name == "report.html"), None)
    if report is not None:
        click.echo("\n" + tr("Le rapport : {path}").format(path=report.resolve().as_uri()))


def tell_checked(checked: Checked, *, show_all: bool) -> None:
    """Say what a file is, then its findings by line, the worst first where they are many."""
    head = tr("{name} : lu comme « {kind} », {records} sur {rows}.")
    click.secho(
        head.format(
            name=checked.path.name,
            kind=checked.kind,
            records=plural(checked.n_records, tr("enregistrement")),
            rows=plural(checked.n_rows, tr("ligne")),
        ),
        bold=True,
    )
    if not checked.communes_checked:
        click.echo(_bullet(tr("Communes et coordonnées non confrontées à la liste nationale.")))
    left = _tell_worst(checked.findings, None if show_all else SHOWN)
    if left:
        click.echo(tr("… et {more} : --all les montre tous.").format(more=_others(left)))
    click.echo(tell_severities(checked.findings))


def tell_source_findings(
    findings: Sequence[Finding], diagnose: str | None, *, all_option: bool, show_all: bool = False
) -> None:
    """Say how many findings came of a source, the worst of them, and how to see all.

    ``diagnose`` is the command that writes them all; None where nothing was saved for it to read.
    """
    click.echo(tell_severities(findings))
    left = _tell_worst(findings, None if show_all else SHOWN_IN_PASSING)
    if left:
        all_here = tr(" : --all les montre tous") if all_option else ""
        click.echo(tr("… et {more}{all_here}.").format(more=_others(left), all_here=all_here))
    if findings and diagnose:
        text = tr("Tous les constats de l'annuaire, dans findings.csv : {command}")
        click.echo(text.format(command=diagnose))


def _tell_worst(findings: Sequence[Finding], most: int | None) -> int:
    """Say the worst findings, so many at most, and return how many are left."""
    worst_first = sorted(findings, key=lambda f: -list(Severity).index(f.severity))
    for finding in worst_first[:most]:
        _tell_finding(finding)
    return len(worst_first[most:]) if most is not None else 0


def _others(n: int) -> str:
    return plural(n, tr("autre constat"), tr("autres constats"))


def _tell_finding(finding: Finding) -> None:
    where = finding.where
    place = [
        tr("ligne {n}").format(n=where.line) if where.line is not None else "",
        labelled(where.field) if where.field else "",
        where.subject,
    ]
    head = " · ".join(word for word in place if word)
    colour = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
    click.secho(f"[{finding.severity.label}] ", fg=colour[finding.severity], nl=False)
    click.echo(head or finding.code)
    click.echo(textwrap.indent(textwrap.fill(finding.message, WIDTH), "    "))
    click.echo(textwrap.indent(textwrap.fill("→ " + finding.advice, WIDTH), "    "))


def tell_work(work: TerritoryWork, folder: Path) -> None:
    """Say what a workspace now holds."""
    inside = work.directory.inside()
    click.secho(
        tr("{name} ({siren}) : espace de travail prêt dans {folder}").format(
            name=work.territory.name, siren=work.territory.siren, folder=folder
        ),
        bold=True,
    )
    held = (
        plural(len(work.territory.zones), "commune"),
        plural(len(inside.structures), "structure"),
        plural(len(inside.lieux), "lieu", "lieux"),
        plural(len(inside.permanences), "permanence"),
    )
    click.echo(_bullet(" · ".join(held)))
    click.echo(_bullet(tell_severities(work.findings)))
    click.echo(
        tr("Et maintenant : maillage diagnose {siren} --workspace {folder}").format(
            siren=work.territory.siren, folder=folder
        )
    )


def tell_severities(findings: Sequence[Finding]) -> str:
    """Return one sentence: how many findings of each severity, the worst first."""
    counts = [(s, sum(f.severity is s for f in findings)) for s in reversed(Severity)]
    told = ", ".join(f"{n} {severity.label}" for severity, n in counts if n)
    if not told:
        return tr("Aucun constat sur les données.")
    return tr("{n} sur les données : {told}.").format(n=plural(len(findings), "constat"), told=told)


def _title(diagnosis: Diagnosis) -> str:
    name = diagnosis.territory.name
    if diagnosis.territory.fictional:
        name = tr("{name} (territoire fictif)").format(name=name)
    return tr("{name} : diagnostic au {on:%d/%m/%Y}").format(name=name, on=diagnosis.on)


def _bullet(sentence: str) -> str:
    return textwrap.fill(sentence, WIDTH, initial_indent="  • ", subsequent_indent="    ")
