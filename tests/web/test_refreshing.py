"""Public sources read again by themselves: when, for whom, and what stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.web.conftest import DEMO, ON, OTHER

from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.storage.background.models import Job
from maillage.storage.territory.models import Epci
from maillage.web.background.refreshing import REFRESH, make_refresh, refreshes_due
from maillage.web.coordinator.workbench import store_of
from maillage.web.schedule import on_time
from maillage.wiring.at_hand import AtHand

PARAMETERS = load_parameters(ON)
CABBALR = "200072460"
pytestmark = pytest.mark.django_db


def test_nothing_is_downloaded_unless_told_to(settings: Settings) -> None:
    """A site that was not told to reads nothing again, nor does a fictional territory ever."""
    Epci.objects.filter(siren=OTHER).update(fictional=False)
    assert refreshes_due(PARAMETERS) == []
    settings.MAILLAGE_REFRESHES = True
    assert refreshes_due(PARAMETERS) == [OTHER]


def test_sources_are_asked_for_once_a_month(settings: Settings) -> None:
    """Asked once, a territory waits for a month, whether the work went well or not."""
    settings.MAILLAGE_REFRESHES = True
    Epci.objects.filter(siren=OTHER).update(fictional=False)
    for _ in range(3):
        on_time()
    (job,) = Job.objects.filter(kind=REFRESH)
    assert job.territory_id == OTHER
    Job.objects.filter(pk=job.pk).update(ended_at=timezone.now())
    assert refreshes_due(PARAMETERS) == []
    Job.objects.filter(pk=job.pk).update(asked_at=timezone.now() - dt.timedelta(days=31))
    assert refreshes_due(PARAMETERS) == [OTHER]
    assert not Job.objects.filter(kind=REFRESH, territory=DEMO).exists()


@pytest.mark.full
def test_a_real_territory_read_twice_is_the_same(
    settings: Settings, tmp_path: Path, mirror: Path, exact_keys: None
) -> None:
    """Read from nothing, then again: not one line more in the journal, for nothing changed."""
    settings.MAILLAGE_AT_HAND = AtHand(None, mirror, tmp_path)
    make_refresh(CABBALR, Silent())
    first = store_of("", ON).load(CABBALR)
    assert len(first.directory.lieux) > 100
    make_refresh(CABBALR, Silent())
    assert store_of("", ON).load(CABBALR).directory == first.directory
