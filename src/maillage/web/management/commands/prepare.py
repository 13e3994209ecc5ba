"""``python -m maillage.web prepare``: the database of the site brought to this version."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from maillage.kernel.errors import WorkspaceError
from maillage.storage.upgrade import migrate, refuse_newer


class Command(BaseCommand):
    """Make the tables that lack, all of them or none; saying it twice does nothing more."""

    help = "Prépare la base du site."

    def handle(self, *args: object, **options: object) -> None:
        """Apply what the database has not had yet; refuse one that a newer version made."""
        del args, options
        try:
            refuse_newer("default", Path(str(connection.settings_dict["NAME"])))
        except WorkspaceError as error:
            raise CommandError(str(error)) from error
        migrate("default")
