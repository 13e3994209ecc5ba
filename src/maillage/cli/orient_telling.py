"""What the terminal says of an orientation: proposals, reasons, and how many are refused why."""

from __future__ import annotations

import textwrap
from collections import Counter

import click

from maillage.kernel.french import phone, plural
from maillage.kernel.language import tr
from maillage.orientation.model import Orientation, Proposal

_WIDTH = 96


def tell_orientation(found: Orientation, *, why: bool) -> None:
    """Say the answer; ``why`` says every refusal, else they are counted by reason."""
    _tell_needs(found)
    for number, one in enumerate(found.proposals, 1):
        _tell_proposal(number, one)
    if found.unmet is not None:
        click.echo("")
        nobody = tr("Rien ne convient tout à fait : {constraint}.")
        _say(nobody.format(constraint=found.unmet.constraint))
    _tell_refusals(found, why=why)
    if found.how:
        click.echo("")
    for sentence in found.how:
        _say(sentence)


def _tell_needs(found: Orientation) -> None:
    if found.out_of_scope is not None:
        click.secho(
            tr("Hors du numérique : {what}.").format(what=found.out_of_scope.label), bold=True
        )
        _tell_contacts(found)
        return
    if found.first_aid is not None:
        first = tr("D'abord : {what}.").format(what=found.first_aid.label.lower())
        click.secho(first, bold=True)
        _tell_contacts(found)
    if not found.needs:
        click.secho(tr("La demande n'est pas comprise : dites-la autrement."), bold=True)
        return
    need = found.needs[0]
    what = need.service.label if need.errand is None else need.errand.label
    click.secho(tr("Besoin : {what}").format(what=what), bold=True)


def _tell_contacts(found: Orientation) -> None:
    for one in found.contacts:
        _bullet(" : ".join(part for part in (one.number, one.name, one.when) if part))


def _tell_proposal(number: int, one: Proposal) -> None:
    click.echo("")
    name = one.lieu if one.lieu == one.structure else f"{one.lieu} ({one.structure})"
    mark = tr("Faute de mieux") if one.least_bad else str(number)
    click.secho(f"{mark}. {name}", bold=True)
    where = [one.address or "", "" if one.phone is None else phone(one.phone), one.how.label]
    _say("   " + " · ".join(part for part in where if part))
    for sentence in (*((one.wrong,) if one.wrong else ()), *one.reasons):
        _bullet(sentence)
    for sentence in one.to_check:
        _bullet(tr("À vérifier. {what}").format(what=sentence))


def _tell_refusals(found: Orientation, *, why: bool) -> None:
    if not found.refusals:
        return
    click.echo("")
    total = plural(len(found.refusals), tr("autre permanence examinée"))
    if why:
        click.echo(tr("{total} :").format(total=total))
        for one in found.refusals:
            click.echo(f"  {one.permanence_id}  {one.sentence}")
        return
    counted = Counter(one.reason for one in found.refusals)
    told = ", ".join(f"{n} {reason.label}" for reason, n in counted.most_common())
    _say(tr("{total} : {told} (--why les dit toutes).").format(total=total, told=told))


def _say(sentence: str) -> None:
    click.echo(textwrap.fill(sentence, _WIDTH, subsequent_indent="   "))


def _bullet(sentence: str) -> None:
    text = textwrap.fill(sentence, _WIDTH, initial_indent="   • ", subsequent_indent="     ")
    click.echo(text)
