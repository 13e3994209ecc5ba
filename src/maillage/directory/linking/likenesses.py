"""What a matcher answers, by the names of the records: fit to be kept, shown and judged."""

from __future__ import annotations

from collections.abc import Sequence

from maillage.directory.linking.model import (
    NOT_TOLD,
    Comparison,
    Likeness,
    Pairs,
    Profile,
    Question,
    RecordKey,
)


def likenesses(
    pairs: Pairs, profiles: Sequence[Profile], question: Question
) -> tuple[Likeness, ...]:
    """Return the pairs found among these profiles by the names of their records, in their order.

    Two rows of one id have one name: a pair is told once, as probable as it is at best, and no
    record is paired with its namesake.
    """
    compared = [c for c in Comparison if c in pairs.levels]
    columns = [pairs.levels[c].tolist() for c in compared]
    best: dict[tuple[RecordKey, RecordKey], Likeness] = {}
    ends = zip(pairs.left.tolist(), pairs.right.tolist(), pairs.probability.tolist(), strict=True)
    for row, (a, b, probability) in enumerate(ends):
        left, right = sorted((profiles[a].key, profiles[b].key))
        known = best.get((left, right))
        if left == right or (known is not None and known.probability >= probability):
            continue
        levels = tuple(
            (comparison, column[row])
            for comparison, column in zip(compared, columns, strict=True)
            if column[row] != NOT_TOLD
        )
        best[left, right] = Likeness(question, left, right, probability, levels)
    return tuple(best[names] for names in sorted(best))
