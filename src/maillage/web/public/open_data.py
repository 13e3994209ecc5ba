"""The page that tells which data is open, where, and under which licences."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.web.here import Here, in_territory


@require_safe
@in_territory()
def explain(request: HttpRequest, here: Here) -> HttpResponse:
    """Tell what can be taken, in which formats, and how."""
    context = {
        "here": here,
        "origin": request.build_absolute_uri("/").rstrip("/"),
        "sources": here.book.territory.datasets,
        "commune": next(iter(here.book.communes), None),
    }
    return render(request, "public/open_data.html", context)
