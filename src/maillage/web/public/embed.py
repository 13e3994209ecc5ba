"""The list in a frame of another site, and the page that tells how to put it there."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from csp.decorators import csp_replace
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from maillage.standard import mednum
from maillage.web.headers import DAY, kept
from maillage.web.here import Here, in_territory, public_here
from maillage.web.public.accent import accent_css, is_colour
from maillage.web.reading.asked_words import asked_words
from maillage.web.reading.cards import card_of
from maillage.web.reading.codes import choices
from maillage.web.reading.filters import asked_of

Framed = Callable[[HttpRequest, str], HttpResponse]

PAGE = 10
"""Places on one page of the frame."""
ANYBODY = "*"
OWN = "14505c"
"""The accent of this site, where neither the reader nor the territory chose one."""

_framed_by_anybody = cast("Callable[[Framed], Framed]", csp_replace({"frame-ancestors": [ANYBODY]}))


@require_safe
@in_territory()
def explain(request: HttpRequest, here: Here) -> HttpResponse:
    """Tell how to put the list in another site, with the code for what was chosen."""
    asked = asked_of(request.GET.dict(), here.book)
    colour = _colour(request)
    query = {**asked.query(), **({"couleur": colour} if colour else {})}
    frame = reverse("public:frame", args=[here.siren]) + (f"?{urlencode(query)}" if query else "")
    context = {
        "here": here,
        "told": asked.query(),
        "colour": f"#{colour or here.settings.accent or OWN}",
        "frame": frame,
        "address": request.build_absolute_uri(frame),
        "services": choices(mednum.Service),
    }
    return render(request, "public/embed.html", context)


@require_safe
@xframe_options_exempt
@_framed_by_anybody
def frame(request: HttpRequest, siren: str) -> HttpResponse:
    """Show the list in the frame of any site: what is there is public, nobody is known there."""
    here = public_here(siren)
    asked = asked_of(request.GET.dict(), here.book)
    found = here.found(asked)
    page = Paginator(found.hits, PAGE).get_page(request.GET.get("page"))
    context = {
        "here": here,
        "told": asked.query(),
        "asked_words": asked_words(asked),
        "colour": _colour(request),
        "accent": _colour(request) or here.settings.accent,
        "found": found,
        "page": page,
        "cards": [card_of(hit, here.moment) for hit in page],
        "services": choices(mednum.Service),
        "whole": urlencode(asked.query()),
    }
    return render(request, "public/frame.html", context)


@require_safe
def colours(request: HttpRequest, siren: str, couleur: str) -> HttpResponse:
    """Give the style sheet that puts a colour in: that of a territory, or of another site."""
    del siren
    if not is_colour(couleur):
        raise Http404
    answer = HttpResponse(accent_css(couleur), content_type="text/css; charset=utf-8")
    return kept(request, answer, DAY)


def _colour(request: HttpRequest) -> str:
    told = request.GET.get("couleur", "").removeprefix("#").lower()
    return told if is_colour(told) else ""
