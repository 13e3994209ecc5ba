"""What changed in a network between two waves, and what did not visibly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.survey.estimates.changes import Moved, moved_apart, moved_paired
from maillage.survey.estimates.model import Share
from maillage.ties.completing import told_matrix
from maillage.ties.measures import Figure, Measured, Measures
from maillage.ties.model import Network


@dataclass(frozen=True, slots=True)
class NetworkChange:
    """Two waves of a network side by side.

    ``named``: by how many more each of those heard both times names, in the mean; None where they
    are too few. ``met``: pairs (keys) of whom at least one was heard in both waves, that said
    nothing of each other in the first and something in the last; ``parted``: the other way round.
    """

    before: str
    after: str
    n_both: int
    figures: Mapping[Figure, Moved | None]
    named: Moved | None
    met: tuple[tuple[str, str], ...]
    parted: tuple[tuple[str, str], ...]


def change_between(
    before: tuple[Network, Measures], after: tuple[Network, Measures], least: int
) -> NetworkChange:
    """Return what changed between two waves, each with its measures; ``least`` as in surveys."""
    (first, measured), (last, measured_last) = before, after
    both = [
        one.key
        for one in last.members
        if one.is_heard and one.key in first.place and first.members[first.place[one.key]].is_heard
    ]
    n_named = [
        dict(zip((m.key for m in one.members), told_matrix(one).sum(axis=1).tolist(), strict=True))
        for one in (first, last)
    ]
    moves = [n_named[1][key] - n_named[0][key] for key in both]
    met, parted = _met(first, last, frozenset(both))
    return NetworkChange(
        before=first.wave,
        after=last.wave,
        n_both=len(both),
        figures={one: _moved(measured.figures[one], measured_last.figures[one]) for one in Figure},
        named=moved_paired(moves, float(len(last.members)), least),
        met=met,
        parted=parted,
    )


def _moved(before: Measured, after: Measured) -> Moved | None:
    if before.middle != before.middle or after.middle != after.middle:  # NaN: it had no meaning
        return None
    return moved_apart(*(Share(0, one.middle, one.low, one.high) for one in (before, after)))


def _met(
    first: Network, last: Network, both: frozenset[str]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return the pairs that met and that parted, as those heard both times tell it."""
    known = [
        {frozenset((one.teller, one.other)) for one in wave.ties if one.teller in both}
        for wave in (first, last)
    ]
    return _keys(known[1] - known[0]), _keys(known[0] - known[1])


def _keys(pairs: set[frozenset[str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((min(one), max(one)) for one in pairs))
