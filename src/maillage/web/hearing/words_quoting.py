"""« Citer »: which words may be printed, shown as they would be."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.models import Wave
from maillage.storage.survey.words_kept import say_quote
from maillage.storage.survey.words_read import Quoted, quotable_words
from maillage.web.hearing.words_page import context_of, just_done, themes_on
from maillage.web.here import Here
from maillage.web.in_wave import in_wave

PAGE = 20
_STATES: dict[str, bool | None] = {"dire": None, "oui": True, "non": False}


@never_cache
@in_wave(Right.CHANGE_WORK)
@require_safe
def quotes(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Show the words that who spoke agreed to have quoted, of a state and a theme."""
    told = quotable_words(wave, round(here.moment.parameters.number("words.least_of_kind")))
    themes = themes_on(here)
    state, theme = request.GET.get("etat", "dire"), request.GET.get("theme", "")
    state = state if state in _STATES else "dire"
    kept = [
        one for one in told if one.said is _STATES[state] and (not theme or theme in one.themes)
    ]
    counts = {name: sum(one.said is said for one in told) for name, said in _STATES.items()}
    page = Paginator(kept, PAGE).get_page(request.GET.get("page"))
    context = context_of(here, wave, "quote") | {
        "rows": page,
        "shown": [(one, _labels(one, here)) for one in page],
        "state": state,
        "theme": theme,
        "counts": counts,
        "themes": [one for one in themes.values() if any(one.code in o.themes for o in told)],
        "just": just_done(request),
    }
    return render(request, "hearing/words_quote.html", context)


@never_cache
@in_wave(Right.CHANGE_WORK)
@require_POST
def say(request: HttpRequest, here: Here, wave: Wave, number: int) -> HttpResponse:
    """Say that words may be quoted, or not, or leave it unsaid again."""
    told = request.POST.get("citer", "")
    if told not in _STATES:
        raise Http404
    if not say_quote(wave, number, quote=_STATES[told]):
        messages.info(request, tr("Cette parole ne peut plus être citée : elle n'a pas changé."))
    at = reverse("hearing:words-quote", args=[here.siren, wave.slug])
    state = request.POST.get("etat", "dire")
    theme = request.POST.get("theme", "")
    query = f"?etat={state if state in _STATES else 'dire'}"
    if theme in themes_on(here):
        query += f"&theme={theme}"
    just = "" if told == "dire" else f"&fait={number}"
    return redirect(f"{at}{query}{just}")


def _labels(one: Quoted, here: Here) -> list[str]:
    themes = themes_on(here)
    return [themes[code].label for code in one.themes if code in themes]
