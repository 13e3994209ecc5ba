"""The lines of a territory's map, at an address of their own content."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maillage.storage.landmarks.keep import lines_of
from maillage.web.headers import DAY, kept
from maillage.web.here import Here, in_territory


@require_safe
@in_territory()
def landmarks(request: HttpRequest, here: Here, lines: str) -> HttpResponse:
    """Give the roads, railways and rivers that the map draws."""
    content = lines_of(here.siren, lines)
    if content is None:
        raise Http404
    return kept(request, HttpResponse(content, content_type="application/geo+json"), DAY)
