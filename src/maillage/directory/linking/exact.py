"""The exact matcher: records that share a key are one, nothing else is. The twin of the engines.

- *Permanence*: one id at one collector and one commune or name; one name in one commune at one
  address or, where none is told, at one point; one name in one commune and a phone that no other
  place has.
- *Lieu*: one telling address (a number in a street, a square) of one commune; else one name at one
  address or point.
- *Structure*: one SIRET or RNA; what moves is its operator (one name, or one phone, told by one
  collector in one département); what stays is its name in its commune.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations

import numpy as np

from maillage.directory.keys import is_telling, own_id
from maillage.directory.linking.model import Pairs, Profile, Question
from maillage.directory.linking.rarity import Reach, phone_reach
from maillage.territory.departements import departement


class ExactMatcher:
    """The matcher of exact keys: every pair it finds is certain, and it weighs nothing."""

    @property
    def name(self) -> str:
        """The engine, as told beside its results."""
        return "exact"

    def pairs(self, profiles: Sequence[Profile], question: Question, at_least: float) -> Pairs:
        """Return the pairs that share a key; ``at_least`` changes nothing: all are certain."""
        del at_least
        reach = phone_reach(profiles)
        sharing: dict[Hashable, set[int]] = {}
        for index, profile in enumerate(profiles):
            for key in _keys(profile, question, reach):
                sharing.setdefault(key, set()).add(index)
        found = {pair for group in sharing.values() for pair in combinations(sorted(group), 2)}
        ends = np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
        return Pairs(left=ends[:, 0], right=ends[:, 1], probability=np.ones(len(ends)), levels={})


def _keys(p: Profile, question: Question, reach: dict[str, Reach]) -> Iterator[Hashable]:
    if question is Question.STRUCTURE:
        return _structure_keys(p)
    if question is Question.LIEU:
        return _lieu_keys(p)
    return _permanence_keys(p, reach)


def _permanence_keys(p: Profile, reach: dict[str, Reach]) -> Iterator[Hashable]:
    own = (p.collector, own_id(p.collector, p.key.record_id))
    yield ("id", own, "at", p.area)
    yield ("id", own, "is", p.words)
    yield from _named_places(p)
    if p.words and p.telephone and reach[p.telephone] is Reach.OWN:
        yield ("phone", p.telephone, p.words, p.area)


def _named_places(p: Profile) -> Iterator[Hashable]:
    if not p.words:
        return
    if p.street:
        yield ("place", p.words, p.area, p.number, p.street)
    elif p.point:
        yield ("point", p.words, p.area, round(p.point.lon, 4), round(p.point.lat, 4))


def _lieu_keys(p: Profile) -> Iterator[Hashable]:
    address = f"{p.number or ''} {p.street}".strip()
    if is_telling(address):
        yield ("address", p.area, address)
    else:
        yield from _named_places(p)


def _structure_keys(p: Profile) -> Iterator[Hashable]:
    if p.pivot:
        yield ("pivot", p.pivot)
    elif p.itinerant:
        home = departement(p.code_insee or p.code_postal or "")
        yield ("operator", p.words, p.collector, home)
        if p.telephone:
            yield ("operator", p.telephone, p.collector, home)
    elif p.words:
        yield ("name", p.words, p.area)
