"""The pages of text that the law asks for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.web.clock import now, parameters_on
from maillage.web.here import Here, in_territory
from maillage.web.public.tiles import tiles_told


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the site is: what was tested, and no more."""
    return render(request, "public/accessibility.html")


@require_safe
@in_territory()
def accessibility_here(request: HttpRequest, here: Here) -> HttpResponse:
    """Say the same, and whom to tell in a territory."""
    return render(request, "public/accessibility.html", {"here": here})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what the site keeps of people, why and how long."""
    return render(request, "public/privacy.html", _kept())


@require_safe
@in_territory()
def privacy_here(request: HttpRequest, here: Here) -> HttpResponse:
    """Say the same, and whom to ask in a territory."""
    return render(request, "public/privacy.html", {"here": here, **_kept()})


def _kept() -> dict[str, object]:
    parameters = parameters_on(now().date())
    months = {
        name: int(parameters.number(f"reported_errors.{name}"))
        for name in ("handled_months", "open_months")
    }
    cases = {
        name: int(parameters.number(f"referrals.{name}"))
        for name in ("anonymise_days", "longest_identity_days")
    }
    return {"tiles": tiles_told(), "months": months, "cases": cases}
