"""Signing in by the outside OpenID provider: there, back, and what is said where it fails."""

from __future__ import annotations

import logging

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from maillage.kernel.language import tr
from maillage.storage.accounts.identities import Found, NoAccountError, WhyNot, account_of, untie
from maillage.storage.accounts.models import User
from maillage.web.accounts.leaving import END_SESSION, ID_TOKEN
from maillage.web.accounts.limits import RETURNS, network_tries_too_much
from maillage.web.openid import backend
from maillage.web.openid.exchange import Arrival, address_to_sign_in, arrive
from maillage.web.openid.refusals import Refusal, RefusedError
from maillage.web.openid.told import OpenIdTold
from maillage.web.openid.travel import Travel, brought_back, forget, new_travel, take_along

log = logging.getLogger(__name__)

_NO_ACCOUNT = {
    WhyNot.NO_EMAIL: Refusal.NO_EMAIL,
    WhyNot.UNKNOWN: Refusal.UNKNOWN,
    WhyNot.CLOSED: Refusal.CLOSED,
    WhyNot.ANOTHER: Refusal.ANOTHER,
}


@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider. A link leads here, not a form: see ``leaving.leave``."""
    told = settings.MAILLAGE_OPENID
    if told is None or request.user.is_authenticated:
        return redirect("accounts:mine" if request.user.is_authenticated else "accounts:login")
    travel = new_travel(_onward(request, request.GET.get("next", "")))
    try:
        address = address_to_sign_in(told, travel, _back(request))
    except RefusedError as refused:
        return _refused(request, told, refused, travel)
    response = redirect(address)
    take_along(response, travel)
    return response


@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Sign in who comes back from the provider; whatever happens, a way serves once.

    Who is locked out by wrong passwords, their own or another's, still comes in this way.
    """
    told = settings.MAILLAGE_OPENID
    if told is None:
        return redirect("accounts:login")
    travel = brought_back(request)
    try:
        response = _enter(request, told, travel)
    except RefusedError as refused:
        response = _refused(request, told, refused, travel)
    forget(response)
    return response


@login_required
@require_POST
def detach(request: HttpRequest) -> HttpResponse:
    """Forget who an account is to the provider: it opens by the other ways alone."""
    told = settings.MAILLAGE_OPENID
    user = request.user
    if told is not None and isinstance(user, User):
        if not (user.has_usable_password() or settings.MAILLAGE_SENDS_MAIL):
            words = tr(
                "Choisissez d'abord un mot de passe : sans lui, ce compte ne s'ouvrirait plus."
            )
            messages.error(request, words)
        elif untie(user, told.issuer):
            words = tr("{name} n'ouvre plus ce compte.")
            messages.success(request, words.format(name=told.name))
    return redirect("accounts:mine")


def _enter(request: HttpRequest, told: OpenIdTold, travel: Travel | None) -> HttpResponse:
    if network_tries_too_much(RETURNS, request):
        raise RefusedError(Refusal.TOO_OFTEN)
    now = int(timezone.now().timestamp())
    query = {name: request.GET[name] for name in request.GET}
    arrival = arrive(told, travel, query, _back(request), now)
    found = _account(arrival)
    request.session.flush()  # whoever was signed in here before, or planted a session, is gone
    login(request, found.user, backend=backend.PATH)
    if arrival.end_session:
        request.session[ID_TOKEN] = arrival.id_token
        request.session[END_SESSION] = arrival.end_session
    if found.newly_tied:
        words = tr("Votre compte est désormais lié à {name}.")
        messages.success(request, words.format(name=told.name))
    onward = _onward(request, travel.onward if travel else "")
    return redirect(onward or settings.LOGIN_REDIRECT_URL)


def _account(arrival: Arrival) -> Found:
    try:
        return account_of(arrival.person)
    except NoAccountError as error:
        refusal = _NO_ACCOUNT[error.why]
        raise RefusedError(refusal, error.why.value, arrival.person.email) from error


def _refused(
    request: HttpRequest, told: OpenIdTold, refused: RefusedError, travel: Travel | None
) -> HttpResponse:
    log.warning("OpenID sign-in refused: %s %r", refused.refusal.name, refused.detail)
    title, words, advice = refused.refusal.words(told.name, refused.email)
    context = {
        "title": title,
        "told": words,
        "advice": advice,
        "name": told.name,
        "onward": _onward(request, travel.onward if travel else ""),
    }
    return render(request, "accounts/openid_refused.html", context, status=refused.refusal.status)


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("accounts:openid-return"))


def _onward(request: HttpRequest, address: str) -> str:
    """Return the page of this site that is asked for after, "" where it is none of ours."""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else ""
