"""The logo of a territory, at an address of its own content."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maillage.storage.territory_settings.keep import logo_content
from maillage.web.headers import DAY, kept
from maillage.web.here import Here, in_territory


@require_safe
@in_territory()
def logo(request: HttpRequest, here: Here, digest: str) -> HttpResponse:
    """Give a logo; it is a PNG that this site drew, whatever was sent."""
    content = logo_content(here.siren, digest)
    if content is None:
        raise Http404
    return kept(request, HttpResponse(content, content_type="image/png"), DAY)
