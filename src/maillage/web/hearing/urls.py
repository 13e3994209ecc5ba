"""The addresses of this part of the site."""

from __future__ import annotations

from django.urls import URLPattern, path

from maillage.web.hearing import waves

app_name = "hearing"
urlpatterns: list[URLPattern] = [
    path("", waves.waves, name="waves"),
    path("<slug:wave>/", waves.show, name="wave"),
]
