"""What changed between two states of one directory.

Two things are the same when they have the same opaque id. A thing whose facts are the same but
whose source now tells them on another line is *retold*, not changed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from maillage.directory.model import Directory, Lieu, Permanence, Service, Structure
from maillage.kernel.provenance import SourceRef
from maillage.standard.record import MednumRecord

Noun = Structure | Lieu | Service | Permanence
N = TypeVar("N", Structure, Lieu, Service, Permanence)
_Sourced = (Structure, Lieu, Permanence)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing before and after; both have the same id."""

    before: Noun
    after: Noun


@dataclass(frozen=True, slots=True)
class DirectoryDiff:
    """What changed: structures first, then lieux, services, permanences, each in order of id."""

    created: tuple[Noun, ...]
    changed: tuple[Change, ...]
    retold: tuple[Change, ...]
    vanished: tuple[Noun, ...]
    n_unchanged: int

    @property
    def nothing(self) -> bool:
        """Whether no fact of the directory changed."""
        return not (self.created or self.changed or self.vanished)


def changed_fields(change: Change) -> tuple[str, ...]:
    """Return the names of the facts that changed, those of a permanence's record by their own.

    In order of the model; where a thing was told is no fact.
    """
    before, after = _facts(change.before), _facts(change.after)
    found: list[str] = []
    for field in dataclasses.fields(before):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if isinstance(old, MednumRecord) and isinstance(new, MednumRecord):
            found += (f.name for f in dataclasses.fields(old) if _differ(old, new, f.name))
        elif old != new and field.name != "sources":
            found.append(field.name)
    return tuple(dict.fromkeys(found))


def _differ(before: MednumRecord, after: MednumRecord, name: str) -> bool:
    return name != "id" and bool(getattr(before, name) != getattr(after, name))


def diff(before: Directory, after: Directory) -> DirectoryDiff:
    """Return what one must do to ``before`` for it to become ``after``."""
    pairs = list(
        chain(
            _pairs(before.structures, after.structures),
            _pairs(before.lieux, after.lieux),
            _pairs(before.services, after.services),
            _pairs(before.permanences, after.permanences),
        )
    )
    both = [Change(old, new) for old, new in pairs if old is not None and new is not None]
    differing = [change for change in both if change.before != change.after]
    retold = [change for change in differing if _facts(change.before) == _facts(change.after)]
    changed = [change for change in differing if _facts(change.before) != _facts(change.after)]
    return DirectoryDiff(
        created=tuple(new for old, new in pairs if old is None and new is not None),
        changed=tuple(changed),
        retold=tuple(retold),
        vanished=tuple(old for old, new in pairs if new is None and old is not None),
        n_unchanged=len(both) - len(differing),
    )


def _pairs(before: Sequence[N], after: Sequence[N]) -> Iterator[tuple[N | None, N | None]]:
    old, new = {noun.id: noun for noun in before}, {noun.id: noun for noun in after}
    for key in sorted(old.keys() | new.keys()):
        yield old.get(key), new.get(key)


def _facts(noun: Noun) -> Noun:
    if isinstance(noun, _Sourced):
        return replace(noun, sources=_without_lines(noun.sources))
    return noun


def _without_lines(sources: tuple[SourceRef, ...]) -> tuple[SourceRef, ...]:
    return tuple(replace(ref, line=None) for ref in sources)
