"""What the terminal says of times and visits: the figures, then on what they stand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
import numpy as np

from maillage.access.offer import SERVICE_KEYS
from maillage.access.times import TimesTable
from maillage.access.visits.find import VisitsFound
from maillage.access.visits.measure import Shortfall, measure_shortfalls
from maillage.access.visits.model import VisitKind
from maillage.cli.envelope import print_envelope
from maillage.cli.telling import tell_source_findings
from maillage.jobs.calibrate import Calibrated
from maillage.jobs.isochrones import Isochrones
from maillage.kernel import french
from maillage.kernel.language import tr


def tell_times(table: TimesTable, out: Path, _on: dt.date) -> None:
    """Say how many pairs were reached, how long it takes, and on what it stands."""
    reached = table.minutes[np.isfinite(table.minutes)]
    text = tr("{pairs} : {reached} atteints, {median} en médiane.")
    click.secho(
        text.format(
            pairs=french.plural(table.minutes.size, tr("trajet")),
            reached=french.number(reached.size),
            median=french.minutes(float(np.median(reached))) if reached.size else "—",
        ),
        bold=True,
    )
    tell_how(table.how)
    tell_source_findings(table.findings, None, all_option=False)
    click.echo(f"  {out}")


def tell_how(how: tuple[str, ...]) -> None:
    """Say on what figures stand: engine, speeds, timetables."""
    for sentence in how:
        click.echo(f"- {sentence}")


def print_times(table: TimesTable, out: Path, on: dt.date) -> None:
    """Print the JSON answer: counts and how, not the table itself."""
    reached = int(np.isfinite(table.minutes).sum())
    result = {
        "file": str(out),
        "n_pairs": int(table.minutes.size),
        "n_reached": reached,
        "how": list(table.how),
        "day": None if table.day is None else table.day.isoformat(),
    }
    print_envelope("access matrix", None, on, table.findings, result)


def tell_isochrones(drawn: Isochrones, out: Path, _on: dt.date) -> None:
    """Say how many contours were drawn, and on what they stand."""
    told = french.plural(len(drawn.layer.rows), tr("contour"), tr("contours"))
    click.secho(f"{told}.", bold=True)
    tell_how(drawn.how)
    tell_source_findings(drawn.findings, None, all_option=False)
    click.echo(f"  {out}")


def print_isochrones(drawn: Isochrones, out: Path, on: dt.date) -> None:
    """Print the JSON answer: the number of contours and how, not the contours themselves."""
    result = {"file": str(out), "n_contours": len(drawn.layer.rows), "how": list(drawn.how)}
    print_envelope("access isochrones", None, on, drawn.findings, result)


def tell_visits(found: VisitsFound, out: Path, _on: dt.date) -> None:
    """Say, by kind of visit, who can do none in the week, and on what it stands."""
    for kind, shortfall in _none_at_all(found):
        people = shortfall.people
        least, most = french.percent(people.least), french.percent(people.most)
        text = tr("{kind} : {most} des habitants n'en peuvent faire aucune dans la semaine.")
        if least != most:
            text = tr(
                "{kind} : de {least} à {most} des habitants n'en peuvent faire aucune dans la "
                "semaine, selon ce qui n'est pas connu."
            )
        told = text.format(kind=kind.label.capitalize(), least=least, most=most)
        click.secho(told, bold=True)
    tell_how(found.how)
    tell_source_findings(found.findings, None, all_option=False)
    click.echo(f"  {out}")


def print_visits(found: VisitsFound, out: Path, on: dt.date) -> None:
    """Print the JSON answer: shares of people without any visit, and how."""
    result = {
        "file": str(out),
        "n_homes": len(found.homes.points),
        "without_any_visit": {
            kind.code: {
                "certain_low": s.people.certain_low,
                "certain_high": s.people.certain_high,
                "possible_low": s.people.possible_low,
                "possible_high": s.people.possible_high,
            }
            for kind, s in _none_at_all(found)
        },
        "unknown_hours": {
            "n_lieux": found.unknown_hours[-1].n_lieux,
            "lieux": list(found.unknown_hours[-1].lieu_ids),
        },
        "days": [day.isoformat() for day in found.weeks[0].low.days],
        "how": list(found.how),
    }
    print_envelope("access visits", None, on, found.findings, result)


def _none_at_all(found: VisitsFound) -> list[tuple[VisitKind, Shortfall]]:
    """Return, by kind of visit, who can do none for any service."""
    any_service = SERVICE_KEYS.index(None)
    return [
        (
            week.low.kind,
            measure_shortfalls(week, found.homes.people, found.homes.fragile, (1,))[any_service],
        )
        for week in found.weeks
    ]


def tell_calibrated(found: Calibrated) -> None:
    """Say the straight line that fits best, and how far it remains from the real times."""
    if found.fit is None:
        click.secho(tr("Trop peu de temps utilisables pour caler quoi que ce soit."), bold=True)
    else:
        click.secho(found.fit.describe(), bold=True)
        left = tr("Temps laissés de côté (impossibles, ou points qui se touchent) : {n}.")
        click.echo(left.format(n=french.number(found.fit.n_left_out)))
    tell_source_findings(found.findings, None, all_option=False)


def print_calibrated(found: Calibrated, on: dt.date) -> None:
    """Print the JSON answer: the fit, null where times were too few."""
    fit = found.fit
    result = {
        "fit": None
        if fit is None
        else {
            "mode": fit.mode.code,
            "detour": fit.detour,
            "speed_kmh": fit.speed_kmh,
            "fixed_minutes": fit.fixed_minutes,
            "n": fit.n,
            "n_left_out": fit.n_left_out,
            "median_error": fit.median_error,
            "p90_error": fit.p90_error,
        }
    }
    print_envelope("access calibrate", None, on, found.findings, result)
