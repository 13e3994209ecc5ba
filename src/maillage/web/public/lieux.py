"""The places where help is found: the list with its filters in the address, and each place."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from maillage.standard import mednum
from maillage.web.here import Here, in_territory
from maillage.web.public.qr import qr_of
from maillage.web.public.tiles import tiles_told, with_tiles
from maillage.web.reading.cards import address_of, card_of, sheets_of
from maillage.web.reading.codes import choices
from maillage.web.reading.filters import DAYS, answer, asked_of

PAGE = 20
"""Places on one page of the list."""


@require_safe
@with_tiles
@in_territory()
def find(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the places that answer the filters of the address, a page at a time."""
    asked = asked_of(request.GET.dict(), here.book)
    found = answer(asked, here.book)
    page = Paginator(found.hits, PAGE).get_page(request.GET.get("page"))
    context = {
        "here": here,
        "nav": "lieux",
        "asked": asked,
        "told": asked.query(),
        "same": f"?{urlencode(asked.query())}" if asked.query() else "",
        "folded_asked": asked.n_filters > (asked.service is not None),
        "found": found,
        "tiles": tiles_told(),
        "page": page,
        "cards": [card_of(hit, here.moment) for hit in page],
        "fields": {
            "services": choices(mednum.Service),
            "days": tuple((day, day) for day in DAYS),
            "publics": choices(mednum.PublicSpecifiquementAdresse),
            "cares": choices(mednum.PriseEnChargeSpecifique),
        },
    }
    return render(request, "public/lieux.html", context)


@require_safe
@in_territory()
def show(request: HttpRequest, here: Here, lieu_id: str) -> HttpResponse:
    """Show one place: who is there, when, for whom, at what cost, how to come into contact."""
    place = here.book.place_by_id.get(lieu_id)
    if place is None:
        raise Http404
    page = request.build_absolute_uri(request.path)
    context = {
        "here": here,
        "place": place,
        "zone": here.book.commune_by_code.get(place.lieu.code_insee or ""),
        "qr": qr_of(page),
        "where": address_of(place),
        "address": page,
        "sheets": sheets_of(place, here.moment),
    }
    return render(request, "public/lieu.html", context)
