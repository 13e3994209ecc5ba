"""``python -m maillage.web digests``: what changed this month, to who wants it by e-mail."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.web.structure.digests import send_digests


class Command(BaseCommand):
    """Send what is due, and say how much; saying it twice sends nothing more. Made to be daily."""

    help = "Envoie, une fois par mois, ce qui a changé près de chaque structure à qui le demande."

    def handle(self, *args: object, **options: object) -> None:
        """Send what is due."""
        del args, options
        n = send_digests()
        words = french.plural(n, tr("message envoyé"), tr("messages envoyés"))
        self.stdout.write(words + ".")
