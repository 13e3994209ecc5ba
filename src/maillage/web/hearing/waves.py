"""« Enquêtes »: the waves of a territory, and how far each is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.storage.accounts.roles import Right
from maillage.storage.survey.models import Wave
from maillage.storage.survey.overview import HowFar, by_channel, how_far
from maillage.storage.survey.waves import is_open, waves_of
from maillage.storage.survey.words_kept import words_left
from maillage.ties.from_answers import OTHER
from maillage.web.asking.filling import form_of
from maillage.web.hearing.words_page import tabs
from maillage.web.here import Here, in_territory
from maillage.web.in_wave import in_wave
from maillage.web.menu import menu_of


@dataclass(frozen=True, slots=True)
class WaveShown:
    """A wave, how far it is, and whether it takes answers today."""

    wave: Wave
    far: HowFar
    is_open: bool


def shown(here: Here, *waves: Wave) -> list[WaveShown]:
    """Return waves with how far they are."""
    far, today = how_far(waves), here.moment.now.date()
    return [WaveShown(wave, far[wave.pk], is_open(wave, today)) for wave in waves]


@in_territory(Right.SEE_WORK)
@require_safe
def waves(request: HttpRequest, here: Here) -> HttpResponse:
    """Show every wave, the newest first."""
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "hearing:waves",
        "waves": shown(here, *waves_of(here.siren)),
    }
    return render(request, "hearing/waves.html", context)


@in_wave(Right.SEE_WORK)
@require_safe
def show(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Show how far one wave is, and what can be done of it."""
    (one,) = shown(here, wave)
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "hearing:waves",
        "one": one,
        "wave": wave,
        "asks_ties": form_of(wave).question(OTHER) is not None,
        "channels": by_channel(wave),
        "words": tabs(here, wave, words_left(wave)),
        "public_address": request.build_absolute_uri(
            reverse("asking:welcome", args=[here.siren, wave.slug])
        ),
    }
    return render(request, "hearing/wave.html", context)
