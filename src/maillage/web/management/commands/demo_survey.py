"""``python -m maillage.web demo_survey``: two waves of structures and residents, all invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from maillage.demo.generate import DEFAULT_SEED
from maillage.demo.survey import DemoSurvey, draw_survey
from maillage.demo.survey_coding import CODERS
from maillage.demo.survey_files import all_to_hear, margins_file
from maillage.demo.survey_waves import WAVES
from maillage.demo.survey_words import FREE, LACK, NEED
from maillage.diagnosis.heard_asked import RESIDENTS, STRUCTURES
from maillage.kernel.language import tr
from maillage.storage.accounts.keep import DEMO_ACCOUNTS
from maillage.storage.accounts.models import User
from maillage.storage.accounts.roles import Role
from maillage.storage.survey.answers import Finished, Said, bring_answers
from maillage.storage.survey.contacts import bring_events
from maillage.storage.survey.models import CodingRow, ContactRow, VerbatimRow, Wave
from maillage.storage.survey.waves import (
    NewWave,
    Source,
    bring_questionnaire,
    open_wave,
    wave_of,
)
from maillage.survey.answers.model import Answer
from maillage.survey.contacts.model import ContactEvent, Outcome
from maillage.survey.forms.shipped import shipped_form, shipped_path
from maillage.web.asking.screening import screened
from maillage.web.clock import now
from maillage.web.here import place_of
from maillage.web.reading.book import TerritoryBook

_TITLES = {STRUCTURES: "Structures, {year}", RESIDENTS: "Habitants, {year}"}


class Command(BaseCommand):
    """Keep what the fictional structures and residents said, unless they are there already."""

    help = "Met dans un territoire fictif deux vagues d'enquête, structures et habitants."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a territory."""
        parser.add_argument("siren")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Keep them."""
        del args
        here = place_of(options["siren"])
        if not here.book.territory.fictional:
            raise CommandError(tr("L'enquête inventée n'entre que dans un territoire fictif."))
        if wave_of(here.siren, _slug(STRUCTURES, WAVES[0].name)) is not None:
            return
        survey = draw_survey(DEFAULT_SEED)
        for form, answers in ((STRUCTURES, survey.structures), (RESIDENTS, survey.residents)):
            for wave in _waves(here.siren, form, survey):
                year = wave.slug.rsplit("-", 1)[1]
                if form == STRUCTURES:
                    _bring_contacts(wave, survey)
                    bring_events(wave, _events(survey, year))
                _bring(wave, [one for one in answers if one.wave == year], here.book)
                _code(wave, survey)


def _slug(form: str, name: str) -> str:
    return f"{form}-{name}"


def _waves(siren: str, form: str, survey: DemoSurvey) -> Iterator[Wave]:
    """Give the waves of a shipped questionnaire, opened."""
    shipped = shipped_form(form)
    text = shipped_path(form).read_text(encoding="utf-8")
    source = Source(form, shipped.version, shipped.title, text)
    kept = bring_questionnaire(siren, source, now())
    weighting = all_to_hear(survey) if form == STRUCTURES else margins_file(survey.weighting)
    for one in WAVES:
        told = NewWave(
            slug=_slug(form, one.name),
            title=_TITLES[form].format(year=one.name),
            starts=one.start,
            ends=one.start + dt.timedelta(days=one.n_days),
            weighting=weighting,
        )
        yield open_wave(siren, kept, told)


def _bring_contacts(wave: Wave, survey: DemoSurvey) -> None:
    ContactRow.objects.bulk_create(
        ContactRow(
            wave=wave,
            key=one.key,
            told={
                "name": one.name,
                "kind": one.kind,
                "commune": one.commune.name,
                "code_insee": one.commune.code_insee,
                "area": one.area,
            },
        )
        for one in survey.bodies
    )


def _events(survey: DemoSurvey, year: str) -> Iterator[tuple[str, ContactEvent]]:
    """Give the calls of a wave."""
    for one in survey.calls:
        outcome = Outcome.of(one.outcome)
        if one.wave == year and outcome is not None:
            yield one.body, ContactEvent(outcome, one.at)


def _bring(wave: Wave, answers: Sequence[Answer], book: TerritoryBook) -> None:
    """Keep answers, words screened; what hides nothing is read, and quoted if who spoke agreed.

    What hides something waits to be checked, as on a site where answers just came.
    """
    bring_answers(wave, [(one, _finished(one, book)) for one in answers], now(), None)
    plain = VerbatimRow.objects.filter(wave=wave).exclude(screened__contains="[")
    plain.update(read_at=now(), sealed="")
    plain.filter(quotable=True).update(quote=True)


def _finished(answer: Answer, book: TerritoryBook) -> Finished:
    words = {NEED, LACK, FREE}
    values = {name: told for name, told in answer.values.items() if name not in words}
    said = tuple(
        Said(name, str(told), screened(str(told), book))
        for name, told in answer.values.items()
        if name in words
    )
    kind = str(answer.values.get("type_structure", "habitant"))
    return Finished(values, said, kind, quotable=answer.values.get("citation_ok") == "oui")


def _code(wave: Wave, survey: DemoSurvey) -> None:
    """Put on words that were read the themes of two coders: seven in eight, one in two of these.

    The rest waits to be coded.
    """
    rows = VerbatimRow.objects.filter(wave=wave).exclude(read_at=None).select_related("answer")
    found = {(row.answer.key, row.question): row for row in rows if row.answer is not None}
    first, second = _coder(Role.COORDINATOR), _coder(Role.ADMINISTRATOR)
    at = now()
    CodingRow.objects.bulk_create(
        CodingRow(verbatim=row, theme=theme, on=True, at=at, by=first if is_first else second)
        for told in survey.codings
        if (row := found.get((told.answer, told.question))) is not None and row.number % 8
        if (is_first := told.coder == CODERS[0]) or (second is not None and row.number % 2)
        for theme in told.themes
    )


def _coder(role: Role) -> User | None:
    """Return the demo's account of a role, None where the site has none."""
    one = next(account for account in DEMO_ACCOUNTS if account.role is role)
    return User.objects.filter(email=one.email).first()
