"""The one door to cases: which an account may read, from which end, and who a person is."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from maillage.kernel.short_codes import typed_code
from maillage.orientation.reported import COORDINATION, WITHOUT_STRUCTURE
from maillage.referrals.model import End, Stage
from maillage.storage.accounts.door import Access
from maillage.storage.accounts.models import User
from maillage.storage.accounts.roles import Right, Role
from maillage.storage.referrals.kept import Kept, kept_of
from maillage.storage.referrals.models import CaseEvent, CaseRow, Reading
from maillage.storage.sealing import opened

ALIAS = "default"


class Shelf(enum.Enum):
    """Which cases of one's own."""

    OPEN = "en-cours"
    OVER = "closes"


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as somebody may read it: from which end; ``current``: that end is to act on it now.

    A structure that was asked before reads what it was asked, and nothing of the person any more.
    """

    kept: Kept
    end: End
    current: bool


def desk_of(access: Access) -> str:
    """Return the desk that an account opens cases for."""
    if access.structure_id:
        return access.structure_id
    return WITHOUT_STRUCTURE if access.role is Role.MEMBER else COORDINATION


def cases_sent(user: User, access: Access, shelf: Shelf) -> tuple[Kept, ...]:
    """Return the cases of the desk of an account, what is due first; two queries."""
    return _on(_of_desk(user, access), shelf)


def cases_received(access: Access, shelf: Shelf) -> tuple[Kept, ...]:
    """Return the cases that the structure of an account is asked now; two queries."""
    if not access.structure_id or not access.may(Right.ORIENT):
        return ()
    rows = CaseRow.objects.filter(territory=access.siren, structure_id=access.structure_id)
    return _on(rows.exclude(desk=access.structure_id), shelf)


def access_case_for(user: User, access: Access, number: int) -> Seen | None:
    """Return a case as an account may read it; None where it is not its own to read.

    No role opens the cases of others: who coordinates reads figures, and the cases of who
    coordinates.
    """
    if not access.may(Right.ORIENT):
        return None
    row = _of_desk(user, access).filter(number=number).first()
    if row is not None:
        return Seen(kept_of(row), End.DESK, current=True)
    if not access.structure_id:
        return None
    rows = CaseRow.objects.filter(territory=access.siren, number=number)
    own = Q(structure_id=access.structure_id) | Q(parties__structure_id=access.structure_id)
    row = rows.filter(own).distinct().first()
    if row is None:
        return None
    return Seen(kept_of(row), End.STRUCTURE, current=row.structure_id == access.structure_id)


def case_by_code(user: User, access: Access, code: str) -> Seen | None:
    """Return the case of a printed sheet, by the same door."""
    rows = CaseRow.objects.filter(territory=access.siren, code=typed_code(code))
    number = rows.values_list("number", flat=True).first()
    return None if number is None else access_case_for(user, access, number)


def case_of_link(siren: str, number: int, attempt: int) -> Seen | None:
    """Return the case of a signed link; ``current`` while its request is the last one."""
    row = CaseRow.objects.filter(territory=siren, number=number).first()
    if row is None:
        return None
    kept = kept_of(row)
    return Seen(kept, End.STRUCTURE, current=kept.standing.attempt == attempt)


def access_person_for(
    seen: Seen, user: User | None, at: dt.datetime, attempt: int | None = None
) -> dict[str, str]:
    """Return who the person of a case is, {} where nothing is told, and write down who read it.

    A structure reads it while it is asked and once it accepted; a desk, of its own cases.
    """
    if not may_read_person(seen):
        return {}
    row = CaseRow.objects.filter(
        territory=seen.kept.case.siren, number=seen.kept.number, forgotten=False
    ).first()
    person = {} if row is None else opened(row.sealed)
    if row is not None and person:
        Reading.objects.create(case=row, at=at, user=user, by_link=attempt)
    return person


def may_read_person(seen: Seen) -> bool:
    """Say whether an end may read who the person is, as the case stands."""
    if seen.end is End.DESK:
        return True
    stage = seen.kept.standing.stage
    return seen.current and stage in {Stage.ASKED, Stage.QUESTIONED, Stage.BOOKED}


def words_of(seen: Seen) -> dict[int, str]:
    """Return the words of the events of a case by their place, those that its end may read."""
    if not may_read_person(seen):
        return {}
    rows = CaseEvent.objects.filter(
        case__territory=seen.kept.case.siren, case__number=seen.kept.number
    ).exclude(sealed="")
    return {row.seq: opened(row.sealed).get("words", "") for row in rows}


def readings_of(seen: Seen) -> tuple[tuple[dt.datetime, str], ...]:
    """Return when who the person is was read, and by whom ("" = by the link sent); for the desk."""
    if seen.end is not End.DESK:
        return ()
    rows = Reading.objects.filter(
        case__territory=seen.kept.case.siren, case__number=seen.kept.number
    ).select_related("user")
    return tuple((row.at, "" if row.user is None else str(row.user)) for row in rows)


def colleagues(user: User, access: Access) -> tuple[User, ...]:
    """Return the other accounts of a desk, to whom a case can be handed over."""
    if not access.structure_id:
        return ()
    rows = User.objects.filter(
        is_active=True,
        memberships__territory=access.siren,
        memberships__structure_id=access.structure_id,
    )
    return tuple(rows.exclude(pk=user.pk).order_by("name", "email"))


def _of_desk(user: User, access: Access) -> QuerySet[CaseRow]:
    rows = CaseRow.objects.filter(territory=access.siren)
    if not access.may(Right.ORIENT):
        return rows.none()
    desk = desk_of(access)
    rows = rows.filter(desk=desk)
    return rows.filter(opener=user) if desk == WITHOUT_STRUCTURE else rows


def _on(rows: QuerySet[CaseRow], shelf: Shelf) -> tuple[Kept, ...]:
    ended = Q(stage_code=Stage.ENDED.code)
    rows = rows.filter(ended) if shelf is Shelf.OVER else rows.exclude(ended)
    order = ("-number",) if shelf is Shelf.OVER else ("due_at", "number")
    events = Prefetch("events", CaseEvent.objects.order_by("seq"))
    return tuple(kept_of(row) for row in rows.order_by(*order).prefetch_related(events))
