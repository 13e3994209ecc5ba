"""The journal: what changed in the directory, written once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain

from maillage.directory.diff import DirectoryDiff
from maillage.storage.encoding import to_json
from maillage.storage.journal.models import JournalEntry, Verb
from maillage.storage.rows import insert


def write_import(
    alias: str, siren: str, changes: DirectoryDiff, *, at: dt.date | None, actor: str
) -> None:
    """Add one line for the import with its counts, then one for each thing that changed.

    Where no fact changed there is only the first line, and it says so.
    """
    told = {"territory_id": siren, "at": at, "actor": actor}
    verb = Verb.NOTHING_CHANGED if changes.nothing else Verb.IMPORTED
    import_line = JournalEntry(**told, verb=verb, after=_counts(changes))
    lines = (JournalEntry(**told, **line) for line in _lines(changes))
    insert(JournalEntry.objects.using(alias), chain([import_line], lines))


def _counts(changes: DirectoryDiff) -> dict[str, int]:
    return {
        "created": len(changes.created),
        "changed": len(changes.changed),
        "vanished": len(changes.vanished),
        "unchanged": changes.n_unchanged + len(changes.retold),
    }


def _lines(changes: DirectoryDiff) -> Iterator[dict[str, object]]:
    for noun in changes.created:
        yield {"verb": Verb.CREATED, "subject_id": noun.id, "after": to_json(noun)}
    for change in changes.changed:
        before, after = to_json(change.before), to_json(change.after)
        yield {
            "verb": Verb.CHANGED,
            "subject_id": change.after.id,
            "before": before,
            "after": after,
        }
    for noun in changes.vanished:
        yield {"verb": Verb.VANISHED, "subject_id": noun.id, "before": to_json(noun)}
