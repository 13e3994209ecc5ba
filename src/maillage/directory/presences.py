"""Records of one permanence, put together.

What tells a permanence, a lieu or a structure apart is read from the merged record alone, and rows
are put together until nothing more can be: so a directory that is written and read again is the
same directory.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from maillage.directory.by_hand import is_by_hand
from maillage.directory.constraints import in_force
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.joining import Joining
from maillage.directory.keys import is_itinerant, name_key
from maillage.directory.linking.clusters import Join
from maillage.directory.linking.model import Question
from maillage.directory.merge import MERGED_FIELDS, Choice, Rows, chosen_with, freshest_first, merge
from maillage.directory.model import Precision
from maillage.directory.placed import Placed, place_keys
from maillage.directory.record_key import RecordKey
from maillage.kernel.words import plain
from maillage.standard.record import MednumRecord

Choices = Mapping[RecordKey, Sequence[Decision]]
"""The decisions that choose a record for a field, by that record, in order of number."""
UNNAMED = ""
"""The id of the merged record of a permanence, until that has one (``identity``)."""


@dataclass(frozen=True)
class Presence:
    """The records of one permanence, oldest first, and those that tell its address and its point.

    ``best`` tells the address best; ``spot`` tells where that is on the map: the same record,
    unless people chose otherwise. ``rows`` is what the merged ``record`` is made of.
    """

    members: tuple[Placed, ...]
    best: Placed
    spot: Placed
    rows: Rows
    record: MednumRecord

    @property
    def first(self) -> Placed:
        """The oldest record."""
        return self.members[0]

    @cached_property
    def name(self) -> str:
        """The key of its name in its commune."""
        return name_key(self.record.nom, self.best.commune)

    @cached_property
    def itinerant(self) -> bool:
        """Whether it is on the move."""
        return is_itinerant(self.record)

    @property
    def collector(self) -> str:
        """Who tells it: the collector its rows name, else the source of the oldest."""
        return plain(self.record.source or self.first.sourced.ref.source_id)

    @property
    def keys(self) -> list[Hashable]:
        """What it shares with the same permanence told by others: as its rows do, and as one."""
        own = [key for member in self.members for key in member.keys]
        return [*own, *place_keys(self.name, self.best)]


@dataclass(frozen=True, slots=True)
class Presences:
    """The permanences of the records, and the positions of the records of each.

    ``joins`` are the likenesses that put some together.
    """

    presences: tuple[Presence, ...]
    groups: list[list[int]]
    joins: tuple[Join, ...]


def presences_of(placed: Sequence[Placed], joining: Joining) -> Presences:
    """Return the permanences of the records (the oldest first), as these are joined.

    What is one once merged is one: rows are put together until nothing more can be.
    """
    choices = choices_of(joining.constraints.followed)
    made: dict[tuple[int, ...], Presence] = {}
    alone = [[position] for position in range(len(placed))]
    grown = joining.joined(Question.PERMANENCE, alone, [one.keys for one in placed])
    joins = list(grown.joins)
    while True:
        presences = []
        for group in map(tuple, grown.groups):
            if group not in made:
                made[group] = presence_of([placed[i] for i in group], choices)
            presences.append(made[group])
        further = joining.joined(Question.PERMANENCE, grown.groups, [p.keys for p in presences])
        if len(further.groups) == len(presences):
            likely = tuple(join for join in joins if join.link.probability < 1.0)
            return Presences(tuple(presences), grown.groups, likely)
        joins += further.joins
        grown = further


def choices_of(decisions: Iterable[Decision]) -> Choices:
    """Return the decisions in force that choose a record for a field, by that record."""
    choices: dict[RecordKey, list[Decision]] = {}
    for decision in in_force(decisions):
        if decision.verdict is Verdict.FIELD and decision.left:
            choices.setdefault(decision.left[0], []).append(decision)
    return choices


def presence_of(members: Sequence[Placed], choices: Choices) -> Presence:
    """Return the permanence of these records, at least one, the oldest first."""
    by_row = {id(m.sourced): m for m in members}
    fresh = [by_row[id(sourced)] for sourced in freshest_first(m.sourced for m in members)]
    chosen = _chosen(members, choices)
    best = _best(fresh, next((m.address for m in fresh if m.address), ""))
    spot = best
    if "adresse" in chosen:
        best = by_row[id(chosen["adresse"].sourced)]
        spot = _best(fresh, best.address)
    if "latitude" in chosen:
        spot = by_row[id(chosen["latitude"].sourced)]
    rows = Rows(tuple(m.sourced for m in fresh), best.sourced, spot.sourced, chosen)
    return Presence(tuple(members), best, spot, rows, merge(rows, UNNAMED))


def _best(fresh: Sequence[Placed], address: str) -> Placed:
    """Return the freshest at that address, one that gives its point before others."""
    return min(
        fresh,
        key=lambda m: (m.address != address, m.location.precision is not Precision.ADDRESS),
    )


def _chosen(members: Sequence[Placed], choices: Choices) -> dict[str, Choice]:
    """Return what people chose, the latest choice last; a record that tells nothing gives nothing.

    But for what was written by hand: a field left empty there is one withdrawn. The later choice
    of another record for the same field stands in the place of the older.
    """
    taken = [(decision, m) for m in members for decision in choices.get(m.key, ())]
    chosen: dict[str, Choice] = {}
    for decision, member in sorted(taken, key=lambda pair: pair[0].number):
        field = decision.field or ""
        told = field in MERGED_FIELDS and getattr(member.sourced.record, field) is not None
        if told or (field in MERGED_FIELDS and is_by_hand(member.key)):
            choice = Choice(member.sourced, decision)
            chosen |= dict.fromkeys(chosen_with(field), choice)
    return chosen
