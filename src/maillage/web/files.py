"""Files that pages give: content, and the name under which a browser keeps it."""

from __future__ import annotations

from django.http import HttpResponse

CSV = "text/csv; charset=utf-8"


def given(content: bytes, name: str, kind: str = CSV) -> HttpResponse:
    """Return a file to be kept under a name; ``kind`` is its media type."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
