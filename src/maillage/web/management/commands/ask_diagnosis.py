"""``python -m maillage.web ask_diagnosis SIREN``: its diagnosis, made in the background."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from maillage.kernel.language import tr
from maillage.storage.diagnoses.keep import kept
from maillage.storage.published import stamps
from maillage.web.background import doing
from maillage.web.background.diagnosis import DIAGNOSIS
from maillage.web.reading.memory import ALIAS


class Command(BaseCommand):
    """Ask for it; a worker makes it."""

    help = "Demande le diagnostic d'un territoire au travail de fond."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a territory."""
        parser.add_argument("siren")
        parser.add_argument(
            "--stale", action="store_true", help="seulement si l'annuaire a changé depuis"
        )

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Ask."""
        del args
        siren = options["siren"]
        if siren not in stamps(ALIAS):
            raise CommandError(tr("Ce site n'a pas le territoire {siren}.").format(siren=siren))
        told = kept(siren)
        if options["stale"] and told is not None and not told.n_changes:
            self.stdout.write(tr("Le diagnostic est à jour."))
        elif doing.ask(siren, DIAGNOSIS, None):
            self.stdout.write(tr("Le diagnostic est demandé."))
        else:
            self.stdout.write(tr("Le diagnostic est déjà en cours."))
