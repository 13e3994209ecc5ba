"""``python -m maillage.web make_diagnosis SIREN``: its diagnosis, made here and now."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.crypto import get_random_string

from maillage.kernel.language import tr
from maillage.storage.background import jobs
from maillage.storage.diagnoses.keep import kept
from maillage.web.background import doing
from maillage.web.background.diagnosis import DIAGNOSIS
from maillage.web.background.loop import task_worker


class Command(BaseCommand):
    """Ask for it, do what waits, and say how it ended. Nothing is done if it is up to date."""

    help = "Fait le diagnostic d'un territoire, sans attendre le travail de fond."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a territory."""
        parser.add_argument("siren")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Make it."""
        del args
        siren = options["siren"]
        told = kept(siren)
        if told is not None and not told.n_changes:
            self.stdout.write(tr("Le diagnostic est à jour."))
            return
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # it speaks English
        doing.ask(siren, DIAGNOSIS, None)
        task_worker(get_random_string(32)).run()
        job = jobs.last(siren, DIAGNOSIS, timezone.now())
        if job is not None and job.trouble:
            raise CommandError(job.trouble)
        self.stdout.write(tr("Le diagnostic est fait."))
