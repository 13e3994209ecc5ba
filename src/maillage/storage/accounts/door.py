"""The one door by which an account enters a territory: nothing else reads roles to let one in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from maillage.storage.accounts.models import Membership, User
from maillage.storage.accounts.roles import Right, Role


@dataclass(frozen=True, slots=True)
class Access:
    """What an account is in one territory; ``structure_id`` is "" where it is of no structure.

    ``seen_on`` is the first day of the month of its last visit, None before the first.
    """

    siren: str
    name: str
    role: Role
    structure_id: str = ""
    seen_on: dt.date | None = None

    def may(self, right: Right) -> bool:
        """Say whether something is allowed there."""
        return right in self.role.rights


def access_territory_for(user: User | AnonymousUser, siren: str) -> Access | None:
    """Return what somebody is in a territory; None: nothing more than the public."""
    return next((access for access in _accesses(user, siren)), None)


def territories_of(user: User | AnonymousUser) -> tuple[Access, ...]:
    """Return every territory where somebody has a role, by name."""
    return tuple(sorted(_accesses(user, None), key=lambda access: (access.name, access.siren)))


def _accesses(user: User | AnonymousUser, siren: str | None) -> list[Access]:
    if not isinstance(user, User) or not user.is_active:
        return []
    rows = Membership.objects.filter(user=user).select_related("territory")
    if siren is not None:
        rows = rows.filter(territory=siren)
    return [
        Access(row.territory_id, row.territory.name, row.role, row.structure_id, row.seen_on)
        for row in rows
    ]


def note_visit(user: User | AnonymousUser, access: Access, today: dt.date) -> None:
    """Keep the month of somebody's visit to a territory: no more than that is known of it."""
    month = today.replace(day=1)
    if isinstance(user, User) and access.seen_on != month:
        Membership.objects.filter(user=user, territory=access.siren).update(seen_on=month)
