"""The first pages: which territory, then what one can find there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from maillage.standard import mednum
from maillage.storage.accounts.door import territories_of
from maillage.web.here import Here, in_territory
from maillage.web.public.needs import cards_told
from maillage.web.reading.memory import shelf


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Let the reader choose among the territories that are open to them; go to the only one."""
    own = {access.siren for access in territories_of(request.user)}
    every = shelf.stamps().values()
    stamps = tuple(one for one in every if not one.settings.closed or one.siren in own)
    if len(stamps) == 1:
        return redirect("public:territory", siren=stamps[0].siren)
    return render(request, "public/choose.html", {"stamps": stamps})


@require_safe
@in_territory()
def territory(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the home of a territory."""
    told = {kind for place in here.book.places for kind in place.services}
    context = {
        "here": here,
        "needs": cards_told(here.book),
        "n_places": here.book.n_inside,
        "n_communes": len(here.book.communes),
        "n_services": len(told & set(mednum.Service)),
    }
    return render(request, "public/territory.html", context)
