"""``python -m maillage.web demo_accounts``: an account of each role, in a fictional territory."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from maillage.kernel.errors import MaillageError
from maillage.kernel.language import tr
from maillage.storage.accounts.keep import make_demo_accounts


class Command(BaseCommand):
    """Make the accounts and say their passwords."""

    help = "Crée un compte de chaque rôle dans un territoire fictif."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a territory, and those that its hub reads too."""
        parser.add_argument("siren")
        parser.add_argument("around", nargs="*")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Make them."""
        del args
        try:
            made = make_demo_accounts(options["siren"], *options["around"])
        except MaillageError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(tr("Comptes de démonstration (adresse, mot de passe) :"))
        for one in made:
            self.stdout.write(f"  {one.role.label:<24} {one.email:<32} {one.password}")
