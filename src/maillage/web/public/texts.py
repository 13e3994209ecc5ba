"""The pages of text that the law asks for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.web.clock import now, parameters_on
from maillage.web.public.tiles import tiles_told


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the site is: what was tested, and no more."""
    return render(request, "public/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what the site keeps of people, why and how long."""
    parameters = parameters_on(now().date())
    months = {
        name: int(parameters.number(f"reported_errors.{name}"))
        for name in ("handled_months", "open_months")
    }
    return render(request, "public/privacy.html", {"tiles": tiles_told(), "months": months})
