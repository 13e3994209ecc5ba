"""The team of a territory: who may give, change and withdraw which role there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from maillage.kernel.language import tr
from maillage.storage.accounts.keep import give_role, note_change
from maillage.storage.accounts.models import Membership, RoleChange, User, clean_address
from maillage.storage.accounts.roles import Right, Role
from maillage.storage.territory.models import Epci


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that was not done, and why, in a sentence."""

    words: str


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives or withdraws roles: an account, its role, and the territory where it has it."""

    user: User
    role: Role
    siren: str


def team_of(siren: str) -> tuple[Membership, ...]:
    """Return everybody who has a role in a territory, in the order of addresses."""
    rows = Membership.objects.filter(territory=siren).select_related("user")
    return tuple(rows.order_by("user__email"))


def changes_of(siren: str, most: int) -> tuple[RoleChange, ...]:
    """Return the last changes of roles of a territory, the newest first."""
    rows = RoleChange.objects.filter(territory=siren).select_related("user", "by")
    return tuple(rows[:most])


def invite(giver: Giver, email: str, role: Role, structure_id: str) -> Membership | Refused:
    """Give a role to somebody who has none here; their account is made if there is none."""
    address = clean_address(email)
    try:
        validate_email(address)
    except ValidationError:
        return Refused(tr("« {email} » n'est pas une adresse électronique.").format(email=email))
    with _alone(giver.siren):
        if Membership.objects.filter(territory=giver.siren, user__email=address).exists():
            message = tr("{email} a déjà un rôle ici : changez-le dans la liste.")
            return Refused(message.format(email=address))
        if role not in giver.role.grants:
            return Refused(_not_yours(role))
        user = give_role(address, giver.siren, role, _structure(role, structure_id), giver.user)
        return Membership.objects.select_related("user").get(user=user, territory=giver.siren)


def change(giver: Giver, number: int, role: Role, structure_id: str) -> Membership | Refused | None:
    """Give somebody of the team another role, or another structure; None: nobody of that number."""
    with _alone(giver.siren):
        held = _held(giver.siren, number)
        if held is None:
            return None
        for one in (held.role, role):
            if one not in giver.role.grants:
                return Refused(_not_yours(one))
        if not _manages(role) and _is_last(held):
            return Refused(_nobody_left())
        structure = _structure(role, structure_id)
        give_role(held.user.email, giver.siren, role, structure, giver.user)
        held.refresh_from_db()
        return held


def withdraw(giver: Giver, number: int) -> Membership | Refused | None:
    """Take somebody's role away; their account stays, with its roles elsewhere.

    None: nobody of that number. The membership returned is no more.
    """
    with _alone(giver.siren):
        held = _held(giver.siren, number)
        if held is None:
            return None
        if held.role not in giver.role.grants:
            return Refused(_not_yours(held.role))
        if _is_last(held):
            return Refused(_nobody_left())
        note_change(held.user, giver.siren, (held.role_code, ""), giver.user)
        Membership.objects.filter(pk=held.pk).delete()
        return held


@contextmanager
def _alone(siren: str) -> Iterator[None]:
    """Hold the team of a territory until the end: two people never change it at once."""
    with transaction.atomic():
        Epci.objects.select_for_update().filter(siren=siren).first()
        yield


def _held(siren: str, number: int) -> Membership | None:
    return Membership.objects.filter(territory=siren, pk=number).select_related("user").first()


def _is_last(held: Membership) -> bool:
    """Say whether nobody else of the territory could give roles."""
    if not _manages(held.role):
        return False
    others = Membership.objects.filter(territory=held.territory_id, user__is_active=True)
    return not any(_manages(one.role) for one in others.exclude(pk=held.pk))


def _manages(role: Role) -> bool:
    return Right.MANAGE in role.rights


def _structure(role: Role, structure_id: str) -> str:
    return structure_id if role is Role.MEMBER else ""


def _not_yours(role: Role) -> str:
    message = tr("Le rôle « {role} » se donne et se retire par l'administration du site.")
    return message.format(role=role.label)


def _nobody_left() -> str:
    return tr("Plus personne ne pourrait gérer les comptes : donnez d'abord ce rôle à quelqu'un.")
