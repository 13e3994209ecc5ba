"""``python -m maillage.web accounts``: who has a role, and where."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from maillage.storage.accounts.keep import everybody
from maillage.storage.upgrade import migrate


class Command(BaseCommand):
    """Say each account and its role in each territory, in the order of the addresses."""

    help = "Dit qui a un compte, et quel rôle."

    def handle(self, *args: object, **options: object) -> None:
        """List them."""
        del args, options
        migrate("default")
        for one in everybody():
            self.stdout.write(f"{one.user.email:<40} {one.territory_id}  {one.role.label}")
