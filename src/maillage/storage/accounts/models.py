"""Accounts, known by their e-mail address, and the role of each in each territory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from maillage.storage.accounts.roles import Role, role_of


class UserManager(BaseUserManager["User"]):
    """Accounts are made here, so that one address is never two accounts."""

    def create_user(self, email: str, password: str | None = None, name: str = "") -> User:
        """Make an account; without a password it is opened by e-mail alone."""
        user = self.model(email=clean_address(email), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the account of an address, however it is spelt."""
        return self.get(email=clean_address(username or ""))


class User(AbstractBaseUser):
    """Somebody who signs in. ``link_sent_at``: when the last sign-in link left.

    ``n_closings``: how often all sessions but one were closed; those of before are dead.
    """

    email = models.EmailField(unique=True, max_length=254)
    name = models.CharField(max_length=150, blank=True, default="")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    link_sent_at = models.DateTimeField(null=True)
    n_closings = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    def get_session_auth_hash(self) -> str:
        """Return what a session of this account holds to stay open."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Return the same under the secrets of before."""
        return (self._session_hash(secret) for secret in settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str | bytes | None) -> str:
        held = f"{self.n_closings}:{self.password}"
        return salted_hmac("maillage.session", held, secret=secret, algorithm="sha256").hexdigest()


class Membership(models.Model):
    """The one role of somebody in a territory; ``structure_id`` is the structure of a member.

    ``seen_on`` is the first day of the month in which they last came into the territory.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.CASCADE, related_name="memberships"
    )
    role_code = models.CharField(
        max_length=20, choices=[(role.code, role.label) for role in Role], db_column="role"
    )
    structure_id = models.CharField(max_length=100, blank=True, default="")
    seen_on = models.DateField(null=True)

    class Meta:
        """What the database itself holds to."""

        constraints = [
            models.UniqueConstraint(fields=["user", "territory"], name="one_role_by_territory")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role.label} · {self.territory_id}"

    @property
    def role(self) -> Role:
        """The role itself."""
        return role_of(self.role_code)


class RoleChange(models.Model):
    """A role given, changed or withdrawn in a territory: to whom, by whom, and when.

    ``before`` and ``after`` are codes of roles, "" where there was, or is, none. ``by`` None: by
    the command line, or by an account that is no more. It goes with the account that it is about.
    """

    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.CASCADE, related_name="role_changes"
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_changes")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    before = models.CharField(max_length=20, blank=True, default="")
    after = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        """The newest first."""

        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} · {self.before} → {self.after}"


class OpenIdentity(models.Model):
    """Who an account is to an outside provider: an issuer, and its word for the person."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="openids")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    tied_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One account for a subject, one subject of an issuer for an account."""

        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_by_subject"),
            models.UniqueConstraint(fields=["user", "issuer"], name="one_subject_by_account"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.issuer}"


class Tries(models.Model):
    """How often something was tried in a stretch of time. ``who`` is a fingerprint, not a name."""

    what = models.CharField(max_length=20)
    who = models.CharField(max_length=64)
    stretch = models.BigIntegerField()
    n = models.PositiveIntegerField(default=1)

    class Meta:
        """One count of each."""

        constraints = [
            models.UniqueConstraint(fields=["what", "who", "stretch"], name="one_count_by_stretch")
        ]

    def __str__(self) -> str:
        return f"{self.what} · {self.n}"


def clean_address(email: str) -> str:
    """Return an e-mail address as accounts are known by it: in lower case, without spaces."""
    return email.strip().lower()
