"""The addresses that need no account."""

from __future__ import annotations

from django.urls import path

from maillage.web.public import home, lieux, texts

app_name = "public"
urlpatterns = [
    path("", home.choose, name="home"),
    path("accessibilite/", texts.accessibility, name="accessibility"),
    path("donnees-personnelles/", texts.privacy, name="privacy"),
    path("<siren:siren>/", home.territory, name="territory"),
    path("<siren:siren>/lieux/", lieux.find, name="lieux"),
    path("<siren:siren>/lieux/<str:lieu_id>/", lieux.show, name="lieu"),
]
