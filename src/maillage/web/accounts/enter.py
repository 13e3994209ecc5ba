"""Where one goes after signing in: to one's only territory, else where they stand side by side."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from maillage.storage.accounts.door import territories_of
from maillage.storage.accounts.roles import Right


@require_safe
@login_required
def enter(request: HttpRequest) -> HttpResponse:
    """Send somebody to where they work; to their account where no role says where that is."""
    accesses = territories_of(request.user)
    if sum(access.may(Right.SEE_WORK) for access in accesses) > 1:
        return redirect("accounts:territories")
    if len(accesses) == 1:
        (own,) = accesses
        home = "coordinator:home" if own.may(Right.SEE_WORK) else "orienting:ask"
        return redirect(home, siren=own.siren)
    return redirect("accounts:mine")
