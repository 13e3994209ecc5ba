"""Public sources read again for a territory, in the background: what changed, changes alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from maillage.jobs.take_in import take_in
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress
from maillage.storage.background import jobs
from maillage.storage.territory.models import Epci
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace
from maillage.web.clock import now, parameters_on
from maillage.wiring import house
from maillage.wiring.at_hand import AtHand

REFRESH = "refresh"
"""The kind of this work."""
ALIAS = "default"
BY = tr("lecture automatique des sources")


def make_refresh(siren: str, progress: Progress) -> None:
    """Read the public sources of a territory again. Raises MaillageError; nothing is half done.

    What people decided and corrected stays: they are records and decisions of their own.
    """
    at_hand: AtHand = settings.MAILLAGE_AT_HAND
    day = now().date()
    asked = house.SourceChoice(day, at_hand.mirror, at_hand.cache, offline=False, refresh=True)
    store = DjangoWorkStore(Workspace(Path("base du site"), None, ALIAS), day, BY)
    take_in(
        siren,
        sources=house.public_sources(asked, progress),
        store=store,
        means=house.means(parameters_on(day), progress),
        on=day,
    )


def refreshes_due(parameters: Parameters) -> list[str]:
    """Return the real territories whose sources were not read again for too long.

    None where the site was not told to (``MAILLAGE_REFRESH``): it downloads.
    """
    if not settings.MAILLAGE_REFRESHES:
        return []
    days = parameters.number("background.refresh_days")
    lately = jobs.asked_since(REFRESH, timezone.now() - dt.timedelta(days=days))
    real = Epci.objects.filter(fictional=False).order_by("siren")
    return [one for one in real.values_list("siren", flat=True) if one not in lately]
