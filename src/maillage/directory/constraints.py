"""What people's decisions imply: which records are one, which may never be.

- A decision that was undone says nothing more; an undo that was undone, neither.
- One permanence is one lieu and one structure: so the same permanence is the same lieu and the
  same structure, and another lieu or another structure is another permanence.
- Where decisions contradict each other, at once or through others, the latest wins and the older
  is set aside whole: it is a finding.
- Records that are gone still tie together those that stay, and decisions all of whose records are
  gone are kept, silently, for the day these come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product

from maillage.directory.decisions import Decision, Verdict
from maillage.directory.linking.clusters import Partition
from maillage.directory.linking.model import Question
from maillage.directory.record_key import RecordKey
from maillage.kernel.findings import FindingKind, Severity

DECISIONS_CONFLICT = FindingKind(
    "decisions-conflict",
    Severity.WARNING,
    "La décision n° {n} ({verdict}, {question}) n'est plus suivie : de plus récentes disent le "
    "contraire.",
    "« maillage directory decisions » les liste toutes ; « maillage directory decisions --undo N » "
    "annule celle qui ne vaut plus, n° {n} ou une plus récente.",
)


@dataclass(frozen=True, slots=True)
class Constraints:
    """What the decisions imply for ``n`` records, by position.

    ``followed`` and ``set_aside`` are the decisions in force, in order of number; ``partitions``
    hold after the records those that decisions name and that are gone.
    """

    n: int
    followed: tuple[Decision, ...]
    set_aside: tuple[Decision, ...]
    partitions: Mapping[Question, Partition]

    def coherent(self, question: Question) -> tuple[Partition, ...]:
        """Return partitions to be held together while grouping: copies, empty if nothing is told.

        Permanences are held with lieux and structures.
        """
        if not self.followed:
            return ()
        return tuple(self.partitions[one].copy() for one in _implied(question))

    def same(self, question: Question) -> list[tuple[int, int]]:
        """Return pairs of positions that tie together all that is decided the same."""
        if not self.followed:
            return []
        groups = self.partitions[question].groups()
        here = ([i for i in group if i < self.n] for group in groups if len(group) > 1)
        return [pair for group in here for pair in pairwise(group)]

    def decided(self, question: Question, a: int, b: int) -> bool:
        """Whether people said if two records are one, or said what implies it."""
        if self.partitions[question].together(a, b):
            return True
        return any(self.partitions[one].foes(a, b) for one in _implied(question))


def in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that hold, in order of number: none undone, and no undo."""
    holding: list[Decision] = []
    cancelled: set[int] = set()
    for decision in sorted(decisions, key=lambda d: -d.number):
        if decision.number in cancelled:
            continue
        if decision.verdict is not Verdict.UNDO:
            holding.append(decision)
        elif decision.cancels is not None and decision.cancels < decision.number:
            cancelled.add(decision.cancels)
    return tuple(reversed(holding))


def constraints_of(decisions: Iterable[Decision], keys: Sequence[RecordKey]) -> Constraints:
    """Return what decisions imply for the records of these names."""
    holding = in_force(decisions)
    told = {key for decision in holding for key in (*decision.left, *decision.right)}
    position: dict[RecordKey, int] = {}
    for index, key in enumerate([*keys, *sorted(told - set(keys))]):
        position.setdefault(key, index)
    size = len(keys) + len(told - set(keys))
    partitions = {question: Partition(size) for question in Question}
    aside = [
        decision
        for decision in reversed(holding)
        if not _follow(decision, partitions, position)  # the latest first: what they say stays
    ]
    followed = tuple(decision for decision in holding if decision not in aside)
    return Constraints(len(keys), followed, tuple(reversed(aside)), partitions)


def _implied(question: Question) -> tuple[Question, ...]:
    """Return what is the same where the answer to a question is yes, itself first."""
    return tuple(Question) if question is Question.PERMANENCE else (question,)


def _follow(
    decision: Decision,
    partitions: Mapping[Question, Partition],
    position: Mapping[RecordKey, int],
) -> bool:
    """Put a decision in the partitions; False, and nothing done, where they say the contrary."""
    left, right = ([position[key] for key in side] for side in (decision.left, decision.right))
    if decision.verdict is Verdict.SAME:
        return _unite([*left, *right], [partitions[one] for one in _implied(decision.question)])
    if decision.verdict in (Verdict.DIFFERENT, Verdict.SPLIT):
        return _separate(left, right, partitions[decision.question])
    return True


def _unite(members: Sequence[int], partitions: Sequence[Partition]) -> bool:
    for partition in partitions:
        if any(partition.foes(a, b) for a, b in combinations(members, 2)):
            return False
    for partition in partitions:
        for a, b in pairwise(members):
            partition.join(a, b)
    return True


def _separate(left: Sequence[int], right: Sequence[int], partition: Partition) -> bool:
    if any(partition.together(a, b) for a, b in product(left, right)):
        return False
    for a, b in product(left, right):
        partition.part(a, b)
    return True
