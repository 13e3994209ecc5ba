"""What was heard on the site enters the diagnosis: answers that count, words that may be quoted."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from tests.web.conftest import DEMO, OTHER
from tests.web.surveys import AT, SLUG

from maillage.diagnosis.heard import hear
from maillage.diagnosis.heard_model import Heard
from maillage.kernel.parameters import load_parameters
from maillage.storage.survey.answers import withdraw
from maillage.storage.survey.heard import hearing_of
from maillage.storage.survey.models import AnswerRow, CodingRow, VerbatimRow, Wave
from maillage.storage.survey.waves import wave_of, waves_of
from maillage.territory.fragility import score_fragility
from maillage.territory.illectronisme import fragile_people
from maillage.web.here import place_of

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 24)


def wave(slug: str) -> Wave:
    """Return a wave of the demo."""
    found = wave_of(DEMO, slug)
    assert found is not None
    return found


def heard() -> Heard:
    """Return what was heard of the demo, counted."""
    parameters = load_parameters(ON)
    territory = place_of(DEMO).book.territory
    people = fragile_people(territory, score_fragility(territory, parameters, seed=1), parameters)
    hearing = hearing_of(DEMO, 3)
    assert hearing is not None
    return hear(hearing, territory, people, parameters)


def test_the_demo_is_heard_as_its_own_diagnosis_says() -> None:
    """Two waves, 140 structures of 160 and 400 residents, weighted; the same shares as offline."""
    call_command("demo_survey", DEMO)
    call_command("demo_survey", DEMO)  # a second time changes nothing
    kept = AnswerRow.objects.filter(wave__territory=DEMO).exclude(wave__slug=SLUG)
    assert kept.count() == 1080
    found = heard()
    assert found.structures is not None
    assert found.residents is not None
    assert (found.structures.wave, found.structures.wave_before) == ("2026", "2024")
    assert (found.structures.n, found.structures.n_to_hear) == (140, 160)
    share = found.structures.share("no-answer")
    assert share is not None
    assert (share.n_yes, share.n) == (27, 140)
    assert found.residents.margins == ("age", "sexe")
    assert found.needs is not None
    assert found.structures.quotes
    assert found.residents.quotes


def test_only_words_agreed_to_twice_are_quoted() -> None:
    """Who spoke agreed and who read it said so: anything else stays where it is."""
    call_command("demo_survey", DEMO)
    hearing = hearing_of(DEMO, 3)
    assert hearing is not None
    n_before = len(hearing.from_residents)
    rows = VerbatimRow.objects.filter(wave=wave("habitants-2026"), quotable=True, quote=True)
    first, second = rows[:2]
    VerbatimRow.objects.filter(pk=first.pk).update(quote=None)
    VerbatimRow.objects.filter(pk=second.pk).update(quotable=False)
    again = hearing_of(DEMO, 3)
    assert again is not None
    assert len(again.from_residents) == n_before - 2
    texts = {one.text for one in again.from_residents}
    assert texts.isdisjoint({first.screened, second.screened})
    assert not any("[" in text or "05 36" in text for text in texts)


def test_a_theme_taken_off_stands_no_more() -> None:
    """The last word on a theme counts."""
    call_command("demo_survey", DEMO)
    row = VerbatimRow.objects.filter(wave=wave("structures-2026"), quote=True)[0]
    for coding in list(row.codings.all()):
        CodingRow.objects.create(verbatim=row, theme=coding.theme, on=False, at=AT, by=coding.by)
    hearing = hearing_of(DEMO, 3)
    assert hearing is not None
    (told,) = [one for one in hearing.from_structures if one.text == row.screened]
    assert told.themes == ()


def test_an_answer_withdrawn_counts_no_more() -> None:
    """Nor do its words."""
    call_command("demo_survey", DEMO)
    row = VerbatimRow.objects.filter(wave=wave("structures-2026"), quote=True)[0]
    assert row.answer is not None
    assert withdraw(wave("structures-2026"), row.answer.key, AT)
    found = heard().structures
    hearing = hearing_of(DEMO, 3)
    assert found is not None
    assert hearing is not None
    assert found.n == 139
    assert row.screened not in {one.text for one in hearing.from_structures}


def test_margins_that_cannot_be_read_weight_nothing() -> None:
    """A mistake in them stops no diagnosis: the chapter says that answers are not weighted."""
    call_command("demo_survey", DEMO)
    Wave.objects.filter(territory=DEMO).update(weighting="marges: [1, 2")
    found = heard().residents
    assert found is not None
    assert found.margins == ()


def test_nobody_heard_is_nothing_heard() -> None:
    """A territory that asks only questions of its own has no such chapter."""
    assert [one.slug for one in waves_of(OTHER)] == [SLUG]
    assert hearing_of(OTHER, 3) is None
