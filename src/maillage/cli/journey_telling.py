"""What the terminal says of one person's journey: the sheet itself, as it would be printed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.access.visits.sheet import JourneySheet
from maillage.access.visits.sheet_words import SheetText, sheet_text
from maillage.cli.envelope import print_envelope
from maillage.cli.telling import tell_source_findings
from maillage.reports.access.sheet_json import sheet_document
from maillage.reports.access.sheet_lines import sheet_lines


def tell_journey(sheet: JourneySheet, out: Path | None, _on: dt.date) -> None:
    """Say the sheet, then what is doubtful, then where it was written."""
    text = sheet_text(sheet)
    head, *lines = sheet_lines(text)
    click.secho(head, bold=True)
    titles = _titles(text)
    for line in lines:
        click.secho(line, bold=True) if line in titles else click.echo(line)
    if sheet.findings:
        click.echo("")
        tell_source_findings(sheet.findings, None, all_option=False)
    if out is not None:
        click.echo(f"  {out}")


def print_journey(sheet: JourneySheet, out: Path | None, on: dt.date) -> None:
    """Print the JSON answer: the sheet, its legs and its words."""
    result = {"file": None if out is None else str(out), **sheet_document(sheet)}
    print_envelope("access journey", None, on, sheet.findings, result)


def _titles(text: SheetText) -> set[str]:
    return {part.title for part in text.parts}
