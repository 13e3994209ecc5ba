"""Campaign links: a signed address opens the page of one structure, without an account.

The address is followed once, then leads to one that holds no secret: what it opened stands in a
signed cookie of these pages. Each page asks the database again whether the link still opens.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maillage.storage.structures.links import link_alive, link_told, note_used
from maillage.storage.structures.models import CampaignLink
from maillage.web.clock import now, parameters_on

_BROWSER = "maillage.web.structure.browser"
COOKIE = "maillage_structure"
HTTP_GONE = 410


def link_of(request: HttpRequest, siren: str) -> CampaignLink | None:
    """Return the link that this browser followed, as long as it opens something here."""
    told = request.COOKIES.get(COOKIE, "")
    if not told:
        return None
    hours = parameters_on(_today()).number("structures.visit_hours")
    try:
        where, number = signing.loads(told, salt=_BROWSER, max_age=int(hours * 3600))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return link_alive(siren, int(number), _today()) if where == siren else None


@never_cache
@require_safe
def follow(request: HttpRequest, siren: str, token: str) -> HttpResponse:
    """Let this browser keep the page of a structure; an address without secret comes next."""
    del request
    link = link_told(siren, token, _today())
    if link is None:
        # an address that holds a link is never an error: errors are written in logs
        return redirect("structure:dead", siren=siren)
    note_used(link, _today())
    response = redirect("structure:home", siren=siren)
    hours = parameters_on(_today()).number("structures.visit_hours")
    response.set_cookie(
        COOKIE,
        signing.dumps([siren, link.pk], salt=_BROWSER),
        max_age=int(hours * 3600),
        path=_path(siren),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return response


@never_cache
@require_safe
def dead(request: HttpRequest, siren: str) -> HttpResponse:
    """Say that a link opens nothing, and what to do; nothing of the territory is told."""
    del siren
    return render(request, "structure/dead_link.html", status=HTTP_GONE)


@require_POST
def leave(request: HttpRequest, siren: str) -> HttpResponse:
    """Forget in this browser the link that it followed."""
    del request
    response = redirect("public:territory", siren=siren)
    response.delete_cookie(COOKIE, path=_path(siren))
    return response


def _path(siren: str) -> str:
    return reverse("structure:home", args=[siren])


def _today() -> dt.date:
    return now().date()
