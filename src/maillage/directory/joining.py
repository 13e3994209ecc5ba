"""What is known of which records are one: exact keys, likenesses, contradictions, decisions.

Exact keys weigh 1, a likeness its probability where that is enough to be accepted. A pair that
contradicts itself is kept apart even where an exact key joins it: an id used twice, a name reused.
Only decisions of people stand above that.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from maillage.directory.constraints import Constraints
from maillage.directory.linking.clusters import Agglomeration, Link, agglomerate, never
from maillage.directory.linking.model import Likeness, Profile, Question
from maillage.directory.linking.profile import profile_of
from maillage.directory.placed import Placed
from maillage.kernel.parameters import Parameters

Contradicts = Callable[[Profile, Profile, Question], str | None]


class Joining:
    """What is known of the records of one territory, by position (the oldest first).

    ``contradicts`` None: no contradiction is looked for, as where no matcher compared the records.
    """

    def __init__(
        self,
        placed: Sequence[Placed],
        constraints: Constraints,
        links: Mapping[Question, Sequence[Link]],
        contradicts: Contradicts | None,
    ) -> None:
        self.constraints = constraints
        self._n = len(placed)
        self._links = links
        self._contradicts = contradicts
        self._profile = cache(lambda position: profile_of(placed[position]))
        self._contradiction = cache(self._compare)

    def contradiction(self, question: Question, a: int, b: int) -> str | None:
        """Return in French why two records may not be one; None where nothing says so."""
        return self._contradiction(question, min(a, b), max(a, b))

    def joined(
        self,
        question: Question,
        groups: Sequence[Sequence[int]],
        keys: Sequence[Iterable[Hashable]],
    ) -> Agglomeration:
        """Return the groups joined by the keys they share, by likenesses and by decisions.

        ``groups`` are of positions and hold all; ``keys`` are theirs, in the same order.
        """
        together = [(group[0], other) for group in groups for other in group[1:]]
        heads = [group[0] for group in groups]
        likely = self._links.get(question, ())
        free = not self.constraints.followed and self._contradicts is None
        return agglomerate(
            self._n,
            [*_shared(heads, keys, every_pair=not free), *likely],
            [*together, *self.constraints.same(question)],
            never if self._contradicts is None else self._apart(question),
            self.constraints.coherent(question),
        )

    def _apart(self, question: Question) -> Callable[[int, int], bool]:
        return lambda a, b: self.contradiction(question, a, b) is not None

    def _compare(self, question: Question, a: int, b: int) -> str | None:
        if self._contradicts is None:
            return None
        return self._contradicts(self._profile(a), self._profile(b), question)


def accepted_links(
    likenesses: Iterable[Likeness], placed: Sequence[Placed], parameters: Parameters
) -> dict[Question, list[Link]]:
    """Return the links probable enough to join, between the records that are there."""
    accept = thresholds(parameters, "accept")
    return {
        question: [link for link in links if link.probability >= accept[question]]
        for question, links in links_of(likenesses, placed).items()
    }


def thresholds(parameters: Parameters, which: str) -> dict[Question, float]:
    """Return a published threshold (``accept``, ``review``) by question, as probabilities."""
    return {q: parameters.number(f"linking.{which}.{q.code}") for q in Question}


def links_of(
    likenesses: Iterable[Likeness], placed: Sequence[Placed]
) -> dict[Question, list[Link]]:
    """Return the likenesses whose two records are there, by position, left < right."""
    position = {p.key: index for index, p in reversed(list(enumerate(placed)))}
    links: dict[Question, list[Link]] = {question: [] for question in Question}
    for likeness in likenesses:
        a, b = position.get(likeness.left), position.get(likeness.right)
        if a is not None and b is not None and a != b:
            links[likeness.question].append(Link(min(a, b), max(a, b), likeness.probability))
    return links


def _shared(
    heads: Sequence[int], keys: Sequence[Iterable[Hashable]], *, every_pair: bool
) -> Iterator[Link]:
    """Yield links of probability 1 between those that share a key.

    Where some pairs may be refused all are needed; else those to the first are enough.
    """
    holders: dict[Hashable, list[int]] = {}
    for head, own in zip(heads, keys, strict=True):
        for key in dict.fromkeys(own):
            holders.setdefault(key, []).append(head)
    for group in holders.values():
        pairs = combinations(group, 2) if every_pair else ((group[0], b) for b in group[1:])
        for a, b in pairs:
            yield Link(a, b, 1.0)
