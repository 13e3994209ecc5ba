"""``python -m maillage.web grant``: a role given to somebody, as when a site begins."""

from __future__ import annotations

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from maillage.kernel.errors import MaillageError
from maillage.kernel.language import tr
from maillage.storage.accounts.keep import give_role
from maillage.storage.accounts.models import User
from maillage.storage.accounts.roles import Role, role_of


class Command(BaseCommand):
    """Give a role, and ask for a password at the keyboard if one is wanted."""

    help = "Donne un rôle à quelqu'un dans un territoire ; crée son compte s'il n'en a pas."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an address, a territory and a role."""
        parser.add_argument("email")
        parser.add_argument("siren")
        parser.add_argument("role", choices=[role.code for role in Role])
        parser.add_argument("--password", action="store_true", help="demande un mot de passe")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Give the role."""
        del args
        try:
            user = give_role(options["email"], options["siren"], role_of(options["role"]))
        except MaillageError as error:
            raise CommandError(str(error)) from error
        if options["password"]:
            _ask_password(user)
        self.stdout.write(f"{user.email} : {role_of(options['role']).label}")


def _ask_password(user: User) -> None:
    password = getpass(tr("Mot de passe : "))
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    user.set_password(password)
    user.save()
