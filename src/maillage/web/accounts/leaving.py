"""Signing out: of this site, and of the outside provider by which one came in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from maillage.web.openid.exchange import address_to_sign_out
from maillage.web.openid.travel import brought_back, forget, new_travel, take_along

ID_TOKEN = "openid_id_token"  # noqa: S105 - the name of what the session holds
END_SESSION = "openid_end_session"


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the session; whoever came by the outside provider is taken there to close that too.

    The page leads there by itself rather than redirect: browsers hold what a form leads to, to the
    end, to ``form-action``, and where the provider leads further nobody can tell.
    """
    token, end = request.session.get(ID_TOKEN), request.session.get(END_SESSION)
    logout(request)
    if not token or not end or settings.MAILLAGE_OPENID is None:
        return redirect(settings.LOGOUT_REDIRECT_URL)
    travel = new_travel()
    back = request.build_absolute_uri(reverse("accounts:openid-left"))
    onward = address_to_sign_out(end, token, travel.state, back)
    context = {"onward": onward, "name": settings.MAILLAGE_OPENID.name}
    response = render(request, "accounts/openid_leaving.html", context)
    take_along(response, travel)
    return response


@never_cache
@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """Say that both sessions are closed, to who comes back from there; else show the home."""
    travel = brought_back(request)
    known = travel is not None and travel.comes_back_with(request.GET.get("state", ""))
    if not known or request.user.is_authenticated or settings.MAILLAGE_OPENID is None:
        return redirect(settings.LOGOUT_REDIRECT_URL)
    response = render(request, "accounts/openid_left.html", {"name": settings.MAILLAGE_OPENID.name})
    forget(response)
    return response
