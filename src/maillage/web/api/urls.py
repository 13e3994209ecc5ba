"""The addresses of the open interface."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from maillage.web.api.answers import open_to_all
from maillage.web.api.open_data import api


def root(request: HttpRequest) -> HttpResponse:
    """Lead to the description of the interface."""
    del request
    return redirect("api:openapi-json")


app_name = "api"
_DESCRIBED = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
urlpatterns: list[URLPattern] = [
    path("", root, name="api-root"),
    *(path(str(one.pattern), open_to_all(one.callback), name=one.name) for one in _DESCRIBED),
]
