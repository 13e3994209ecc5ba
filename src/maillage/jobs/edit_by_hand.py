"""A person corrects a record: written whole or not at all, with its author, and taken back whole.

Two people may write in the same record: what each saw before writing comes with what they wrote.
A field that somebody else changed in between is never written over without a word: the second is
told both values, and chooses (``Clash``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any, Protocol

from maillage.directory.assembled import Assembled
from maillage.directory.by_hand import (
    BY_STRUCTURE,
    FIELDS,
    WORDS,
    as_typed,
    is_by_hand,
    read_typed,
)
from maillage.directory.constraints import in_force
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.model import Permanence
from maillage.jobs.decide import Who, records_of
from maillage.jobs.hand_records import (
    Hand,
    Typed,
    dataset_of,
    note_of,
    number_of,
    order_of,
    permanence_of,
)
from maillage.jobs.ports import TerritoryWork, WorkStore
from maillage.jobs.put_together import told_by, with_decisions
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.standard.record import MednumRecord


class EditedStore(WorkStore, Protocol):
    """A ``WorkStore`` where one reads, then writes, without anybody writing in between."""

    def alone(self, siren: str) -> AbstractContextManager[None]:
        """Hold a territory: whoever else wants to write about it waits, or is refused."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was written: by field, what is wrong, and what somebody else wrote since.

    ``clashes`` are fields → the text that stands now. ``whole`` is about no field in particular.
    """

    wrong: Mapping[str, str]
    clashes: Mapping[str, str]
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction that stands: its number, who made it and when, the fields it tells.

    ``own``: the structure wrote it of itself.
    """

    number: int
    by: str
    on: dt.date | None
    fields: tuple[str, ...]
    own: bool = False


def write_by_hand(
    siren: str, typed: Typed, who: Who, *, store: EditedStore, parameters: Parameters
) -> Refused | int:
    """Write what a person typed; return the number of the correction, 0 where nothing changes.

    Raises WorkspaceError where the permanence is not in the directory.
    """

    def corrected(work: TerritoryWork) -> TerritoryWork | Refused:
        """Return the work with what was typed."""
        return _written(work, typed, who, parameters)

    return _saved(siren, corrected, store)


def confirm_by_hand(
    siren: str,
    permanence_ids: Sequence[str],
    who: Who,
    *,
    store: EditedStore,
    parameters: Parameters,
) -> Refused | int:
    """Say for a structure that its permanences are still as they are told: they bear that day.

    Returns the number of the first correction, 0 where all bear it already. Raises WorkspaceError
    where one is not in the directory.
    """

    def confirmed(work: TerritoryWork) -> TerritoryWork | Refused:
        """Return the work with these permanences confirmed."""
        hands: list[Hand] = []
        number = len(work.decisions) + 1
        for its_id in permanence_ids:
            if permanence_of(work, its_id).record.date_maj == who.on:
                continue
            typed = Typed(its_id, {}, {}, reviewed=True, source=BY_STRUCTURE)
            hands.append(Hand(work, typed, {}, who, number))
            number += sum(1 for _ in hands[-1].decisions())
        return _added(work, hands, parameters) if hands else work

    return _saved(siren, confirmed, store)


def undo_by_hand(
    siren: str, number: int, who: Who, *, store: EditedStore, parameters: Parameters
) -> Refused | int:
    """Take back a correction; 0 where none of that number stands any more."""

    def without(work: TerritoryWork) -> TerritoryWork | Refused:
        """Return the work without the correction."""
        return _without(work, number, who, parameters)

    return _saved(siren, without, store)


def corrections_of(work: TerritoryWork, permanence_id: str) -> tuple[Correction, ...]:
    """Return the corrections of a permanence that stand, the newest first."""
    mine = {key for key in records_of(work, permanence_id) if is_by_hand(key)}
    records = [one for one in work.records if one.key in mine]
    found = []
    for one in records:
        number = number_of(one.key)
        of_it = _decided(work, number)
        chosen = [d.field for d in of_it if d.verdict is Verdict.FIELD and d.left == (one.key,)]
        fields = tuple(field for field in chosen if field and field != "date_maj")
        told = ("date_maj",) if one.record.date_maj else ()
        by = of_it[0].by if of_it else ""
        own = one.key.source_id == BY_STRUCTURE
        found.append(Correction(number, by, one.ref.date, (*fields, *told), own))
    return tuple(sorted(found, key=lambda one: -one.number))


def _saved(
    siren: str, change: Callable[[TerritoryWork], TerritoryWork | Refused], store: EditedStore
) -> Refused | int:
    """Save a change, nobody else writing between what is read and what is saved."""
    with store.alone(siren):
        before = store.load(siren)
        after = change(before)
        if isinstance(after, Refused):
            return after
        if after is before:
            return 0
        store.save(after)
        return len(before.decisions) + 1


def _written(
    work: TerritoryWork, typed: Typed, who: Who, parameters: Parameters
) -> TerritoryWork | Refused:
    permanence = permanence_of(work, typed.permanence_id)
    values, refused = typed_values(permanence.record, typed, who.on)
    if refused.wrong or refused.clashes:
        return refused
    if not values and not typed.reviewed:
        return work
    return _added(work, [Hand(work, typed, values, who, len(work.decisions) + 1)], parameters)


def _added(
    work: TerritoryWork, hands: Sequence[Hand], parameters: Parameters
) -> TerritoryWork | Refused:
    """Return the work with what some hands write, put together once."""
    records = (*work.records, *(record for hand in hands for record in hand.records()))
    known = {dataset.source_id for dataset in work.territory.datasets}
    new = {hand.typed.source for hand in hands} - known
    told = (*work.territory.datasets, *map(dataset_of, sorted(new)))
    territory = told_by(work.territory, told) if new else work.territory
    decisions = tuple(one for hand in hands for one in hand.decisions())
    changed = replace(work, territory=territory, records=tuple(sorted(records, key=order_of)))
    after, assembled = with_decisions(changed, decisions, parameters)
    return _held(work, after, assembled, [one for hand in hands for one in hand.targets()])


def typed_values(record: MednumRecord, typed: Typed, on: dt.date) -> tuple[dict[str, Any], Refused]:
    """Return the values to write, and what is wrong with what was typed, or clashes."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    clashes: dict[str, str] = {}
    for field in FIELDS:
        seen, text = _plain(typed.seen.get(field, "")), _plain(typed.typed.get(field, ""))
        if text == seen:
            continue
        value, why = read_typed(field, text, on)
        now = as_typed(field, record)
        if why:
            wrong[field] = why
        elif _same(field, value, record):
            continue
        elif _plain(now) != seen:
            clashes[field] = now
        else:
            values[field] = value
    return values, Refused(wrong, clashes)


def _same(field: str, value: object, record: MednumRecord) -> bool:
    """Whether a value is the one that stands; the order of words says nothing."""
    stands = getattr(record, field)
    if field in WORDS and isinstance(value, tuple) and isinstance(stands, tuple):
        return set(value) == set(stands)
    return bool(value == stands)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _held(
    before: TerritoryWork,
    after: TerritoryWork,
    assembled: Assembled,
    targets: Sequence[Permanence],
) -> TerritoryWork | Refused:
    """Return the work where each permanence is what it was, and what was written; else why not."""
    for each in targets:
        was = set(records_of(before, each.id))
        presence = assembled.presences.get(each.id)
        now = set() if presence is None else {member.key for member in presence.members}
        if {key for key in now | was if not is_by_hand(key)} != {
            key for key in was if not is_by_hand(key)
        } or not was <= now:
            message = tr(
                "Rien n'a été enregistré : avec ce nom ou cette adresse, la permanence ne serait "
                "plus la même que d'autres fiches, ou se confondrait avec une autre."
            )
            return Refused({}, {}, message)
    return after


def _without(
    work: TerritoryWork, number: int, who: Who, parameters: Parameters
) -> TerritoryWork | Refused:
    gone = {one.key for one in work.records if is_by_hand(one.key) and number_of(one.key) == number}
    if not gone:
        return work
    ours = _decided(work, number)
    undone = [
        Decision(
            number=len(work.decisions) + rank,
            verdict=Verdict.UNDO,
            question=one.question,
            left=(),
            right=(),
            on=who.on,
            by=who.by,
            cancels=one.number,
            note=tr("correction n° {n} annulée").format(n=number),
        )
        for rank, one in enumerate(ours, 1)
    ]
    records = tuple(one for one in work.records if one.key not in gone)
    after, _ = with_decisions(replace(work, records=records), undone, parameters)
    return after


def _decided(work: TerritoryWork, number: int) -> list[Decision]:
    """Return the decisions of a correction that hold: they were taken one after the other."""
    taken = takewhile(lambda one: one.note == note_of(number), work.decisions[number - 1 :])
    numbers = {one.number for one in taken}
    return [one for one in in_force(work.decisions) if one.number in numbers]
