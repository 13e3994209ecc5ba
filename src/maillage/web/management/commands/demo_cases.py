"""``python -m maillage.web demo_cases``: a year of people sent to structures, all invented."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from maillage.demo.generate import DEFAULT_SEED
from maillage.demo.referrals import draw_cases, ground_of, likely_desks
from maillage.kernel.language import tr
from maillage.referrals.terms import terms_of
from maillage.storage.accounts.models import Membership
from maillage.storage.referrals.bring import bring_cases
from maillage.web.clock import now
from maillage.web.here import place_of


class Command(BaseCommand):
    """Draw the cases and keep them, unless there are cases already."""

    help = "Dessine une année de dossiers dans un territoire fictif."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a territory."""
        parser.add_argument("siren")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Keep them."""
        del args
        here = place_of(options["siren"])
        territory = here.book.territory
        if not territory.fictional:
            raise CommandError(tr("Les dossiers inventés n'entrent que dans un territoire fictif."))
        terms = terms_of(here.moment.parameters)
        desks = likely_desks(here.book.directory, _structures_of_accounts(here.siren))
        ground = ground_of(territory, here.book.directory, desks)
        bring_cases(here.siren, draw_cases(DEFAULT_SEED, ground, now(), terms), terms)


def _structures_of_accounts(siren: str) -> list[str]:
    """Return the structures of the accounts there, so that whoever tries one finds cases."""
    rows = Membership.objects.filter(territory=siren).exclude(structure_id="")
    return sorted(set(rows.values_list("structure_id", flat=True)))
