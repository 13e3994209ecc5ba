"""What an account is told of itself: its territories, its role in each, and how it is opened."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maillage.kernel.language import tr
from maillage.storage.accounts.door import territories_of
from maillage.storage.accounts.identities import issuer_is_tied
from maillage.storage.accounts.models import User
from maillage.storage.accounts.roles import Right


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Show the territories of an account, and by what it opens."""
    user, openid = request.user, settings.MAILLAGE_OPENID
    accesses = territories_of(user)
    context = {
        "accesses": accesses,
        "n_followed": sum(access.may(Right.SEE_WORK) for access in accesses),
        "tied": openid is not None
        and isinstance(user, User)
        and issuer_is_tied(user, openid.issuer),
        "idle_minutes": settings.MAILLAGE_IDLE_MINUTES,
        "hours": settings.SESSION_COOKIE_AGE // 3600,
        "nav": "mine",
    }
    return render(request, "accounts/mine.html", context)


@login_required
@require_POST
def close_others(request: HttpRequest) -> HttpResponse:
    """Close every session of the account but this one, wherever it is open."""
    user = request.user
    if isinstance(user, User):
        User.objects.filter(pk=user.pk).update(n_closings=F("n_closings") + 1)
        user.refresh_from_db(fields=["n_closings"])
        update_session_auth_hash(request, user)
        messages.success(request, tr("Vos autres sessions sont fermées ; celle-ci reste ouverte."))
    return redirect("accounts:mine")
