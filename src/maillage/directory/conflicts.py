"""Where a source contradicts what a person chose, or what another source told just as lately."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from maillage.directory.assembled import Assembled
from maillage.directory.constraints import in_force
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.placed import Placed
from maillage.directory.presences import Presence
from maillage.directory.provenance import FieldTold, Told, told_fields
from maillage.kernel.parameters import Parameters

_COMPARED = ("telephone", "horaires", "adresse")
_DAYS_IN_A_MONTH = 365.25 / 12.0


class ConflictKind(enum.Enum):
    """What contradicts what."""

    DECISION = ("decision", "une source dit autre chose que la valeur choisie")
    SOURCES = ("sources", "deux sources de même âge ne disent pas la même chose")

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values told of one field of a permanence; ``kept`` is the one that stands."""

    permanence_id: str
    kind: ConflictKind
    field: str
    kept: Told
    other: Told


def conflicts(
    assembled: Assembled, decisions: Sequence[Decision], parameters: Parameters
) -> tuple[Conflict, ...]:
    """Return the conflicts of the territory's permanences, in order of id and of field.

    Against a person's choice: a record of another value, told since the decision (where that has no
    date, told at all). Between sources: values of telephone, hours or address of two sources, told
    within a published number of months of each other, where nobody chose.
    """
    limit = dt.timedelta(days=parameters.number("directory.conflict.months") * _DAYS_IN_A_MONTH)
    inside = {p.id for p in assembled.directory.inside().permanences}
    choices = [one for one in in_force(decisions) if one.verdict is Verdict.FIELD]
    return tuple(
        conflict
        for its_id, presence in sorted(assembled.presences.items())
        if its_id in inside and len(presence.members) > 1
        for conflict in _of_one(its_id, presence, choices, limit)
    )


def _of_one(
    its_id: str, presence: Presence, decisions: Iterable[Decision], limit: dt.timedelta
) -> Iterator[Conflict]:
    for told in told_fields(presence.members, decisions):
        if told.decision is not None:
            yield from _with_decision(its_id, told, told.decision.on)
        elif told.field in _COMPARED:
            yield from _between_sources(its_id, told, presence.members, limit)


def _with_decision(its_id: str, told: FieldTold, since: dt.date | None) -> Iterator[Conflict]:
    kept = Told(told.value, told.key, told.date)
    for other in told.set_aside:
        if since is None or (other.date is not None and other.date > since):
            yield Conflict(its_id, ConflictKind.DECISION, told.field, kept, other)


def _between_sources(
    its_id: str, told: FieldTold, members: Sequence[Placed], limit: dt.timedelta
) -> Iterator[Conflict]:
    """Yield the disagreements with the value kept, one for each source."""
    kept = Told(told.value, told.key, told.date)
    seen = {told.key.source_id}
    for other in told.set_aside:
        if other.key.source_id in seen or kept.date is None or other.date is None:
            continue
        same = told.field == "adresse" and _addresses_meet(kept, other, members)
        if abs(kept.date - other.date) <= limit and not same:
            seen.add(other.key.source_id)
            yield Conflict(its_id, ConflictKind.SOURCES, told.field, kept, other)


def _addresses_meet(a: Told, b: Told, members: Sequence[Placed]) -> bool:
    """Whether two addresses are one, written otherwise."""
    keys = {member.address for member in members if member.key in (a.key, b.key)}
    return len(keys) == 1
