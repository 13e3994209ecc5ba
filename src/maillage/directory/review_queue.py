"""What people are asked to judge, what matters most first.

A question is asked once for two things, not for each pair of their records:

- *undecided*: a likeness too probable to be passed over, not enough to be accepted, that nothing
  contradicts;
- *refused*: a likeness that would be accepted, if a contradiction did not keep the things apart;
- *weak*: records put together by one likeness that is hardly enough;
- *contradicted*: records put together through others, though two of them are hardly alike.

Nothing is asked that people have answered. Of two things that may be one permanence, it is not
asked besides if their lieux or structures are one.

What matters is the doubt times the people it concerns: ``4 p (1 - p)`` (1 where it is even) times
the population of the communes of both, times a published weight where one of the two gives a
service that few give in the territory. Where no population is known it counts as one person.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from maillage.directory.assembled import Assembled
from maillage.directory.constraints import constraints_of
from maillage.directory.decisions import Decision
from maillage.directory.joining import Joining, links_of, thresholds
from maillage.directory.linking.clusters import Link
from maillage.directory.linking.contradictions import Contradictions
from maillage.directory.linking.model import Likeness, Question
from maillage.directory.placed import Placed
from maillage.directory.record_key import RecordKey
from maillage.kernel.parameters import Parameters
from maillage.standard import mednum
from maillage.territory.model import Neighbour, Territory, Zone


class Doubt(enum.Enum):
    """Why a question is asked."""

    UNDECIDED = ("undecided", "peut-être les mêmes")
    REFUSED = ("refused", "probablement les mêmes, mais quelque chose s'y oppose")
    WEAK = ("weak", "réunies sur peu d'indices")
    CONTRADICTED = ("contradicted", "réunies, mais deux fiches se ressemblent peu")

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One question: are the records of both sides one?

    ``left`` and ``right`` are all their records, the oldest first: the sides of the decision that
    answers. The ids are those of the things asked about, the same twice where they stand together
    now. ``likeness`` is the pair of records that raises the question, ``against`` what speaks
    against in French, ``people`` how many live in the communes of both, None = not known.
    """

    question: Question
    doubt: Doubt
    left_id: str
    right_id: str
    left: tuple[RecordKey, ...]
    right: tuple[RecordKey, ...]
    likeness: Likeness
    against: str | None
    people: int | None
    weight: float


def review_queue(
    assembled: Assembled,
    likenesses: Sequence[Likeness],
    decisions: Iterable[Decision],
    territory: Territory,
    parameters: Parameters,
) -> tuple[QueueItem, ...]:
    """Return the questions for people, the weightiest first; those of neighbours alone left out.

    ``likenesses`` and ``decisions`` are those that ``assembled`` was made of.
    """
    constraints = constraints_of(decisions, [p.key for p in assembled.placed])
    joining = Joining(assembled.placed, constraints, {}, Contradictions(parameters))
    desk = _Desk(assembled, likenesses, joining, parameters)
    stakes = _Stakes(assembled, territory, parameters)
    items = [
        stakes.item(case, desk.likeness(case), assembled)
        for case in _strongest(desk.cases(), assembled)
        if any(assembled.placed[i].location.in_territory for i in (*case.left, *case.right))
    ]
    return tuple(sorted(items, key=_order))


@dataclass(frozen=True, slots=True)
class _Case:
    """A question by position; ``link`` is the pair that raises it."""

    question: Question
    doubt: Doubt
    link: Link
    left: tuple[int, ...]
    right: tuple[int, ...]
    against: str | None = None


class _Desk:
    """Where the likenesses are sorted into questions."""

    def __init__(
        self,
        assembled: Assembled,
        likenesses: Sequence[Likeness],
        joining: Joining,
        parameters: Parameters,
    ) -> None:
        self._assembled = assembled
        self._joining = joining
        self._accept = thresholds(parameters, "accept")
        self._review = thresholds(parameters, "review")
        self._sure = parameters.number("directory.review.sure")
        self._told = {(like.question, like.left, like.right): like for like in likenesses}
        self._links = links_of(likenesses, assembled.placed)

    def cases(self) -> Iterator[_Case]:
        """Yield each question once, in order of question."""
        for question in Question:
            yield from self._between_things(question)
            yield from self._within_things(question)

    def likeness(self, case: _Case) -> Likeness:
        """Return the pair that raises a question, by the names of its records."""
        a, b = (self._assembled.placed[i].key for i in (case.link.left, case.link.right))
        told = self._told.get((case.question, a, b)) or self._told.get((case.question, b, a))
        return told or Likeness(case.question, a, b, case.link.probability)

    def _between_things(self, question: Question) -> Iterator[_Case]:
        things = self._assembled.things[question]
        members = _members(things)
        strongest: dict[frozenset[str], Link] = {}
        for link in self._links[question]:
            pair = frozenset((things[link.left], things[link.right]))
            if len(pair) == 2 and link.probability >= self._review[question]:
                strongest[pair] = max(strongest.get(pair, link), link, key=_strength)
        for link in strongest.values():
            left, right = sorted((members[things[link.left]], members[things[link.right]]))
            if self._open(question, left, right):
                against = self._against(question, left, right)
                likely = link.probability >= self._accept[question]
                doubt = Doubt.REFUSED if likely else Doubt.UNDECIDED
                if likely or against is None:
                    yield _Case(question, doubt, link, left, right, against)

    def _within_things(self, question: Question) -> Iterator[_Case]:
        told = {(link.left, link.right): link for link in self._links[question]}
        for join in self._assembled.joins[question]:
            if not self._open(question, join.left, join.right):
                continue
            pairs = ((min(pair), max(pair)) for pair in product(join.left, join.right))
            unlike = [told[pair] for pair in pairs if pair in told]
            least = min([join.link, *unlike], key=_strength)
            if least.probability < self._accept[question]:
                yield _Case(question, Doubt.CONTRADICTED, least, join.left, join.right)
            elif join.link.probability < self._sure:
                yield _Case(question, Doubt.WEAK, join.link, join.left, join.right)

    def _open(self, question: Question, left: Sequence[int], right: Sequence[int]) -> bool:
        """Whether nobody has answered."""
        pairs = product(left, right)
        constraints = self._joining.constraints
        return not any(constraints.decided(question, a, b) for a, b in pairs)

    def _against(self, question: Question, left: Sequence[int], right: Sequence[int]) -> str | None:
        found = (self._joining.contradiction(question, a, b) for a, b in product(left, right))
        return next((against for against in found if against is not None), None)


class _Stakes:
    """How many people a question concerns, and how much it weighs."""

    def __init__(self, assembled: Assembled, territory: Territory, parameters: Parameters) -> None:
        self._people: Counter[str] = Counter()
        places: list[Zone | Neighbour] = [*territory.zones, *territory.neighbours]
        for place in places:
            if place.population is not None:
                self._people[place.code_insee] += place.population
        inside = assembled.directory.inside().permanences
        given = Counter(kind for p in inside for kind in p.record.services or ())
        few = parameters.number("directory.review.few_givers")
        self._rare = {kind for kind, n in given.items() if n <= few}
        self._rare_weight = parameters.number("directory.review.rare_weight")

    def item(self, case: _Case, likeness: Likeness, assembled: Assembled) -> QueueItem:
        """Return the question, with what it weighs."""
        placed, things = assembled.placed, assembled.things[case.question]
        records = [placed[i] for i in (*case.left, *case.right)]
        people = self._concerned(records)
        p = case.link.probability
        weight = 4.0 * p * (1.0 - p) * (1 if people is None else people)
        return QueueItem(
            question=case.question,
            doubt=case.doubt,
            left_id=things[case.left[0]],
            right_id=things[case.right[0]],
            left=tuple(placed[i].key for i in case.left),
            right=tuple(placed[i].key for i in case.right),
            likeness=likeness,
            against=case.against,
            people=people,
            weight=weight * (self._rare_weight if self._is_rare(records) else 1.0),
        )

    def _concerned(self, records: Sequence[Placed]) -> int | None:
        codes = {record.location.code_insee or "" for record in records}
        known = [self._people[code] for code in codes if code in self._people]
        return sum(known) if known else None

    def _is_rare(self, records: Sequence[Placed]) -> bool:
        told: set[mednum.Service] = set()
        for record in records:
            told |= set(record.sourced.record.services or ())
        return not self._rare.isdisjoint(told)


def _strongest(cases: Iterable[_Case], assembled: Assembled) -> list[_Case]:
    """Return the questions without those that a question on the same permanences holds in it."""
    kept: list[_Case] = []
    held: set[tuple[Question, frozenset[str]]] = set()
    for case in cases:
        if case.question is Question.PERMANENCE:
            held |= {(q, _pair(case, assembled.things[q])) for q in Question}
            kept.append(case)
        elif (case.question, _pair(case, assembled.things[case.question])) not in held:
            kept.append(case)
    return kept


def _pair(case: _Case, things: Sequence[str]) -> frozenset[str]:
    return frozenset((things[case.left[0]], things[case.right[0]]))


def _members(things: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
    members: dict[str, list[int]] = {}
    for position, its_id in enumerate(things):
        members.setdefault(its_id, []).append(position)
    return {its_id: tuple(group) for its_id, group in members.items()}


def _strength(link: Link) -> tuple[float, int, int]:
    return (link.probability, -link.left, -link.right)


def _order(item: QueueItem) -> tuple[object, ...]:
    return (-item.weight, list(Question).index(item.question), item.left, item.right)
