"""``python -m maillage.web keep_landmarks SIREN < LINES``: the lines of a territory's map."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from maillage.kernel.errors import MaillageError
from maillage.storage.landmarks.keep import keep_lines


class Command(BaseCommand):
    """Keep what is read on the standard input."""

    help = "Garde les lignes de la carte d'un territoire (GeoJSON sur l'entrée standard)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a territory."""
        parser.add_argument("siren")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Keep them."""
        del args
        try:
            keep_lines(options["siren"], sys.stdin.buffer.read())
        except MaillageError as error:
            raise CommandError(str(error)) from error
