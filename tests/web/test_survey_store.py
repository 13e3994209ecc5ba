"""Answers as the site keeps them: sealed until done, taken up again, counted once."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.web.conftest import DEMO, OTHER
from tests.web.surveys import AT, SOURCE
from tests.web.surveys import wave_made as made

from maillage.storage.sealing import REFERRALS, SURVEY, opened, seal
from maillage.storage.survey import answers
from maillage.storage.survey.answers import Beginning, Finished, Overtaken, Said
from maillage.storage.survey.models import AnswerRow, VerbatimRow, Wave
from maillage.storage.survey.waves import (
    NewWave,
    NoWaveError,
    Source,
    bring_questionnaire,
    is_open,
    open_wave,
    wave_of,
    waves_of,
)
from maillage.survey.answers.model import Answer, Channel
from maillage.survey.verbatims.screen import screen

pytestmark = pytest.mark.django_db

SLUG = "vague-2026"
WEB = Beginning(Channel.WEB)
SAID = "Josiane Lefebvre habite au 12"
LATER = AT + dt.timedelta(minutes=5)


def wave_made(siren: str = DEMO) -> Wave:
    """Return a wave without answers."""
    return made(siren, SLUG)


def test_a_version_of_a_questionnaire_never_changes() -> None:
    """The same text is kept once; another text under the same version is refused, in words."""
    first = bring_questionnaire(DEMO, SOURCE, AT)
    assert bring_questionnaire(DEMO, SOURCE, LATER) == first
    with pytest.raises(NoWaveError, match="« 1 »"):
        bring_questionnaire(DEMO, Source("essai", "1", "Un essai", "autre"), AT)
    assert bring_questionnaire(DEMO, Source("essai", "2", "Un essai", "autre"), AT) != first


def test_a_wave_is_found_by_its_slug_in_its_territory_alone() -> None:
    """Two territories may use one slug; one territory, once."""
    wave, other = wave_made(), wave_made(OTHER)
    assert wave_of(DEMO, SLUG) == wave != other
    assert [one.slug for one in waves_of(DEMO)] == [SLUG, "essai-2026"]
    with pytest.raises(NoWaveError, match=SLUG):
        open_wave(DEMO, wave.questionnaire, NewWave(SLUG, "Autre", AT.date()))


@pytest.mark.parametrize(
    ("day", "taken"), [("2026-10-31", False), ("2026-11-01", True), ("2026-12-31", True)]
)
def test_a_wave_takes_answers_on_its_days(day: str, taken: bool) -> None:
    """Its first and its last day are among them."""
    wave = wave_made()
    wave.ends = dt.date(2026, 12, 31)
    assert is_open(wave, dt.date.fromisoformat(day)) is taken
    assert not is_open(wave, dt.date(2027, 1, 1))


def test_what_is_being_filled_is_sealed_and_taken_up_again_by_its_code_alone() -> None:
    """No column holds a word of it; the code, however it is written, brings all of it back."""
    wave = wave_made()
    draft, code = answers.begin(wave, WEB, AT)
    rows = ({"structure_liee": "CCAS", "lien": "connait"}, {"structure_liee": "Maison"})
    kept = answers.keep(draft, {"mots": SAID, "liens": rows}, {"mots": "hésite"}, LATER)
    row = AnswerRow.objects.get(wave=wave)
    assert SAID not in repr(row.__dict__) and code not in repr(row.__dict__)
    typed = f" {code[:4]}-{code[4:8]}-{code[8:]} ".lower()
    assert answers.draft_of(wave, typed) == kept == answers.draft_by_key(wave, draft.key)
    assert kept.values["liens"] == rows and kept.notes == {"mots": "hésite"}
    assert answers.draft_of(wave, "A" * 12) is None
    assert answers.draft_of(wave_made(OTHER), code) is None


def test_an_older_page_never_undoes_a_newer_one() -> None:
    """Two pages open at once: the older is told what is kept."""
    wave = wave_made()
    old, _ = answers.begin(wave, WEB, AT)
    new = answers.keep(old, {"age": "45_59"}, {}, AT)
    assert answers.keep(old, {"age": "45_59"}, {}, LATER) == new
    with pytest.raises(Overtaken) as told:
        answers.keep(old, {"age": "18_29"}, {}, LATER)
    assert told.value.draft.values == {"age": "45_59"}
    again = answers.keep(new, {"age": "18_29"}, {}, LATER)
    assert (again.revision, again.values) == (2, {"age": "18_29"})


def _finished() -> Finished:
    said = (
        Said("mots", SAID, screen(SAID)),
        Said("age", "il a hésité", screen("il a hésité"), is_note=True),
    )
    return Finished({"age": "45_59"}, said, "habitant", quotable=True)


def test_done_an_answer_counts_once_and_its_words_stay_sealed_beside_the_screened() -> None:
    """Sent twice it is one; its code opens nothing more; a note is never to be quoted."""
    wave = wave_made()
    draft, code = answers.begin(wave, WEB, AT)
    assert answers.finish(wave, draft.key, _finished(), LATER)
    assert not answers.finish(wave, draft.key, _finished(), LATER)
    assert answers.draft_of(wave, code) is None
    (one,) = answers.answers_of(wave)
    assert one == Answer(
        draft.key, "essai", "1", SLUG, Channel.WEB, {"age": "45_59"}, None, AT, LATER
    )
    words = list(VerbatimRow.objects.filter(wave=wave))
    assert [(row.number, row.quotable, row.is_note) for row in words] == [
        (1, True, False),
        (2, False, True),
    ]
    assert SAID not in repr([row.__dict__ for row in words])
    assert opened(words[0].sealed, SURVEY)["text"] == SAID


def test_what_one_part_of_the_site_sealed_another_does_not_open() -> None:
    """The keys of cases and of surveys are not the same."""
    assert "text" not in opened(seal({"text": "a"}, SURVEY), REFERRALS)
    assert opened(seal({"text": "a"}, SURVEY), SURVEY) == {"text": "a"}


def test_answers_brought_twice_are_kept_once() -> None:
    """A file imported again adds the new ones alone."""
    wave = wave_made()
    one = Answer("uuid-1", "essai", "1", "x", Channel.IMPORT, {}, None, AT, LATER)
    two = Answer("uuid-2", "essai", "1", "x", Channel.PAPER, {}, "ccas-1", None, None)
    told = Finished({"age": "45_59"})
    assert answers.bring_answers(wave, [(one, told), (one, told)], AT, None) == 1
    assert answers.bring_answers(wave, [(one, told), (two, told)], AT, None) == 1
    assert [each.contact for each in answers.answers_of(wave)] == [None, "ccas-1"]


def test_an_answer_withdrawn_counts_no_more() -> None:
    """Withdrawn once; an answer that is not done is not withdrawn."""
    wave = wave_made()
    draft, _ = answers.begin(wave, WEB, AT)
    assert not answers.withdraw(wave, draft.key, LATER)
    answers.finish(wave, draft.key, _finished(), LATER)
    assert answers.withdraw(wave, draft.key, LATER)
    assert not answers.withdraw(wave, draft.key, LATER)
    assert answers.answers_of(wave) == ()


def test_answers_left_too_long_are_dropped_those_done_are_not() -> None:
    """Only what nobody finished goes."""
    wave = wave_made()
    done, _ = answers.begin(wave, WEB, AT)
    answers.finish(wave, done.key, _finished(), AT)
    answers.begin(wave, WEB, AT)
    fresh, _ = answers.begin(wave, Beginning(Channel.PHONE, "ccas-1"), LATER)
    assert answers.drop_left(LATER) == 1
    assert answers.draft_of_contact(wave, "ccas-1") == fresh
    assert answers.draft_of_contact(wave, "ccas-2") is None
