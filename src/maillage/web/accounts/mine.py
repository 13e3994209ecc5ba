"""What an account is told of itself: its territories, its role in each, and where to go."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.storage.accounts.door import territories_of


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Show the territories of an account."""
    return render(request, "accounts/mine.html", {"accesses": territories_of(request.user)})
