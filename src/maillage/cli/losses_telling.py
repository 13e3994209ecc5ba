"""What the terminal says of losses: the lieux and the lines that would take most away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from maillage.access.visits.find_losses import LossesFound
from maillage.access.visits.losses import Loss
from maillage.access.visits.model import Certainty
from maillage.cli.access_telling import tell_how
from maillage.cli.envelope import print_envelope
from maillage.cli.telling import tell_source_findings
from maillage.kernel import french
from maillage.kernel.language import tr

_SHOWN = 5


def tell_losses(found: LossesFound, out: Path, _on: dt.date) -> None:
    """Say what would be lost first, for any service, by kind of visit, and on what it stands."""
    for k, week in enumerate(found.visits.weeks):
        click.secho(f"{week.low.kind.label.capitalize()}", bold=True)
        names = found.visits.place_names
        lieux = _any_service(found.lieux[k].low)
        _tell(
            tr("  Si ce lieu ferme"), [(names.get(one.subject, one.subject), one) for one in lieux]
        )
        lines = [
            (found.line_labels[name] or name, one)
            for name, kinds in found.lines.items()
            for one in _any_service(kinds[k].low)
        ]
        _tell(tr("  Si cette ligne finit"), lines)
    click.echo(
        tr(
            "Tous services, aux heures habituelles où les horaires ne sont pas connus ; "
            "le tableau donne aussi chaque service et les seuls horaires connus."
        )
    )
    tell_how(found.visits.how)
    tell_source_findings(found.visits.findings, None, all_option=False)
    click.echo(f"  {out}")


def print_losses(found: LossesFound, out: Path, on: dt.date) -> None:
    """Print the JSON answer: what would be lost of any service, by kind of visit, and how."""
    result = {
        "file": str(out),
        "n_homes": len(found.visits.homes.points),
        "lieux": [_told(one) for kind in found.lieux for one in _any_service(kind.low)],
        "lines": [
            _told(one)
            for kinds in found.lines.values()
            for kind in kinds
            for one in _any_service(kind.low)
        ],
        "days": [day.isoformat() for day in found.visits.weeks[0].low.days],
        "how": list(found.visits.how),
    }
    print_envelope("access losses", None, on, found.visits.findings, result)


def _any_service(losses: Sequence[Loss]) -> list[Loss]:
    """Return the possible losses for any service, those that leave most people without first."""
    told = [one for one in losses if one.service is None and one.certainty is Certainty.POSSIBLE]
    return sorted(told, key=lambda one: (-one.people_without, -one.half_days, one.subject))


def _tell(title: str, losses: Sequence[tuple[str, Loss]]) -> None:
    if not losses:
        return
    click.echo(tr("{title} :").format(title=title))
    felt = [(name, one) for name, one in losses if one.half_days > 0]
    for name, one in felt[:_SHOWN]:
        text = tr("    {name} : {without} sans plus aucune visite possible, {fewer} avec moins.")
        click.echo(
            text.format(
                name=name,
                without=french.plural(round(one.people_without), tr("habitant")),
                fewer=french.number(one.people_fewer),
            )
        )
    quiet = len(losses) - len(felt)
    if quiet:
        click.echo(tr("    {n} sans que personne y perde.").format(n=french.number(quiet)))
    if len(felt) > _SHOWN:
        click.echo(tr("    … et {n} dans le tableau.").format(n=french.number(len(felt) - _SHOWN)))


def _told(loss: Loss) -> dict[str, object]:
    return {
        "id": loss.subject,
        "visit": loss.kind,
        "people_without": loss.people_without,
        "people_fewer": loss.people_fewer,
        "half_days": loss.half_days,
    }
