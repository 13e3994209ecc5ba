"""``python -m maillage.web grant``: a role given to somebody, as when a site begins."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from maillage.kernel.errors import MaillageError
from maillage.kernel.language import tr
from maillage.storage.accounts.keep import give_role
from maillage.storage.accounts.models import User
from maillage.storage.accounts.roles import Role, role_of
from maillage.storage.upgrade import migrate


class Command(BaseCommand):
    """Give a role, and ask for a password at the keyboard if one is wanted."""

    help = "Donne un rôle à quelqu'un dans un territoire ; crée son compte s'il n'en a pas."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an address, a territory and a role."""
        parser.add_argument("email")
        parser.add_argument("siren")
        parser.add_argument("role", choices=[role.code for role in Role])
        asked = parser.add_mutually_exclusive_group()
        asked.add_argument("--password", action="store_true", help="demande un mot de passe")
        asked.add_argument(
            "--password-stdin",
            action="store_true",
            help="lit le mot de passe sur l'entrée standard",
        )

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Give the role."""
        del args
        migrate("default")
        password = None
        if options["password_stdin"]:
            password = sys.stdin.readline().rstrip("\n")
        elif options["password"]:
            password = getpass(tr("Mot de passe : "))
        role = role_of(options["role"])
        _check_address(options["email"])
        try:
            with transaction.atomic():
                user = give_role(options["email"], options["siren"], role)
                if password is not None:
                    _set_password(user, password)
        except MaillageError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{user.email} : {role.label}")


def _check_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        message = tr("« {email} » n'est pas une adresse électronique.")
        raise CommandError(message.format(email=email)) from error


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    user.set_password(password)
    user.save()
