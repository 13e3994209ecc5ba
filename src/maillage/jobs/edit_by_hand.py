"""A person corrects a record: written whole or not at all, with its author, and taken back whole.

Two people may write in the same record: what each saw before writing comes with what they wrote.
A field that somebody else changed in between is never written over without a word: the second is
told both values, and chooses (``Clash``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any, Protocol

from maillage.directory.assembled import Assembled
from maillage.directory.by_hand import (
    ADDRESS,
    BY_HAND,
    FIELDS,
    WORDS,
    as_typed,
    is_by_hand,
    read_typed,
)
from maillage.directory.constraints import in_force
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.linking.model import Question
from maillage.directory.model import Lieu, Permanence, Precision
from maillage.directory.record_key import RecordKey
from maillage.jobs.decide import Who, records_of
from maillage.jobs.ports import TerritoryWork, WorkStore
from maillage.jobs.put_together import told_by, with_decisions
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.provenance import Dataset, Origin, SourceRef
from maillage.standard.record import MednumRecord


class EditedStore(WorkStore, Protocol):
    """A ``WorkStore`` where one reads, then writes, without anybody writing in between."""

    def alone(self, siren: str) -> AbstractContextManager[None]:
        """Hold a territory: whoever else wants to write about it waits, or is refused."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person wrote in the form of a permanence.

    ``seen`` and ``typed`` are texts by field (``by_hand.as_typed``): what the form showed, what it
    was sent with. ``reviewed``: the whole record was read again and is right on that day.
    ``whole_lieu``: a new address is that of all who are present there; ``same_spot``: the point
    on the map stays.
    """

    permanence_id: str
    seen: Mapping[str, str]
    typed: Mapping[str, str]
    reviewed: bool = False
    whole_lieu: bool = True
    same_spot: bool = True


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
    """A correction that stands: its number, who made it and when, the fields it tells."""

    number: int
    by: str
    on: dt.date | None
    fields: tuple[str, ...]


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
        number = _number(one.key)
        of_it = _decided(work, number)
        chosen = [d.field for d in of_it if d.verdict is Verdict.FIELD and d.left == (one.key,)]
        fields = tuple(field for field in chosen if field)
        told = ("date_maj",) if one.record.date_maj else ()
        by = of_it[0].by if of_it else ""
        found.append(Correction(number, by, one.ref.date, (*fields, *told)))
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
    permanence = _permanence(work, typed.permanence_id)
    values, refused = _values(permanence.record, typed, who.on)
    if refused.wrong or refused.clashes:
        return refused
    if not values and not typed.reviewed:
        return work
    number = len(work.decisions) + 1
    hand = _Hand(work, typed, values, who, number)
    records = tuple(sorted((*work.records, *hand.records()), key=_order))
    territory = told_by(work.territory, (*work.territory.datasets, _dataset()))
    known = {dataset.source_id for dataset in work.territory.datasets}
    territory = work.territory if BY_HAND in known else territory
    decisions = tuple(hand.decisions())
    changed = replace(work, territory=territory, records=records)
    after, assembled = with_decisions(changed, decisions, parameters)
    return _held(work, after, assembled, hand.targets())


def _values(record: MednumRecord, typed: Typed, on: dt.date) -> tuple[dict[str, Any], Refused]:
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


@dataclass(frozen=True, slots=True)
class _Hand:
    """What one correction adds to a work: records, and the decisions that make them count."""

    work: TerritoryWork
    typed: Typed
    values: Mapping[str, Any]
    who: Who
    number: int

    @property
    def moves(self) -> bool:
        """Whether the address is written."""
        return any(field in self.values for field in ADDRESS)

    def targets(self) -> tuple[Permanence, ...]:
        """Return the permanences written in, the one asked for first."""
        asked = _permanence(self.work, self.typed.permanence_id)
        if not (self.moves and self.typed.whole_lieu):
            return (asked,)
        return asked, *(p for p in self._others("lieu_id") if p.id != asked.id)

    def records(self) -> tuple[SourcedRecord, ...]:
        """Return one record for each permanence written in."""
        return tuple(self._record(each) for each in self.targets())

    def decisions(self) -> Iterator[Decision]:
        """Yield the decisions that tie the records, choose their values, keep the rest as it is."""
        sides: list[tuple[Verdict, Question, Sequence[RecordKey], Sequence[RecordKey], str | None]]
        sides = []
        for each in self.targets():
            mine = (self._key(each),)
            held = records_of(self.work, each.id)
            sides.append((Verdict.SAME, Question.PERMANENCE, held, mine, None))
            sides += [
                (Verdict.FIELD, Question.PERMANENCE, mine, (), field) for field in self._told(each)
            ]
        sides += [
            (Verdict.SAME, question, left, right, None) for question, left, right in self._ties()
        ]
        for rank, (verdict, question, left, right, field) in enumerate(sides):
            yield Decision(
                number=self.number + rank,
                verdict=verdict,
                question=question,
                left=tuple(left),
                right=tuple(right),
                on=self.who.on,
                by=self.who.by,
                field=field,
                note=_note(self.number),
            )

    def _told(self, permanence: Permanence) -> tuple[str, ...]:
        """Return the fields chosen: an address is chosen whole."""
        own = permanence.id == self.typed.permanence_id
        alone = [field for field in self.values if own and field not in ADDRESS]
        return (*(("adresse",) if self.moves else ()), *alone)

    def _ties(self) -> Iterator[tuple[Question, tuple[RecordKey, ...], tuple[RecordKey, ...]]]:
        """Yield what must stay one though a name, or an address, is no longer the same."""
        asked = _permanence(self.work, self.typed.permanence_id)
        left = records_of(self.work, asked.id)
        stays = not self.moves or self.typed.whole_lieu
        wanted = []
        if "nom" in self.values:
            wanted.append((Question.STRUCTURE, "structure_id"))
        if stays and ("nom" in self.values or self.moves):
            wanted.append((Question.LIEU, "lieu_id"))
        for question, which in wanted:
            others = [records_of(self.work, p.id)[0] for p in self._others(which)]
            if others:
                yield question, left[:1], tuple(others)

    def _others(self, which: str) -> tuple[Permanence, ...]:
        asked = _permanence(self.work, self.typed.permanence_id)
        every = self.work.directory.permanences
        same = (p for p in every if getattr(p, which) == getattr(asked, which))
        return tuple(p for p in same if p.id != asked.id)

    def _key(self, permanence: Permanence) -> RecordKey:
        return RecordKey(BY_HAND, f"{permanence.id}/{self.number}")

    def _record(self, permanence: Permanence) -> SourcedRecord:
        """Return the record: name and place as they stand, then what is written."""
        lieu = next(one for one in self.work.directory.lieux if one.id == permanence.lieu_id)
        key, own = self._key(permanence), permanence.id == self.typed.permanence_id
        told: dict[str, Any] = _place(permanence, lieu, kept=self.typed.same_spot or not self.moves)
        told |= {f: value for f, value in self.values.items() if own or f in ADDRESS}
        if own and self.typed.reviewed:
            told["date_maj"] = self.who.on
        told = {"nom": permanence.record.nom, **told}
        record = MednumRecord(id=key.record_id, **told)
        return SourcedRecord(record, SourceRef(BY_HAND, key.record_id, None, self.who.on))


def _place(permanence: Permanence, lieu: Lieu, *, kept: bool) -> dict[str, Any]:
    """Return where a permanence stands as its record tells it, with the lieu's own point."""
    record = permanence.record
    told: dict[str, Any] = {
        "commune": record.commune or lieu.commune,
        "code_insee": lieu.code_insee,
        "code_postal": record.code_postal or lieu.code_postal,
        "adresse": record.adresse or lieu.adresse,
        "complement_adresse": record.complement_adresse,
    }
    if kept and lieu.point is not None and lieu.precision is Precision.ADDRESS:
        told |= {"latitude": lieu.point.lat, "longitude": lieu.point.lon}
    return told


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
    gone = {one.key for one in work.records if is_by_hand(one.key) and _number(one.key) == number}
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
    taken = takewhile(lambda one: one.note == _note(number), work.decisions[number - 1 :])
    numbers = {one.number for one in taken}
    return [one for one in in_force(work.decisions) if one.number in numbers]


def _permanence(work: TerritoryWork, its_id: str) -> Permanence:
    found = next((p for p in work.directory.permanences if p.id == its_id), None)
    if found is None:
        message = tr("Cette permanence n'est plus dans l'annuaire.")
        raise WorkspaceError(message)
    return found


def _number(key: RecordKey) -> int:
    return int(key.record_id.rpartition("/")[2])


def _note(number: int) -> str:
    return tr("correction n° {n}").format(n=number)


def _order(sourced: SourcedRecord) -> tuple[str, str]:
    return sourced.ref.source_id, sourced.ref.record_id


def _dataset() -> Dataset:
    return Dataset(
        source_id=BY_HAND,
        name=tr("Corrections de la coordination"),
        publisher=tr("Coordination"),
        licence=tr("inconnu"),
        vintage="",
        origin=Origin.FILE,
    )
