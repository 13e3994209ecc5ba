"""One thing of the directory on a terminal: its values, who tells each, what it is made of."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

import click

from maillage.cli.directory_words import titles_of
from maillage.cli.field_words import printable, value_words
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.field_words import label
from maillage.directory.linking.model import Question
from maillage.directory.merge import Why
from maillage.directory.model import Lieu, Permanence
from maillage.directory.placed import Placed
from maillage.directory.provenance import FieldTold, Told, told_fields
from maillage.jobs.decide import Desk, records_of
from maillage.jobs.double_words import members_of
from maillage.jobs.import_file import name_of
from maillage.kernel.language import tr

_POINT = ("latitude", "longitude")
_ADDRESS = ("adresse", "complement_adresse", "code_postal", "commune", "code_insee")
_WHOLE = {**dict.fromkeys(_ADDRESS, _ADDRESS), **dict.fromkeys(_POINT, _POINT)}


def fields_of(desk: Desk, its_id: str) -> tuple[FieldTold, ...]:
    """Return, for a permanence, each field that a record tells; none for a lieu or a structure."""
    if not its_id.startswith(Question.PERMANENCE.code):
        return ()
    return told_fields(records_there(desk, its_id), desk.work.decisions)


def records_there(desk: Desk, its_id: str) -> list[Placed]:
    """Return the records that a thing is made of today, the oldest first; none if it vanished."""
    return members_of(desk, records_of(desk.work, its_id))


def permanences_of(desk: Desk, its_id: str) -> tuple[Permanence, ...]:
    """Return the permanences of a lieu or of a structure, in order of id."""
    every = desk.work.directory.permanences
    return tuple(p for p in every if its_id in (p.lieu_id, p.structure_id))


def former_ids(desk: Desk, its_id: str) -> tuple[str, ...]:
    """Return the ids that lead to this one, in order."""
    ledger = desk.work.ledger
    led = (i.id for i in ledger.identities if i.redirect is not None)
    return tuple(sorted(former for former in led if ledger.current(former) == its_id))


def decisions_on(desk: Desk, its_id: str) -> tuple[Decision, ...]:
    """Return the decisions that name a record of this thing, undone ones too, in order."""
    keys = {member.key for member in records_there(desk, its_id)}
    every = (d for d in desk.work.decisions if d.verdict is not Verdict.UNDO)
    return tuple(d for d in every if not keys.isdisjoint((*d.left, *d.right)))


def print_thing(desk: Desk, its_id: str, width: int) -> None:
    """Print one thing of the directory, no line wider than ``width`` columns."""
    titles = titles_of(desk.work.directory)
    members = records_there(desk, its_id)
    click.secho(titles.get(its_id, its_id), bold=True)
    click.secho(its_id, dim=True)
    for line in _standing(desk, its_id, titles):
        click.echo(_folded(line, width))
    told = fields_of(desk, its_id)
    if len(members) == 1 and told:
        alone = tr("Une seule fiche en parle : {source}.")
        click.secho(_folded(alone.format(source=_source(desk, told[0])), width), dim=True)
    for one in _as_told(told):
        _print_field(desk, one, width, alone=len(members) == 1)
    click.echo(tr("Fiches :"))
    for member in members:
        record = member.sourced.record
        parts = ("/".join(member.key), record.nom, record.adresse)
        click.echo(_folded(" · ".join(p for p in parts if p), width))
    for line in _past(desk, its_id):
        click.echo(_folded(line, width, indent=0))


def _standing(desk: Desk, its_id: str, titles: Mapping[str, str]) -> Iterator[str]:
    """Yield where a permanence stands and whose it is; for others, what they are and hold."""
    directory = desk.work.directory
    for lieu in directory.lieux:
        if lieu.id == its_id:
            yield from _of_lieu(lieu)
    for structure in directory.structures:
        if structure.id == its_id:
            pivot = value_words("pivot", structure.pivot) or tr("non dit")
            yield f"{label('pivot')} : {pivot}"
            if structure.typologie:
                yield f"{label('typologie')} : {value_words('typologie', structure.typologie)}"
    for permanence in directory.permanences:
        if permanence.id == its_id:
            structure_id, lieu_id = permanence.structure_id, permanence.lieu_id
            yield tr("structure : {name} ({id})").format(name=titles[structure_id], id=structure_id)
            yield tr("lieu : {name} ({id})").format(name=titles[lieu_id], id=lieu_id)
    for permanence in permanences_of(desk, its_id):
        name = titles[permanence.id]
        yield tr("permanence : {name} ({id})").format(name=name, id=permanence.id)


def _of_lieu(lieu: Lieu) -> Iterator[str]:
    address = " ".join(p for p in (lieu.adresse, lieu.code_postal, lieu.commune) if p)
    yield f"{label('adresse')} : {address}"
    if lieu.point is not None:
        text = tr("coordonnées : {lat:.6f}, {lon:.6f} ({precision})")
        point, precision = lieu.point, tr(lieu.precision.label)
        yield text.format(lat=point.lat, lon=point.lon, precision=precision)


def _as_told(told: Iterable[FieldTold]) -> Iterator[tuple[FieldTold, ...]]:
    """Yield the fields one by one, an address and a point whole: they are never of two rows."""
    every = {one.field: one for one in told}
    for name in tuple(every):
        whole = _WHOLE.get(name, (name,))
        together = tuple(every.pop(one) for one in whole if one in every)
        if together:
            yield together


def _print_field(desk: Desk, told: tuple[FieldTold, ...], width: int, *, alone: bool) -> None:
    first = told[0]
    title = tr("coordonnées") if first.field == "latitude" else label(first.field)
    value = ", ".join(w for one in told if (w := value_words(one.field, one.value)))
    click.echo(_folded(f"{title} : {value or tr('non dit')}", width))
    if not alone or first.decision is not None:
        click.secho(_folded(_origin(desk, first), width, indent=6), dim=True)
    for words, other in _set_aside(told):
        text = tr("écarté : {value} ({origin})").format(value=words, origin=_source(desk, other))
        click.secho(_folded(text, width, indent=6), dim=True)


def _set_aside(told: tuple[FieldTold, ...]) -> Iterator[tuple[str, Told]]:
    """Yield in words what each other record says, of all these fields together."""
    by_key = [{other.key: other for other in one.set_aside} for one in told]
    for key in dict.fromkeys(key for others in by_key for key in others):
        said = [others.get(key) for others in by_key]
        words = (_said(one, other) for one, other in zip(told, said, strict=True))
        yield ", ".join(word for word in words if word), next(other for other in said if other)


def _said(kept: FieldTold, other: Told | None) -> str:
    """Return what another record says of a field; of half a point it shares, the half kept."""
    if other is not None:
        return value_words(kept.field, other.value)
    return value_words(kept.field, kept.value) if kept.field in _POINT else ""


def _origin(desk: Desk, told: FieldTold) -> str:
    if told.decision is not None:
        chosen = tr("{source} — {why} : {by}, décision n° {n}")
        by, n = told.decision.by, told.decision.number
        return chosen.format(source=_source(desk, told), why=tr(told.why), by=by, n=n)
    if told.together:
        sources = dict.fromkeys(_source(desk, each) for each in told.together)
        return f"{' ; '.join(sources)} — {tr(told.why)}"
    why = tr("seule fiche à le dire") if told.why == Why.TOGETHER.label else tr(told.why)
    return f"{_source(desk, told)} — {why}"


def _source(desk: Desk, told: Told | FieldTold) -> str:
    names = {d.source_id: name_of(d) for d in desk.work.territory.datasets}
    name = names.get(told.key.source_id, told.key.source_id)
    return name if told.date is None else f"{name}, {told.date:%d/%m/%Y}"


def _past(desk: Desk, its_id: str) -> Iterator[str]:
    former = former_ids(desk, its_id)
    if former:
        yield tr("Anciens identifiants, qui mènent ici : {ids}.").format(ids=", ".join(former))
    for decision in decisions_on(desk, its_id):
        text = tr("Décision n° {n} : {label} ({question}).")
        words = {"label": tr(decision.verdict.label), "question": decision.question.label}
        yield text.format(n=decision.number, **words)


def _folded(text: str, width: int, indent: int = 2) -> str:
    """Return a text in lines of so many columns; the next ones stand a little further in."""
    first = " " * indent
    return textwrap.fill(
        printable(" ".join(text.split())),
        width,
        initial_indent=first,
        subsequent_indent=f"{first}  ",
        break_on_hyphens=False,
    )
