"""How long a session lasts: a working day at most, and not while nobody is there."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from maillage.kernel.language import tr
from maillage.storage.accounts.models import User

BEGAN = "began"
SEEN = "seen"
SEEN_EVERY = dt.timedelta(minutes=1)
FRESH = dt.timedelta(minutes=15)
"""How long after signing in it is still sure who sits there."""


class SessionRules(AuthenticationMiddleware):
    """Django's own middleware, which closes a session that is over the first time it is asked of.

    Pages that do not ask who is there neither read the session nor keep it alive.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Let it be known who asks, as long as their session lasts."""
        super().process_request(request)
        request.user = cast("User", SimpleLazyObject(lambda: _who(request)))


def begin(sender: object, request: HttpRequest, **told: object) -> None:
    """Note when a session was opened; Django calls this whenever somebody signs in."""
    del sender, told
    request.session[BEGAN] = request.session[SEEN] = timezone.now().timestamp()


def is_fresh(request: HttpRequest) -> bool:
    """Say whether whoever is there signed in a moment ago."""
    began = float(request.session.get(BEGAN, 0))
    return timezone.now().timestamp() - began < FRESH.total_seconds()


def _who(request: HttpRequest) -> User | AnonymousUser:
    user = auth.get_user(request)
    if not isinstance(user, User):
        return AnonymousUser()
    moment = timezone.now().timestamp()
    began = request.session.setdefault(BEGAN, moment)
    seen = request.session.setdefault(SEEN, moment)
    why = _why_over(moment - began, moment - seen)
    if why:
        request.user = user
        auth.logout(request)
        messages.info(request, why, fail_silently=True)
        return AnonymousUser()
    if moment - seen > SEEN_EVERY.total_seconds():
        request.session[SEEN] = moment
    return user


def _why_over(lasted: float, idle: float) -> str:
    """Return why a session is over, "" if it is not; both in seconds."""
    if idle > settings.MAILLAGE_IDLE_MINUTES * 60:
        told = tr(
            "Votre session a pris fin après {minutes} minutes sans activité. Reconnectez-vous : ce "
            "qui n'était pas enregistré est à refaire."
        )
        return told.format(minutes=settings.MAILLAGE_IDLE_MINUTES)
    if lasted > settings.SESSION_COOKIE_AGE:
        told = tr("Votre session a pris fin : elle dure {hours} heures au plus. Reconnectez-vous.")
        return told.format(hours=settings.SESSION_COOKIE_AGE // 3600)
    return ""
