"""« Ce que disent les réponses »: a wave counted, with how sure; its tables to take away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr
from maillage.reports.survey.estimated_files import question_shown, table_files
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.answers import answers_of
from maillage.storage.survey.models import Wave
from maillage.survey.answers.model import Answer
from maillage.survey.estimates.estimate import Asked, estimate
from maillage.survey.estimates.model import Estimated
from maillage.survey.estimates.raking_file import raking_of
from maillage.survey.estimates.words import method_words
from maillage.survey.forms.model import Form
from maillage.survey.intake.giving import table_of
from maillage.tables.write import spreadsheet_bytes
from maillage.web.asking.filling import form_of
from maillage.web.clock import parameters_on
from maillage.web.files import given
from maillage.web.here import Here
from maillage.web.in_wave import in_wave
from maillage.web.menu import menu_of


@in_wave(Right.SEE_WORK)
@require_safe
def results(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Show every question counted, how it was made first."""
    told, trouble = estimated(here, wave)
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "hearing:waves",
        "wave": wave,
        "told": told,
        "trouble": trouble,
        "method": method_words(told),
        "questions": [question_shown(one) for one in told.questions if one.n_asked],
        "findings": told.findings,
    }
    return render(request, "hearing/results.html", context)


@in_wave(Right.SEE_WORK)
@require_safe
def one_table(request: HttpRequest, here: Here, wave: Wave, table: str) -> HttpResponse:
    """Give one table of the results, for a spreadsheet."""
    del request
    told, _ = estimated(here, wave)
    content = dict(table_files(told)).get(table)
    if content is None:
        return HttpResponse(tr("Ce tableau n'a rien à dire de cette vague."), status=404)
    return given(content, f"{wave.slug}-{table}")


@in_wave(Right.CHANGE_WORK)
@require_safe
def answers_csv(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Give the answers, one a row, without words: ``maillage survey estimate`` reads them back."""
    del request, here
    columns, rows = table_of(answers_of(wave), form_of(wave))
    cells = ([row.get(column, "") for column in columns] for row in rows)
    return given(spreadsheet_bytes(columns, cells), f"{wave.slug}-reponses.csv")


def estimated(here: Here, wave: Wave) -> tuple[Estimated, str]:
    """Return what a wave tells; and why its weights are left out, "" where they are not."""
    asked, trouble = Asked(), ""
    if wave.weighting:
        try:
            asked = raking_of(wave.weighting, form_of(wave))
        except UnusableFile as error:
            trouble = str(error)
    told = _Told(wave.pk, answers_of(wave), form_of(wave), asked, here.moment.parameters.on)
    return _estimated(told), trouble


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """What a wave is counted from; the same as long as no answer is new, nor taken out."""

    wave: int
    answers: tuple[Answer, ...]
    form: Form
    asked: Asked
    on: dt.date

    def __hash__(self) -> int:
        return hash((self.wave, self.on))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Told)
            and (self.wave, self.on, self.asked) == (other.wave, other.on, other.asked)
            and [one.id for one in self.answers] == [one.id for one in other.answers]
        )


@lru_cache(maxsize=8)
def _estimated(told: _Told) -> Estimated:
    return estimate(told.answers, told.form, told.asked, parameters_on(told.on))
