"""What a person decides about the directory: taken down, replayed at once, never erased."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maillage.directory.assembled import Assembled
from maillage.directory.constraints import constraints_of, in_force
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.linking.model import Question
from maillage.directory.record_key import RecordKey
from maillage.directory.review_queue import QueueItem, review_queue
from maillage.jobs.ports import TerritoryWork, WorkStore
from maillage.jobs.put_together import again, with_decisions
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Desk:
    """A directory on the desk of the person who decides: how it stands, what is left to judge."""

    work: TerritoryWork
    assembled: Assembled
    queue: tuple[QueueItem, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """Who decides, and on which day."""

    by: str
    on: dt.date


def open_desk(siren: str, store: WorkStore, parameters: Parameters) -> Desk:
    """Return the desk of a territory. Raises WorkspaceError where nothing was saved."""
    work = store.load(siren)
    return _desk(work, again(work, parameters), parameters)


def take_down(
    desk: Desk, decisions: Sequence[Decision], store: WorkStore, parameters: Parameters
) -> Desk:
    """Save decisions, whatever they change, in one go, and return the desk as it stands now.

    Raises WorkspaceError where somebody else decided in the meantime: nothing is saved then.
    """
    work, assembled = with_decisions(desk.work, decisions, parameters)
    store.save(work)
    return _desk(work, assembled, parameters)


def answer(
    desk: Desk, verdict: Verdict, question: Question, sides: Sides, who: Who, note: str = ""
) -> Decision:
    """Return the decision that two groups of records are the same, or are not."""
    left, right = sides
    return Decision(
        number=_next(desk),
        verdict=verdict,
        question=question,
        left=tuple(left),
        right=tuple(right),
        on=who.on,
        by=who.by,
        note=note,
    )


def choose(desk: Desk, field: str, key: RecordKey, who: Who, after: int = 0) -> Decision:
    """Return the decision that a field takes its value from one record.

    ``after`` is how many decisions are taken with it, before it.
    """
    return Decision(
        number=_next(desk) + after,
        verdict=Verdict.FIELD,
        question=Question.PERMANENCE,
        left=(key,),
        right=(),
        on=who.on,
        by=who.by,
        field=field,
    )


def undo(desk: Desk, number: int, who: Who, after: int = 0) -> Decision:
    """Return the decision that an earlier one holds no more.

    ``after`` is how many decisions are taken with it, before it. Raises WorkspaceError where there
    is none of that number, or it holds no more already.
    """
    standing = {decision.number: decision for decision in in_force(desk.work.decisions)}
    if number not in standing:
        message = tr("Aucune décision n° {n} n'est en vigueur : « maillage directory decisions ».")
        raise WorkspaceError(message.format(n=number))
    return Decision(
        number=_next(desk) + after,
        verdict=Verdict.UNDO,
        question=standing[number].question,
        left=(),
        right=(),
        on=who.on,
        by=who.by,
        cancels=number,
    )


def undo_answer(desk: Desk, number: int, who: Who) -> tuple[Decision, ...]:
    """Return the decisions that an earlier answer holds no more: itself, then its choices.

    Raises WorkspaceError where there is none of that number, or it holds no more already.
    """
    numbers = (number, *chosen_with_answer(desk, number))
    return tuple(undo(desk, each, who, after) for after, each in enumerate(numbers))


def chosen_with_answer(desk: Desk, number: int) -> tuple[int, ...]:
    """Return the numbers of the values in force that a person chose while saying « the same ».

    They come right after that answer, on the same day, of the same person, and take each value
    from a record that it names: nothing else is taken down so.
    """
    every = {decision.number: decision for decision in desk.work.decisions}
    standing = {decision.number for decision in in_force(desk.work.decisions)}
    said = every.get(number)
    if said is None or said.verdict is not Verdict.SAME:
        return ()
    chosen = []
    named = {*said.left, *said.right}
    following = every.get(number + 1)
    while following is not None and _goes_with(following, said) and named >= {*following.left}:
        chosen.append(following.number)
        following = every.get(following.number + 1)
    return tuple(each for each in chosen if each in standing)


def not_followed(desk: Desk) -> tuple[int, ...]:
    """Return the numbers of the decisions in force that later ones contradict."""
    keys = [placed.key for placed in desk.assembled.placed]
    return tuple(d.number for d in constraints_of(desk.work.decisions, keys).set_aside)


def records_of(work: TerritoryWork, its_id: str) -> tuple[RecordKey, ...]:
    """Return the records that a permanence, a lieu or a structure holds, or last held.

    Its id may be a former one. Raises WorkspaceError where that id was never given.
    """
    current = work.ledger.current(its_id)
    held = {identity.id: identity.held for identity in work.ledger.identities}
    if not held.get(current):
        message = tr("Rien dans l'annuaire ne porte l'identifiant « {id} ».")
        raise WorkspaceError(message.format(id=its_id))
    return held[current]


Sides = tuple[Iterable[RecordKey], Iterable[RecordKey]]
"""The records of the two things that a decision is about."""


def _desk(work: TerritoryWork, assembled: Assembled, parameters: Parameters) -> Desk:
    likenesses = work.likenesses or ()
    queue = review_queue(assembled, likenesses, work.decisions, work.territory, parameters)
    return Desk(work, assembled, queue)


def _goes_with(choice: Decision, said: Decision) -> bool:
    same_hand = (choice.on, choice.by) == (said.on, said.by)
    return choice.verdict is Verdict.FIELD and same_hand


def _next(desk: Desk) -> int:
    return len(desk.work.decisions) + 1
