"""``python -m maillage.web link E-MAIL``: a link that signs somebody in once, without mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from maillage.kernel.language import tr
from maillage.storage.accounts.models import User, clean_address
from maillage.web.accounts.link import path_for


class Command(BaseCommand):
    """Say the path of a link and the minutes that it lives, on two lines."""

    help = "Donne un lien de connexion à quelqu'un qui a un compte, sans courriel."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an address."""
        parser.add_argument("email")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Say it."""
        del args
        email = clean_address(options["email"])
        user = User.objects.filter(email=email, is_active=True).first()
        if user is None:
            message = tr(
                "« {email} » n'a pas de compte : « maillage accounts give » lui en donne un."
            )
            raise CommandError(message.format(email=email))
        self.stdout.write(path_for(user))
        self.stdout.write(str(int(settings.SESAME_MAX_AGE.total_seconds() // 60)))
