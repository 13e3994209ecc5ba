"""What must be decided for an adopted plan: what its records alone would not put right.

Each place is at its lieu, a new one at none of another name, all are of one operator, and that
operator is nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from maillage.directory.assembled import Assembled
from maillage.directory.constraints import in_force
from maillage.directory.decisions import Verdict
from maillage.directory.linking.model import Question
from maillage.directory.record_key import RecordKey
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.words import plain

Side = tuple[Verdict, Question, tuple[RecordKey, ...], tuple[RecordKey, ...]]
"""A decision to make: its verdict, what it is about, the records of its two sides."""


@dataclass(frozen=True, slots=True)
class PlanTies:
    """What is wanted of the records of a plan.

    ``lieux`` gives by id of record the lieu where it stands, ``new`` the name of the place of
    those that stand at none; ``operator`` is the name of the one structure; ``apart``: each record
    is a permanence of its own, and a new place a lieu of its own.
    """

    source_id: str
    operator: str
    lieux: Mapping[str, str]
    new: Mapping[str, str]
    apart: bool


@dataclass(frozen=True, slots=True)
class _Put:
    """How records were put together: for each question, the thing of each and who is in it."""

    thing_of: Mapping[Question, Mapping[RecordKey, str]]

    def beside(self, question: Question, key: RecordKey) -> list[RecordKey]:
        """Return the other records of the same thing, in order."""
        its = self.thing_of[question]
        return sorted(one for one, thing in its.items() if thing == its[key] and one != key)


def ties_of(
    ties: PlanTies, before: TerritoryWork, work: TerritoryWork, assembled: Assembled
) -> list[Side]:
    """Return the decisions to make, in a fixed order; none where all is as it should be.

    ``before`` tells who was who without the plan, ``assembled`` how ``work`` was put together.
    """
    put = _Put(
        {
            question: {
                one.key: thing
                for one, thing in zip(assembled.placed, assembled.things[question], strict=True)
            }
            for question in Question
        }
    )
    ours = sorted(key for key in put.thing_of[Question.LIEU] if key.source_id == ties.source_id)
    return [
        *_at_their_lieux(ties, work, put, ours),
        *(_at_no_other_lieu(ties, work, put, ours) if ties.apart else ()),
        *(_apart(work, put, ours) if ties.apart else ()),
        *_of_one_operator(ties, before, put, ours),
    ]


def _at_their_lieux(
    ties: PlanTies, work: TerritoryWork, put: _Put, ours: Iterable[RecordKey]
) -> Iterator[Side]:
    held = {one.id: one.held for one in work.ledger.identities}
    at = put.thing_of[Question.LIEU]
    for key in ours:
        lieu_id = work.ledger.current(ties.lieux.get(key.record_id, ""))
        others = [one for one in held.get(lieu_id, ()) if one != key]
        if others and at.get(others[0]) != at[key]:
            yield Verdict.SAME, Question.LIEU, (others[0],), (key,)


def _at_no_other_lieu(
    ties: PlanTies, work: TerritoryWork, put: _Put, ours: list[RecordKey]
) -> Iterator[Side]:
    """Keep each new place from the lieux of another name, but where a person said they are one."""
    said, names = _said_one(work, Question.LIEU), _names(ties, work)
    done: set[RecordKey] = set()
    for key in ours:
        if key.record_id not in ties.new or key in said:
            continue
        done.add(key)
        others = [
            one
            for one in put.beside(Question.LIEU, key)
            if one not in done and names.get(one) != names[key]
        ]
        if others:
            yield Verdict.DIFFERENT, Question.LIEU, tuple(others), (key,)


def _names(ties: PlanTies, work: TerritoryWork) -> Mapping[RecordKey, str]:
    """Return the plain name of the place of each record, as far as one is told."""
    told = {one.key: plain(one.record.nom or "") for one in work.records}
    return told | {RecordKey(ties.source_id, id_): plain(name) for id_, name in ties.new.items()}


def _said_one(work: TerritoryWork, question: Question) -> set[RecordKey]:
    """Return the records that a decision says are one with others."""
    return {
        key
        for decision in in_force(work.decisions)
        if decision.verdict is Verdict.SAME and decision.question is question
        for key in (*decision.left, *decision.right)
    }


def _apart(work: TerritoryWork, put: _Put, ours: list[RecordKey]) -> Iterator[Side]:
    """Keep each permanence alone, but for those that a person said are one."""
    said = _said_one(work, Question.PERMANENCE)
    done: set[RecordKey] = set()
    for key in ours:
        done.add(key)
        others = [one for one in put.beside(Question.PERMANENCE, key) if one not in done]
        if others and key not in said:
            yield Verdict.DIFFERENT, Question.PERMANENCE, tuple(others), (key,)


def _of_one_operator(
    ties: PlanTies, before: TerritoryWork, put: _Put, ours: list[RecordKey]
) -> Iterator[Side]:
    """Tie all to the structure of that name where one is known, and to none of another name."""
    if not ours:
        return
    of, wanted = put.thing_of[Question.STRUCTURE], plain(ties.operator)
    named: dict[RecordKey, str] = {}
    known: list[RecordKey] = []
    for structure in before.directory.structures:
        keys = sorted(RecordKey(ref.source_id, ref.record_id) for ref in structure.sources)
        theirs = [key for key in keys if key.source_id != ties.source_id and key in of]
        named |= dict.fromkeys(theirs, plain(structure.nom))
        if theirs and plain(structure.nom) == wanted:
            known.append(theirs[0])
    if ties.apart:
        strangers = {
            other
            for key in ours
            for other in put.beside(Question.STRUCTURE, key)
            if named.get(other, wanted) != wanted
        }
        if strangers:
            yield Verdict.DIFFERENT, Question.STRUCTURE, tuple(sorted(strangers)), tuple(ours)
    head = known[0] if ties.apart and len(known) == 1 else ours[0]
    for key in ours:
        if of[key] != of[head]:
            yield Verdict.SAME, Question.STRUCTURE, (head,), (key,)
