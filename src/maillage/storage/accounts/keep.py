"""Accounts made and roles given."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.storage.accounts.models import Membership, RoleChange, User, clean_address
from maillage.storage.accounts.roles import Role
from maillage.storage.directory.models import Structure
from maillage.storage.territory.models import Epci

DEMO_DOMAIN = "vesprine.example"
"""A domain that can never be anybody's."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration; its password is no secret.

    ``structure``: how the name of its structure begins, "" = of none.
    """

    role: Role
    email: str
    name: str
    password: str
    structure: str = ""


DEMO_ACCOUNTS = tuple(
    DemoAccount(role, f"{word}@{DEMO_DOMAIN}", name, f"demonstration-{word}", of)
    for role, word, name, of in (
        (Role.MEMBER, "accueil", "Camille (accueil du CCAS)", "CCAS"),
        (Role.COORDINATOR, "coordination", "Dominique (coordination)", ""),
        (Role.HUB, "hub", "Alex (hub régional)", ""),
        (Role.ADMINISTRATOR, "administration", "Maxime (administration)", ""),
        (Role.MEMBER, "mediatheque", "Andréa (médiathèque)", "Médiathèque"),
    )
)


def give_role(
    email: str, siren: str, role: Role, structure_id: str = "", by: User | None = None
) -> User:
    """Give somebody the role, and the only one, that they have in a territory.

    The account is made if there is none: it is then opened by e-mail until it has a password.
    ``by`` None: from the command line. Raises WorkspaceError where the territory is not in the
    database.
    """
    with transaction.atomic():
        if not Epci.objects.filter(siren=siren).exists():
            message = tr("Le territoire {siren} n'est pas dans cette base.")
            raise WorkspaceError(message.format(siren=siren))
        user = User.objects.filter(email=clean_address(email)).first()
        if user is None:
            user = User.objects.create_user(email)
        held = Membership.objects.filter(user=user, territory_id=siren).first()
        before = "" if held is None else held.role_code
        Membership.objects.update_or_create(
            user=user,
            territory_id=siren,
            defaults={"role_code": role.code, "structure_id": structure_id},
        )
        if before != role.code:
            note_change(user, siren, (before, role.code), by)
    return user


def note_change(user: User, siren: str, codes: tuple[str, str], by: User | None) -> None:
    """Write down that somebody's role in a territory went from one code to another, "" = none."""
    before, after = codes
    RoleChange.objects.create(
        user=user, territory_id=siren, by=by, at=timezone.now(), before=before, after=after
    )


def everybody() -> tuple[Membership, ...]:
    """Return each role that somebody has, in the order of addresses, then of territories."""
    roles = Membership.objects.select_related("user").order_by("user__email", "territory_id")
    return tuple(roles)


def make_demo_accounts(siren: str, *around: str) -> tuple[DemoAccount, ...]:
    """Make an account of each role in a fictional territory, and return them.

    Its hub reads those ``around`` too. Raises WorkspaceError where one is real: the passwords are
    known to all.
    """
    sirens = (siren, *around)
    if Epci.objects.filter(siren__in=sirens, fictional=True).count() < len(set(sirens)):
        message = tr("Les comptes de démonstration n'entrent que dans un territoire fictif.")
        raise WorkspaceError(message)
    with transaction.atomic():
        for one in DEMO_ACCOUNTS:
            user = give_role(one.email, siren, one.role, _structure(siren, one.structure))
            user.name = one.name
            user.set_password(one.password)
            user.save()
            for other in around if one.role is Role.HUB else ():
                give_role(one.email, other, one.role)
    return DEMO_ACCOUNTS


def _structure(siren: str, begins: str) -> str:
    """Return the first structure of a territory whose name begins so, "" where there is none."""
    rows = Structure.objects.filter(territory=siren, nom__startswith=begins) if begins else ()
    return min((row.domain_id for row in rows), default="")
