"""The journal of a directory in French sentences, one a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from maillage.cli.field_words import printable, quoted, value_words
from maillage.directory.field_words import label
from maillage.directory.journal import Event, FieldChange, JournalLine, Verb
from maillage.directory.linking.evidence import reasons
from maillage.kernel.french import listed, plural
from maillage.kernel.language import tr

Names = Mapping[str, str]
_SUMMED_UP = frozenset({Verb.CREATED, Verb.CHANGED, Verb.VANISHED})
_NAMING = ("nom", "record.nom", "kind")
_THINGS = ("structure_id", "lieu_id")
_UNTOLD = ("sources", "record.id", "record.source", "record.horaires", "service_ids")


def names_in(lines: Iterable[JournalLine]) -> Names:
    """Return what things were called when they came, changed or went, by id: the latest told."""
    names: dict[str, str] = {}
    for line in lines:
        for change in line.fields:
            if change.field in _NAMING and (told := change.after or change.before):
                names[line.what.subject_id] = printable(str(told))
    return names


def worth_telling(lines: Sequence[JournalLine], *, one_by_one: bool) -> list[JournalLine]:
    """Return the lines a person reads: of a decision that changed nothing, not that it did not.

    What imports only count is left out, unless told ``one_by_one``.
    """
    told = [line for line in lines if one_by_one or line.what.verb not in _SUMMED_UP]
    after = [line.what.verb for line in told[1:]] + [Verb.IMPORTED]
    return [
        line
        for line, following in zip(told, after, strict=True)
        if line.what.verb is not Verb.NOTHING_CHANGED
        or following not in (Verb.DECIDED, Verb.UNDONE)
    ]


def sentence(line: JournalLine, names: Names, *, in_full: bool) -> str:
    """Return what one line of the journal tells; ``in_full`` with values before and after."""
    when = tr("date non dite") if line.on is None else f"{line.on:%d/%m/%Y}"
    by = f", {line.by}" if line.by else ""
    return f"{when}{by} : {_told(line, names, in_full=in_full)}"


def _told(line: JournalLine, names: Names, *, in_full: bool) -> str:
    event = line.what
    if event.verb in _SENTENCES:
        return _SENTENCES[event.verb](event, names) + _why(event)
    if line.counts is not None:
        if event.verb is Verb.NOTHING_CHANGED:
            return tr("annuaire relu, rien n'a changé.")
        counts = (
            plural(line.counts.created, tr("ajout")),
            plural(line.counts.changed, tr("modification")),
            plural(line.counts.vanished, tr("disparition")),
        )
        return tr("annuaire mis à jour, {counts}.").format(counts=listed(counts))
    name = _name(event.subject_id, names)
    if event.verb is Verb.CREATED:
        return tr("{name} entre dans l'annuaire.").format(name=name)
    if event.verb is Verb.VANISHED:
        return tr("{name} n'est plus dans l'annuaire.").format(name=name)
    changes = _changes(line.fields, names, in_full=in_full)
    return tr("{name} change : {changes}.").format(name=name, changes=changes)


def _changes(fields: Iterable[FieldChange], names: Names, *, in_full: bool) -> str:
    told = [change for change in fields if change.field not in _UNTOLD]
    if not in_full:
        return ", ".join(dict.fromkeys(label(change.field) for change in told)) or tr("détails")
    return " ; ".join(_change(change, names) for change in told) or tr("détails")


def _change(change: FieldChange, names: Names) -> str:
    name = change.field.removeprefix("record.")
    values = (_value(name, value, names) for value in (change.before, change.after))
    before, after = (value or tr("non dit") for value in values)
    return tr("{field} : {before} → {after}").format(field=label(name), before=before, after=after)


def _value(field: str, value: object, names: Names) -> str:
    """Return a value in words: an id is told by the name of its thing."""
    if field in _THINGS and isinstance(value, str):
        return _name(value, names)
    if field == "service_ids" and isinstance(value, tuple):
        return value_words(field, tuple(names.get(its_id, its_id) for its_id in value))
    return value_words(field, value)


def _merged(event: Event, names: Names) -> str:
    text = tr("{gone} ne fait plus qu'un avec {stays}, auquel son identifiant mène")
    return text.format(gone=_name(event.subject_id, names), stays=_all(event.others, names))


def _split(event: Event, names: Names) -> str:
    text = tr("{whole} est séparé de {parts}")
    return text.format(whole=_name(event.subject_id, names), parts=_all(event.others, names))


def _restored(event: Event, names: Names) -> str:
    text = tr("{back} retrouve son identifiant, séparé de {others}")
    return text.format(back=_name(event.subject_id, names), others=_all(event.others, names))


def _decided(event: Event, names: Names) -> str:
    decision = event.decision
    if decision is None:
        return tr("décision")
    things = _all((event.subject_id, *event.others), names)
    if decision.field:
        text = tr("décision n° {n}, valeur choisie pour {field} de {things}")
        return text.format(n=decision.number, field=label(decision.field), things=things)
    text = tr("décision n° {n}, {question}, {verdict} : {things}")
    verdict, question = tr(decision.verdict.label), decision.question.label
    return text.format(n=decision.number, question=question, verdict=verdict, things=things)


def _undone(event: Event, names: Names) -> str:
    text = tr("décision n° {n} annulée : {things}")
    number = event.cancelled.number if event.cancelled else ""
    return text.format(n=number, things=_all((event.subject_id, *event.others), names))


_SENTENCES: Mapping[Verb, Callable[[Event, Names], str]] = {
    Verb.MERGED: _merged,
    Verb.SPLIT: _split,
    Verb.RESTORED: _restored,
    Verb.DECIDED: _decided,
    Verb.UNDONE: _undone,
}


def _why(event: Event) -> str:
    """Return what a merge or a separation rests on, and the full stop."""
    if event.verb in (Verb.DECIDED, Verb.UNDONE):
        note = event.decision.note if event.decision else ""
        return f" — {printable(note)}." if note else "."
    if event.decision is not None:
        return tr(" (décision n° {n}).").format(n=event.decision.number)
    if event.likeness is not None and (said := reasons(event.likeness)):
        return f" ({', '.join(said)})."
    return "."


def _all(ids: Iterable[str], names: Names) -> str:
    return listed([_name(its_id, names) for its_id in ids if its_id])


def _name(its_id: str, names: Names) -> str:
    return f"{quoted([names[its_id]])} ({its_id})" if its_id in names else its_id
