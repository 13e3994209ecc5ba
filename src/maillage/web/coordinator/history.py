"""What happened to a lieu and its permanences, as the journal of the directory tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maillage.directory.field_words import label, value_words
from maillage.directory.journal import FieldChange, JournalLine, Verb
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.storage.work_store import DjangoWorkStore

_SHOWN = 40
_UNTOLD = frozenset({"sources", "record.id", "record.source", "record.horaires", "service_ids"})
_THINGS = frozenset({"structure_id", "lieu_id"})


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the journal: when, by whom, what, to which thing.

    ``changes`` are (field, before, after) in words.
    """

    on: str
    by: str
    what: str
    thing: str
    changes: tuple[tuple[str, str, str], ...]


def history_of(
    store: DjangoWorkStore, siren: str, things: Mapping[str, str]
) -> tuple[HistoryLine, ...]:
    """Return what the journal tells of some things (id → what it is), the newest first."""
    lines = {
        line.number: line for its_id in sorted(things) for line in store.history(siren, its_id)
    }
    told = [_told(lines[number], things) for number in sorted(lines, reverse=True)]
    return tuple(one for one in told if one is not None)[:_SHOWN]


def _told(line: JournalLine, things: Mapping[str, str]) -> HistoryLine | None:
    event = line.what
    changes = () if event.verb is Verb.CREATED else _changes(line.fields)
    if event.verb is Verb.CHANGED and not changes:
        return None
    what = tr(event.verb.label)
    if event.decision is not None and event.decision.note:
        what = f"{what} : {event.decision.note}"
    if event.decision is not None and event.decision.field:
        what = f"{what} ({label(event.decision.field)})"
    on = tr("date non dite") if line.on is None else french.date(line.on)
    return HistoryLine(on, line.by, what, things.get(event.subject_id, ""), changes)


def _changes(fields: Iterable[FieldChange]) -> tuple[tuple[str, str, str], ...]:
    told = []
    for change in fields:
        if change.field in _UNTOLD or change.field in _THINGS:
            continue
        name = change.field.removeprefix("record.")
        before, after = (_words(name, value) for value in (change.before, change.after))
        told.append((label(name), before, after))
    return tuple(told)


def _words(field: str, value: object) -> str:
    return value_words(field, value) or tr("non dit")
