"""``python -m maillage.web export_cases``: the cases of a territory for analysts, told as JSON."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from maillage.referrals.counting import figures_of, is_within
from maillage.referrals.figures import Asked
from maillage.reports.referrals.cases_csv import cases_csv
from maillage.reports.referrals.figures_json import figures_json
from maillage.storage.directory.models import Structure
from maillage.storage.referrals.keep import ALIAS, load_cases
from maillage.storage.upgrade import migrate
from maillage.web.clock import now, parameters_on


class Command(BaseCommand):
    """Say the rows of a CSV file, and the figures of the same cases."""

    help = "Donne les dossiers d'un territoire, sans identité, et leurs chiffres."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a territory, the days of opening, both included, and that of the parameters."""
        parser.add_argument("siren")
        for day in ("since", "until", "on"):
            parser.add_argument(f"--{day}", type=dt.date.fromisoformat, required=True)

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Say them."""
        del args
        migrate(ALIAS)
        siren = options["siren"]
        least = int(parameters_on(options["on"]).number("referrals.least_shown"))
        asked = Asked(options["since"], options["until"], now(), least)
        rows = Structure.objects.filter(territory=siren).values_list("domain_id", "nom")
        names = dict(rows)
        cases = load_cases(ALIAS, siren)
        told = cases_csv([case for case in cases if is_within(case, asked)], names, least)
        result = figures_json(figures_of(cases, asked), names)
        self.stdout.write(json.dumps({"csv": told.decode(), "result": result}))
