"""Signing in with a link received by e-mail: asked for once a minute at most, followed once."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.core.mail import send_mail
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from sesame.backends import ModelBackend
from sesame.utils import get_token

from maillage.kernel.language import tr
from maillage.storage.accounts.models import User, clean_address
from maillage.web.accounts.limits import LINKS, network_tries_too_much

SCOPE = "sign-in"
BACKEND = "sesame.backends.ModelBackend"
LEAST_WAIT = dt.timedelta(minutes=1)
HTTP_TOO_MANY = 429


class AddressForm(forms.Form):
    """The address to which a link is sent."""

    email = forms.EmailField(
        label=tr("Adresse électronique"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Send a link if the address has an account; the answer is the same if it has none."""
    if not settings.MAILLAGE_SENDS_MAIL:
        raise Http404
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if network_tries_too_much(LINKS, request):
            return render(request, "accounts/link_later.html", status=HTTP_TOO_MANY)
        _send(request, clean_address(form.cleaned_data["email"]))
        return render(request, "accounts/link_sent.html")
    return render(request, "accounts/ask_link.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link, once a button is pressed: readers of mail that open links use none up.

    Whoever is locked out by wrong passwords, their own or another's, still comes in this way: so
    the link is not asked of the backends that count them.
    """
    if request.method != "POST":
        return render(request, "accounts/follow_link.html")
    user = ModelBackend().authenticate(request, sesame=token, scope=SCOPE)
    if user is None:
        return render(request, "accounts/link_dead.html", status=400)
    login(request, user, backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)


def path_for(user: User) -> str:
    """Return the path of a link that signs an account in, once and for ``SESAME_MAX_AGE``."""
    return reverse("accounts:follow-link", args=[get_token(user, scope=SCOPE)])


def _send(request: HttpRequest, email: str) -> None:
    moment = timezone.now()
    rested = Q(link_sent_at=None) | Q(link_sent_at__lt=moment - LEAST_WAIT)
    to_whom = User.objects.filter(rested, email=email, is_active=True)
    if not to_whom.update(link_sent_at=moment):
        return
    user = User.objects.get(email=email)
    path = path_for(user)
    minutes = int(settings.SESAME_MAX_AGE.total_seconds() // 60)
    text = tr(
        "Bonjour,\n\nVoici votre lien de connexion. Il sert une seule fois, pendant {minutes} "
        "minutes :\n\n{link}\n\nSi vous n'avez rien demandé, ignorez ce message.\n"
    )
    told = text.format(minutes=minutes, link=request.build_absolute_uri(path))
    send_mail(tr("Votre lien de connexion"), told, None, [user.email])
