"""What the journal of a directory tells: its lines, and what happened to ids and why.

The journal only grows. What happened to ids (merged, split, restored) is not told by those who
write: it is the difference between what stood before and what stands after.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from maillage.directory.constraints import in_force
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.ledger import EMPTY_LEDGER, Ledger
from maillage.directory.linking.model import Likeness, Question
from maillage.directory.record_key import RecordKey

Keys = frozenset[RecordKey]


class Verb(enum.Enum):
    """What happened to the directory, or to one thing of it."""

    IMPORTED = ("imported", "annuaire repris depuis les sources")
    NOTHING_CHANGED = ("nothing-changed", "annuaire relu, rien n'a changé")
    CREATED = ("created", "ajout")
    CHANGED = ("changed", "modification")
    VANISHED = ("vanished", "disparition")
    DECIDED = ("decided", "décision")
    UNDONE = ("undone", "annulation d'une décision")
    MERGED = ("merged", "fusion")
    SPLIT = ("split", "séparation")
    RESTORED = ("restored", "rétablissement")

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one thing (``subject_id``; empty = the whole directory), and why.

    - MERGED: the id now leads to the one of ``others``.
    - SPLIT: ``others`` took records that it held.
    - RESTORED: it led to the one of ``others``, and lives again.
    - DECIDED, UNDONE: ``decision`` is about it and about ``others``; ``cancelled`` is what an undo
      takes back.

    ``decision`` and ``likeness`` (the strongest between the two sides) are what a merge or a
    separation rests on; None where neither is known to speak of both sides.
    """

    verb: Verb
    subject_id: str
    others: tuple[str, ...] = ()
    decision: Decision | None = None
    cancelled: Decision | None = None
    likeness: Likeness | None = None

    def concerns(self, its_id: str) -> bool:
        """Whether the thing of that id is the one, or one of the others."""
        return its_id == self.subject_id or its_id in self.others


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things an import created, changed, saw vanish, left as they were."""

    created: int
    changed: int
    vanished: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a thing before and after, as plain values; None = not told.

    A field inside another is named after it (``record.horaires``). Several values are a tuple.
    """

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line; ``number`` grows along the journal. ``on`` is as told, never the clock's.

    ``counts`` goes with an import, ``fields`` with what was created, changed or vanished.
    """

    number: int
    on: dt.date | None
    by: str
    what: Event
    counts: Counts | None = None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What ids rest on at one moment."""

    decisions: tuple[Decision, ...] = ()
    ledger: Ledger = EMPTY_LEDGER
    likenesses: tuple[Likeness, ...] = ()


def events(before: Standing, after: Standing) -> tuple[Event, ...]:
    """Return what happened between two standings: decisions by number, then ids in order.

    The decisions of ``before`` are the first of ``after``'s.
    """
    return (*_decided(before, after), *_led_elsewhere(before, after), *_taken_apart(before, after))


# --- decisions ----------------------------------------------------------------------------------


def _decided(before: Standing, after: Standing) -> Iterator[Event]:
    stood = [_holders(before.ledger), _holders(after.ledger)]
    by_number = {decision.number: decision for decision in after.decisions}
    for decision in after.decisions[len(before.decisions) :]:
        undone = by_number.get(decision.cancels or 0)
        verb = Verb.UNDONE if decision.verdict is Verdict.UNDO else Verb.DECIDED
        subject, *others = _subjects(undone or decision, stood) or [""]
        yield Event(verb, subject, tuple(others), decision, undone)


def _subjects(
    decision: Decision, stood: Sequence[Mapping[RecordKey, Sequence[str]]]
) -> Sequence[str]:
    """Return the ids a decision is about, that of its first record first."""
    keys = (*decision.left, *decision.right)
    held = (its_id for key in keys for holders in stood for its_id in holders.get(key, ()))
    return list(dict.fromkeys(i for i in held if _kind(i) == decision.question.code))


# --- ids ----------------------------------------------------------------------------------------


def _led_elsewhere(before: Standing, after: Standing) -> Iterator[Event]:
    then = {identity.id: identity for identity in before.ledger.identities}
    led, leads, why = _ends(before.ledger), _ends(after.ledger), _Reasons(before, after)
    for now in after.ledger.identities:
        old, stood_in, into = then.get(now.id), led.get(now.id, now.id), leads[now.id]
        if into == stood_in:
            continue
        if into == now.id:
            apart = why.held(now.id)
            restored = Event(Verb.RESTORED, now.id, (stood_in,))
            yield why.parted(restored, apart, why.held(stood_in) - apart)
        else:
            gone = Keys(old.held if old and old.held else (now.founder,))
            yield why.joined(Event(Verb.MERGED, now.id, (into,)), gone, why.held(into) - gone)


def _taken_apart(before: Standing, after: Standing) -> Iterator[Event]:
    holders, why = _holders(after.ledger), _Reasons(before, after)
    led, leads = _ends(before.ledger), _ends(after.ledger)
    for old in before.ledger.identities:
        if old.redirect is not None:
            continue
        stay = {old.id, leads.get(old.id, old.id)}
        moved = {i for key in old.held for i in holders.get(key, ()) if _kind(i) == _kind(old.id)}
        # one that lives again tells so itself
        parts = sorted(i for i in moved - stay if led.get(i) != old.id)
        if parts:
            taken = Keys(key for part in parts for key in why.held(part)) & Keys(old.held)
            split = Event(Verb.SPLIT, old.id, tuple(parts))
            yield why.parted(split, taken, Keys(old.held) - taken)


def _ends(ledger: Ledger) -> Mapping[str, str]:
    """Return the id to which each id leads, itself perhaps."""
    onward = {i.id: i.redirect for i in ledger.identities if i.redirect is not None}
    ends: dict[str, str] = {}
    for identity in ledger.identities:
        end = identity.id
        while end in onward:
            end = onward[end]
        ends[identity.id] = end
    return ends


def _kind(its_id: str) -> str:
    """Return what an id is of: its prefix, which is also the code of the question about it."""
    return its_id.partition("-")[0]


def _holders(ledger: Ledger) -> Mapping[RecordKey, Sequence[str]]:
    found: dict[RecordKey, list[str]] = defaultdict(list)
    for identity in ledger.identities:
        if identity.redirect is None:  # one that leads elsewhere tells what it held before
            for key in identity.held:
                found[key].append(identity.id)
    return found


# --- why ----------------------------------------------------------------------------------------


class _Reasons:
    """What merges and separations rest on, looked up by the records of their two sides."""

    def __init__(self, before: Standing, after: Standing) -> None:
        self._known = {i.id: i for i in after.ledger.identities}
        by_number = {decision.number: decision for decision in after.decisions}
        new = after.decisions[len(before.decisions) :]
        self._holding = in_force(after.decisions)
        self._undos = [
            (undo, by_number[undo.cancels])
            for undo in new
            if undo.verdict is Verdict.UNDO and undo.cancels in by_number
        ]
        self._alike: dict[RecordKey, list[Likeness]] = defaultdict(list)
        for likeness in after.likenesses:
            self._alike[likeness.left].append(likeness)
            self._alike[likeness.right].append(likeness)

    def held(self, its_id: str) -> Keys:
        """Return the records that an id holds now, its founder included."""
        identity = self._known.get(its_id)
        return Keys() if identity is None else Keys((identity.founder, *identity.held))

    def joined(self, event: Event, one: Keys, other: Keys) -> Event:
        """Return a merge with the newest decision and the strongest likeness behind it."""
        kind = _kind(event.subject_id)
        decision = _newest(
            [d for d in self._holding if _joins(d, kind, one, other)],
            [undo for undo, undone in self._undos if _parts(undone, kind, one, other)],
        )
        return Event(
            event.verb,
            event.subject_id,
            event.others,
            decision,
            likeness=self._strongest(kind, one, other),
        )

    def parted(self, event: Event, one: Keys, other: Keys) -> Event:
        """Return a separation with the newest decision behind it."""
        kind = _kind(event.subject_id)
        decision = _newest(
            [d for d in self._holding if _parts(d, kind, one, other)],
            [undo for undo, undone in self._undos if _joins(undone, kind, one, other)],
        )
        return Event(event.verb, event.subject_id, event.others, decision)

    def _strongest(self, kind: str, one: Keys, other: Keys) -> Likeness | None:
        pairs = (likeness for key in sorted(one) for likeness in self._alike.get(key, ()))
        between = [
            pair
            for pair in pairs
            if _implies(pair.question, kind) and _across(pair.left, pair.right, one, other)
        ]
        return max(between, key=lambda p: (p.probability, p.left, p.right), default=None)


def _newest(*some: Iterable[Decision]) -> Decision | None:
    every = (decision for decisions in some for decision in decisions)
    return max(every, key=lambda decision: decision.number, default=None)


def _implies(question: Question, kind: str) -> bool:
    """Whether being one as to the question is being one in kind: a permanence is lieu and body."""
    return question.code == kind or question is Question.PERMANENCE


def _joins(decision: Decision, kind: str, one: Keys, other: Keys) -> bool:
    keys = Keys((*decision.left, *decision.right))
    says_so = decision.verdict is Verdict.SAME and _implies(decision.question, kind)
    return says_so and bool(keys & one) and bool(keys & other)


def _parts(decision: Decision, kind: str, one: Keys, other: Keys) -> bool:
    # another lieu or another structure is another permanence
    if kind not in (decision.question.code, Question.PERMANENCE.code):
        return False
    return decision.verdict in (Verdict.DIFFERENT, Verdict.SPLIT) and any(
        _across(left, right, one, other) for left in decision.left for right in decision.right
    )


def _across(left: RecordKey, right: RecordKey, one: Keys, other: Keys) -> bool:
    return (left in one and right in other) or (left in other and right in one)
