"""Ids that never change: which id each structure, lieu and permanence has, import after import.

An id is made once, from the oldest record of a thing that has none: its *founder*. From then on:

- a thing bears the oldest id whose founder it holds; the other ids of its records lead to it;
- where a thing is split, the id stays with the founder; what is taken out takes back the id it
  had before, else gets a new one;
- an id whose founder's record is gone stays with the part that holds most of what it held (what
  was merged into it set aside, if anything else is left) and, if two hold as much, with that of
  its oldest record;
- a thing that vanishes keeps its id, and comes back under it when its records do.

Nothing of that is told by the order of files, and a merge that is undone gives back the same ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from maillage.directory.ledger import Identity, Ledger
from maillage.directory.record_key import RecordKey
from maillage.kernel.ids import make_id

Group = Sequence[RecordKey]


@dataclass(frozen=True, slots=True)
class Identified:
    """The id of each group, by noun and in the order of the groups; and the ledger that knows."""

    ids: Mapping[str, tuple[str, ...]]
    ledger: Ledger


def identify(groups: Mapping[str, Sequence[Group]], ledger: Ledger) -> Identified:
    """Return an id for each group of records, by noun (``structure``, ``lieu``, ``permanence``).

    Groups of one noun share no record; they come in order of their oldest record, and their
    records too, the oldest first: new ids are ranked so.
    """
    ages = count(1 + max((identity.age for identity in ledger.identities), default=0))
    taken = {identity.id for identity in ledger.identities}
    ids: dict[str, tuple[str, ...]] = {}
    known = {identity.id: identity for identity in ledger.identities}
    for noun in sorted(groups):
        own = [i for i in ledger.identities if i.id.startswith(f"{noun}-")]
        given: list[str] = []
        for group, bearers in zip(groups[noun], _bearers(groups[noun], own), strict=True):
            claims = bearers or [_founded(noun, group[0], next(ages), taken)]
            winner = replace(claims[0], held=tuple(group), redirect=None)
            known[winner.id] = winner
            known |= {other.id: replace(other, redirect=winner.id) for other in claims[1:]}
            given.append(winner.id)
        ids[noun] = tuple(given)
    return Identified(ids, Ledger(tuple(known[its_id] for its_id in sorted(known))))


def _bearers(groups: Sequence[Group], known: Sequence[Identity]) -> Iterator[list[Identity]]:
    """Yield, for each group, the ids that may be its own, the oldest first."""
    place: dict[RecordKey, int] = {}
    for index, group in enumerate(groups):
        for key in group:
            place.setdefault(key, index)
    claims: dict[int, list[Identity]] = {}
    brought = {(one.redirect, key) for one in known if one.redirect is not None for key in one.held}
    for identity in sorted(known, key=lambda one: (one.age, one.id)):
        home = place.get(identity.founder)
        if home is None:  # what was merged into it counts only where nothing of its own is left
            own = [key for key in identity.held if (identity.id, key) not in brought]
            home = _most(own, place)
        if home is None:
            home = _most(identity.held, place)
        if home is not None:
            claims.setdefault(home, []).append(identity)
    for index in range(len(groups)):
        yield claims.get(index, [])


def _most(keys: Sequence[RecordKey], place: Mapping[RecordKey, int]) -> int | None:
    """Return the group that holds most of these, that of the first among equals."""
    seen = Counter(place[key] for key in keys if key in place)
    return max(seen, key=lambda index: seen[index], default=None)


def _founded(noun: str, founder: RecordKey, age: int, taken: set[str]) -> Identity:
    """Return a new id, made from its founder; salted where that was given to another."""
    its_id = make_id(noun, *founder)
    for salt in count(2):
        if its_id not in taken:
            break
        its_id = make_id(noun, *founder, str(salt))
    taken.add(its_id)
    return Identity(its_id, founder, age)
