"""Which account somebody is, whom an outside provider vouches for."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from maillage.storage.accounts.models import OpenIdentity, User, clean_address


@dataclass(frozen=True, slots=True)
class Person:
    """What a provider tells of somebody, as far as it is kept.

    ``email`` "" = not told; ``email_trusted``: the provider answers for it.
    """

    issuer: str
    subject: str
    email: str
    email_trusted: bool


class WhyNot(enum.Enum):
    """Why somebody has no account to enter."""

    NO_EMAIL = "the address is not vouched for"
    UNKNOWN = "no account has this address"
    CLOSED = "the account is closed"
    ANOTHER = "the account is somebody else's to this provider"


class NoAccountError(Exception):
    """Somebody has no account to enter, and why."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Found:
    """An account, and whether it was tied to the person just now."""

    user: User
    newly_tied: bool


def account_of(person: Person) -> Found:
    """Return the account of somebody: the one tied to them; the first time, that of their address.

    No account is ever made here. Raises NoAccountError where there is none to enter.
    """
    user = _tied_to(person)
    if user is not None:
        return Found(_open(user), newly_tied=False)
    if not person.email_trusted:
        raise NoAccountError(WhyNot.NO_EMAIL)
    user = User.objects.filter(email=clean_address(person.email)).first()
    if user is None:
        raise NoAccountError(WhyNot.UNKNOWN)
    return _tie(_open(user), person)


def issuer_is_tied(user: User, issuer: str) -> bool:
    """Say whether an account is tied to somebody of a provider."""
    return OpenIdentity.objects.filter(user=user, issuer=issuer).exists()


def untie(user: User, issuer: str) -> bool:
    """Forget who an account is to a provider; say whether there was anything to forget."""
    return OpenIdentity.objects.filter(user=user, issuer=issuer).delete()[0] > 0


def _tied_to(person: Person) -> User | None:
    found = OpenIdentity.objects.filter(issuer=person.issuer, subject=person.subject)
    one = found.select_related("user").first()
    return None if one is None else one.user


def _tie(user: User, person: Person) -> Found:
    """Tie an account to somebody; two that come at once meet at the constraints of the table."""
    try:
        with transaction.atomic():
            OpenIdentity.objects.create(user=user, issuer=person.issuer, subject=person.subject)
    except IntegrityError:
        tied = _tied_to(person)
        if tied is None:
            raise NoAccountError(WhyNot.ANOTHER) from None
        return Found(_open(tied), newly_tied=False)
    return Found(user, newly_tied=True)


def _open(user: User) -> User:
    if not user.is_active:
        raise NoAccountError(WhyNot.CLOSED)
    return user
