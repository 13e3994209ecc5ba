"""The places where help is found: the list with its filters in the address, and each place."""

from __future__ import annotations

from dataclasses import replace

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from maillage.standard import mednum
from maillage.web.here import Here, in_territory
from maillage.web.public.easy import address, easy_to_read, is_easy
from maillage.web.public.easy_words import chosen_words
from maillage.web.public.getting_there import geo_of, getting_there
from maillage.web.public.qr import qr_of
from maillage.web.public.tiles import tiles_told, with_tiles
from maillage.web.reading.asked_words import chosen
from maillage.web.reading.book import Place
from maillage.web.reading.cards import address_of, card_of, sheets_of
from maillage.web.reading.codes import choices
from maillage.web.reading.easy_place import easy_place
from maillage.web.reading.filters import DAYS, HALVES, Answer, Asked, Hit, asked_of
from maillage.web.reading.ways_out import to_call, town_hall, wider

PAGE = 20
"""Places on one page of the list."""
EASY_PAGE = 8
"""Places on one page of the list that is easy to read."""
_CALLS = 2
_FEW = 3  # places, under which it is said what to widen


@require_safe
@with_tiles
@easy_to_read
@in_territory()
def find(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the places that answer the filters of the address, a page at a time."""
    asked, easy = asked_of(request.GET.dict(), here.book), is_easy(request)
    found = here.found(asked)
    page = Paginator(found.hits, EASY_PAGE if easy else PAGE).get_page(request.GET.get("page"))
    common = {
        "here": here,
        "nav": "lieux",
        "easy": easy,
        "asked": asked,
        "told": asked.query(),
        "found": found,
        "page": page,
        **_ways(here, asked, found, easy=easy),
    }
    if easy:
        places = [easy_place(hit, here.moment) for hit in page]
        return render(request, "public/lieux_easy.html", {**common, "places": places})
    return render(request, "public/lieux.html", {**common, **_list(here, asked, page)})


@require_safe
@easy_to_read
@in_territory()
def show(request: HttpRequest, here: Here, lieu_id: str) -> HttpResponse:
    """Show one place: who is there, when, for whom, at what cost, how to come into contact."""
    place = here.book.place_by_id.get(lieu_id)
    if place is None:
        raise Http404
    if is_easy(request):
        told = easy_place(Hit(place, None), here.moment)
        return render(request, "public/lieu_easy.html", {"here": here, "easy": True, "one": told})
    return render(request, "public/lieu.html", _sheet(request, here, place))


def _ways(here: Here, asked: Asked, found: Answer, *, easy: bool) -> dict[str, object]:
    """Return what was asked with how to take each thing away, and where to go from here."""

    def _at(one: Asked, page: str = "lieux") -> str:
        return address(page, here.siren, one, easy=easy)

    few, anything = len(found.hits) < _FEW, bool(asked.n_filters or asked.commune)
    unsure = _at(replace(asked, unsure=True)) if found.n_untold else ""
    nearest = found if found.hits else here.found(replace(asked, unsure=True))
    return {
        "chosen": [
            (chosen_words(one, asked, easy=easy), _at(one.without)) for one in chosen(asked)
        ],
        "again": _at(asked, "steps"),
        "unsure": unsure,
        "unsure_last": unsure if few or easy else "",
        "wider": [
            (chosen_words(one.less, asked, easy=easy), one.n, _at(one.less.without))
            for one in (wider(asked, here.found) if few else ())
        ],
        "calls": to_call(nearest, _CALLS) if anything else (),
        "town_hall": town_hall(asked, here.book),
    }


def _list(here: Here, asked: Asked, page: Page[Hit]) -> dict[str, object]:
    return {
        "same": f"?{urlencode(asked.query())}" if asked.query() else "",
        "tiles": tiles_told(),
        "cards": [card_of(hit, here.moment) for hit in page],
        "fields": {
            "services": choices(mednum.Service),
            "days": tuple((day, day) for day in DAYS),
            "halves": tuple(zip(HALVES, ("le matin", "l'après-midi"), strict=True)),
            "publics": choices(mednum.PublicSpecifiquementAdresse),
            "cares": choices(mednum.PriseEnChargeSpecifique),
        },
    }


def _sheet(request: HttpRequest, here: Here, place: Place) -> dict[str, object]:
    page = request.build_absolute_uri(request.path)
    sheets = sheets_of(place, here.moment)
    leaving = request.GET.get("depart", "")
    return {
        "here": here,
        "place": place,
        "zone": here.book.commune_by_code.get(place.lieu.code_insee or ""),
        "qr": qr_of(page),
        "where": address_of(place),
        "address": page,
        "sheets": sheets,
        "step_free_told": any(sheet.accessibility for sheet in sheets),
        "geo": geo_of(place.lieu),
        "leaving": leaving,
        "ways": getting_there(here, place.lieu, leaving) if leaving else None,
    }
