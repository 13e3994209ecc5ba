"""The sheet of a commune, « Près de chez vous », and the list of all of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from maillage.web.here import Here, in_territory
from maillage.web.public.qr import qr_of
from maillage.web.reading.near_commune import sheet_of


@require_safe
@in_territory()
def choose(request: HttpRequest, here: Here) -> HttpResponse:
    """Let the reader choose a commune; one that the address names opens at once."""
    asked = request.GET.get("commune", "")
    if asked in here.book.commune_by_code:
        return redirect("public:commune", siren=here.siren, insee=asked)
    return render(request, "public/communes.html", {"here": here, "nav": "communes"})


@require_safe
@in_territory()
def show(request: HttpRequest, here: Here, insee: str) -> HttpResponse:
    """Show the sheet of a commune, made to be printed and put up."""
    zone = here.book.commune_by_code.get(insee)
    if zone is None:
        raise Http404
    address = request.build_absolute_uri(request.path)
    context = {
        "here": here,
        "nav": "communes",
        "sheet": sheet_of(here.book, zone, here.moment),
        "today": here.moment.now.date(),
        "address": address,
        "qr": qr_of(address),
    }
    return render(request, "public/commune.html", context)
