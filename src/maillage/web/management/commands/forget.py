"""``python -m maillage.web forget``: what is past its time is deleted, in every territory."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.web.clock import now, parameters_on
from maillage.web.public.retention import forget


class Command(BaseCommand):
    """Delete, and say how much; saying it twice does nothing more. Made to be run every day."""

    help = "Efface les signalements d'erreur dont la durée de conservation est passée."

    def handle(self, *args: object, **options: object) -> None:
        """Delete what is past its time."""
        del args, options
        n = forget(parameters_on(now().date()), now())
        words = french.plural(n, tr("signalement effacé"), tr("signalements effacés"))
        self.stdout.write(words + ".")
