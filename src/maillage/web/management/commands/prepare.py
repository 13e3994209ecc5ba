"""``python -m maillage.web prepare``: the database of the site brought to this version."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from maillage.storage.upgrade import migrate


class Command(BaseCommand):
    """Make the tables that lack, all of them or none; saying it twice does nothing more."""

    help = "Prépare la base du site."

    def handle(self, *args: object, **options: object) -> None:
        """Apply what the database has not had yet."""
        del args, options
        migrate("default")
