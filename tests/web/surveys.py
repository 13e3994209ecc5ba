"""A small questionnaire and its wave, for the tests of the site."""

from __future__ import annotations

import datetime as dt

from tests.web.conftest import DEMO

from maillage.storage.survey import answers
from maillage.storage.survey.answers import Beginning, Finished, Said
from maillage.storage.survey.models import Wave
from maillage.storage.survey.waves import NewWave, Source, bring_questionnaire, open_wave
from maillage.survey.answers.model import Channel
from maillage.survey.verbatims.model import Screened

AT = dt.datetime(2026, 11, 24, 9, 15, tzinfo=dt.UTC)
SLUG = "essai-2026"
"""The wave that each territory of the tests has."""
TEXT = """| survey |
| | type | name | label | appearance | relevant |
| | select_one oui_non | aide | Avez-vous besoin d'aide ? | | |
| | integer | fois | Combien de fois par mois ? | | ${aide} = 'oui' |
| | text | mots | Avec vos mots | multiline | |
| choices |
| | list_name | name | label |
| | oui_non | oui | Oui |
| | oui_non | non | Non |
| settings |
| | form_title | form_id | version |
| | Un essai | essai | 1 |
"""
SOURCE = Source("essai", "1", "Un essai", TEXT)


def wave_made(siren: str = DEMO, slug: str = SLUG, title: str = "Essai") -> Wave:
    """Return a wave that is open to all from November 2026."""
    kept = bring_questionnaire(siren, SOURCE, AT)
    return open_wave(siren, kept, NewWave(slug, title, dt.date(2026, 11, 1), public=True))


def answer_given(wave: Wave, words: str) -> None:
    """Give a wave one answer from the web, with some words."""
    draft, _ = answers.begin(wave, Beginning(Channel.WEB), AT)
    said = (Said("mots", words, Screened(words, (), ())),)
    told = Finished({"aide": "oui", "fois": "3"}, said, "habitant", quotable=True)
    answers.finish(wave, draft.key, told, AT)
