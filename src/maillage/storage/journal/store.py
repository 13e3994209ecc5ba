"""The journal: what changed in the directory and what happened to ids, written once, and read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from itertools import chain

from django.db.models import Q

from maillage.directory.diff import DirectoryDiff
from maillage.directory.journal import Counts, Event, FieldChange, JournalLine, Verb
from maillage.directory.model import Lieu, Permanence, Service, Structure
from maillage.kernel.provenance import SourceRef
from maillage.standard.record import MednumRecord
from maillage.storage.encoding import Json, from_json, member_of, to_json
from maillage.storage.journal.models import JournalEntry
from maillage.storage.rows import insert

_OF_DECISIONS = (Verb.DECIDED, Verb.UNDONE)
_OF_IDS = (*_OF_DECISIONS, Verb.MERGED, Verb.SPLIT, Verb.RESTORED)
_OF_IMPORTS = (Verb.IMPORTED, Verb.NOTHING_CHANGED)
_APART = ("verb", "subject_id")  # they have their own columns
_NOUNS = (Structure, Lieu, Service, Permanence, MednumRecord, SourceRef)
_ORDER = {name: place for place, name in enumerate(f.name for one in _NOUNS for f in fields(one))}
"""Where fields stand in the code: PostgreSQL keeps the keys of its JSON in an order of its own."""


def write_import(
    alias: str,
    siren: str,
    changes: DirectoryDiff,
    events: tuple[Event, ...],
    *,
    at: dt.date | None,
    actor: str,
) -> None:
    """Add one line for the import with its counts, then one for each event and thing that changed.

    Where no fact of the directory changed the first line says so. A decision is told on its own
    date and by the one who made it.
    """
    told = {"territory_id": siren, "at": at, "actor": actor}
    verb = Verb.NOTHING_CHANGED if changes.nothing else Verb.IMPORTED
    import_line = {"verb": verb.code, "after": to_json(_counts(changes))}
    lines = chain([import_line], _event_lines(events), _noun_lines(changes))
    insert(JournalEntry.objects.using(alias), (JournalEntry(**{**told, **line}) for line in lines))


def read_journal(
    alias: str, siren: str, subject_id: str | None = None, since: dt.date | None = None
) -> tuple[JournalLine, ...]:
    """Return the lines of a territory, newest last.

    ``subject_id``: only what happened to that thing, or to others because of it. ``since``: only
    lines told on that date or after; a line that tells no date is then left out.
    """
    rows = JournalEntry.objects.using(alias).filter(territory=siren)
    if since is not None:
        rows = rows.filter(at__gte=since)
    if subject_id is not None:
        codes = [verb.code for verb in _OF_IDS]
        rows = rows.filter(Q(subject_id=subject_id) | Q(verb__in=codes))
    lines = (_line(row) for row in rows.order_by("pk"))
    return tuple(line for line in lines if subject_id is None or line.what.concerns(subject_id))


def _counts(changes: DirectoryDiff) -> Counts:
    return Counts(
        created=len(changes.created),
        changed=len(changes.changed),
        vanished=len(changes.vanished),
        unchanged=changes.n_unchanged + len(changes.retold),
    )


def _event_lines(events: tuple[Event, ...]) -> Iterator[dict[str, object]]:
    for event in events:
        told = {name: item for name, item in to_json(event).items() if name not in _APART}
        line: dict[str, object] = {"verb": event.verb.code, "subject_id": event.subject_id}
        if event.verb in _OF_DECISIONS and event.decision is not None:
            line |= {"at": event.decision.on, "actor": event.decision.by}
        yield {**line, "after": told}


def _noun_lines(changes: DirectoryDiff) -> Iterator[dict[str, object]]:
    for noun in changes.created:
        yield {"verb": Verb.CREATED.code, "subject_id": noun.id, "after": to_json(noun)}
    for change in changes.changed:
        before, after = to_json(change.before), to_json(change.after)
        yield {
            "verb": Verb.CHANGED.code,
            "subject_id": change.after.id,
            "before": before,
            "after": after,
        }
    for noun in changes.vanished:
        yield {"verb": Verb.VANISHED.code, "subject_id": noun.id, "before": to_json(noun)}


def _line(row: JournalEntry) -> JournalLine:
    verb = member_of(Verb, row.verb)
    before, after = row.before or {}, row.after or {}
    line = JournalLine(row.pk, row.at, row.actor, Event(verb, row.subject_id))
    if verb in _OF_IDS:
        what = {**after, "verb": row.verb, "subject_id": row.subject_id}
        return replace(line, what=from_json(Event, what))
    if verb in _OF_IMPORTS:
        return replace(line, counts=from_json(Counts, after))
    return replace(line, fields=_field_changes(before, after))


def _field_changes(
    before: Mapping[str, Json], after: Mapping[str, Json]
) -> tuple[FieldChange, ...]:
    old, new = dict(_flat(before)), dict(_flat(after))
    names = dict.fromkeys([*old, *new])
    changes = (FieldChange(name, old.get(name), new.get(name)) for name in names)
    return tuple(change for change in changes if change.before != change.after)


def _flat(thing: Mapping[str, Json], prefix: str = "") -> Iterator[tuple[str, object]]:
    for name, item in _in_order(thing):
        if isinstance(item, dict):
            yield from _flat(item, f"{prefix}{name}.")
        else:
            yield prefix + name, _plain(item)


def _plain(item: Json) -> object:
    if isinstance(item, dict):
        return tuple(_plain(value) for _, value in _in_order(item))
    return tuple(_plain(one) for one in item) if isinstance(item, list) else item


def _in_order(thing: Mapping[str, Json]) -> list[tuple[str, Json]]:
    return sorted(thing.items(), key=lambda told: (_ORDER.get(told[0], len(_ORDER)), told[0]))
