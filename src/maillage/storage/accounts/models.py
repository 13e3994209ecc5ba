"""Accounts, known by their e-mail address, and the role of each in each territory."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

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
    """Somebody who signs in. ``link_sent_at``: when the last sign-in link left."""

    email = models.EmailField(unique=True, max_length=254)
    name = models.CharField(max_length=150, blank=True, default="")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    link_sent_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name or self.email


class Membership(models.Model):
    """The one role of somebody in a territory; ``structure_id`` is the structure of a member."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.CASCADE, related_name="memberships"
    )
    role_code = models.CharField(
        max_length=20, choices=[(role.code, role.label) for role in Role], db_column="role"
    )
    structure_id = models.CharField(max_length=100, blank=True, default="")

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


def clean_address(email: str) -> str:
    """Return an e-mail address as accounts are known by it: in lower case, without spaces."""
    return email.strip().lower()
