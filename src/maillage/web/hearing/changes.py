"""« Ce qui a changé »: two waves of one questionnaire, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.reports.survey.changed_files import by_chance, changes_bytes, changes_shown
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.answers import answers_of
from maillage.storage.survey.models import Wave
from maillage.storage.survey.waves import waves_of
from maillage.survey.estimates.changes import Change, WaveTold, changes
from maillage.survey.estimates.estimate import policy_of
from maillage.web.files import given
from maillage.web.hearing.results import estimated
from maillage.web.here import Here
from maillage.web.in_wave import in_wave
from maillage.web.menu import menu_of


@dataclass(frozen=True, slots=True)
class Compared:
    """A wave and the one it is compared with; ``others``: those it may be, the newest first."""

    other: Wave | None
    others: tuple[Wave, ...]
    changes: tuple[Change, ...] = ()


@in_wave(Right.SEE_WORK)
@require_safe
def changed(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Show what changed since another wave, that before it where none is named."""
    told = _compared(request, here, wave)
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "hearing:waves",
        "wave": wave,
        "told": told,
        "questions": changes_shown(told.changes),
        "chance": by_chance(told.changes) if told.changes else "",
    }
    return render(request, "hearing/changes.html", context)


@in_wave(Right.SEE_WORK)
@require_safe
def changed_csv(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Give what changed, a row for each choice."""
    told = _compared(request, here, wave)
    since = "" if told.other is None else f"-depuis-{told.other.slug}"
    return given(changes_bytes(told.changes), f"{wave.slug}{since}-changements.csv")


def _compared(request: HttpRequest, here: Here, wave: Wave) -> Compared:
    """Return the comparison that was asked. Raises Http404 where it names no such wave."""
    alike = tuple(
        one
        for one in waves_of(here.siren)
        if one.pk != wave.pk and one.questionnaire.form_id == wave.questionnaire.form_id
    )
    asked = request.GET.get("avec", "")
    if asked:
        other = next((one for one in alike if one.slug == asked), None)
        if other is None:
            raise Http404
    else:
        other = next((one for one in alike if one.starts <= wave.starts), None)
    if other is None:
        return Compared(None, alike)
    first, last = sorted((wave, other), key=lambda one: (one.starts, one.pk))
    least = policy_of(here.moment.parameters).least
    sides = [WaveTold(answers_of(one), estimated(here, one)[0]) for one in (first, last)]
    return Compared(other, alike, changes(sides[0], sides[1], least))
