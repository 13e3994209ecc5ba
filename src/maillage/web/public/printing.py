"""The list on paper: every place that answers, the filters told in words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from maillage.web.here import Here, in_territory
from maillage.web.public.qr import qr_of
from maillage.web.reading.asked_words import asked_words
from maillage.web.reading.filters import asked_of
from maillage.web.reading.paper import on_paper


@require_safe
@in_territory()
def lieux(request: HttpRequest, here: Here) -> HttpResponse:
    """Show all the places that answer on as few sheets as they need."""
    asked = asked_of(request.GET.dict(), here.book)
    found = here.found(asked)
    query = urlencode(asked.query())
    listed = reverse("public:lieux", args=[here.siren]) + (f"?{query}" if query else "")
    address = request.build_absolute_uri(listed)
    context = {
        "here": here,
        "nav": "lieux",
        "asked": asked_words(asked),
        "found": found,
        "places": [on_paper(hit, here.moment) for hit in found.hits],
        "today": here.moment.now.date(),
        "listed": listed,
        "address": address,
        "qr": qr_of(address),
    }
    return render(request, "public/lieux_print.html", context)
