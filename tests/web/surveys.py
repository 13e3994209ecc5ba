"""A small questionnaire and its wave, for the tests of the site."""

from __future__ import annotations

import datetime as dt

from tests.web.conftest import DEMO

from maillage.storage.survey.models import Wave
from maillage.storage.survey.waves import NewWave, Source, bring_questionnaire, open_wave

AT = dt.datetime(2026, 11, 24, 9, 15, tzinfo=dt.UTC)
SOURCE = Source("essai", "1", "Un essai", "| survey |\n| | type | name | label |\n")


def wave_made(siren: str = DEMO, slug: str = "essai-2026", title: str = "Essai") -> Wave:
    """Return a wave that is open from November 2026."""
    kept = bring_questionnaire(siren, SOURCE, AT)
    return open_wave(siren, kept, NewWave(slug, title, dt.date(2026, 11, 1)))
