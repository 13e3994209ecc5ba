"""The addresses that need no account."""

from __future__ import annotations

from django.urls import path

from maillage.web.public import communes, embed, home, lieux, open_data, printing, texts

app_name = "public"
urlpatterns = [
    path("", home.choose, name="home"),
    path("accessibilite/", texts.accessibility, name="accessibility"),
    path("donnees-personnelles/", texts.privacy, name="privacy"),
    path("<siren:siren>/", home.territory, name="territory"),
    path("<siren:siren>/lieux/", lieux.find, name="lieux"),
    path("<siren:siren>/lieux/imprimer/", printing.lieux, name="lieux-print"),
    path("<siren:siren>/lieux/<str:lieu_id>/", lieux.show, name="lieu"),
    path("<siren:siren>/communes/", communes.choose, name="communes"),
    path("<siren:siren>/communes/<str:insee>/", communes.show, name="commune"),
    path("<siren:siren>/donnees-ouvertes/", open_data.explain, name="open-data"),
    path("<siren:siren>/integrer/", embed.explain, name="embed"),
    path("<siren:siren>/cadre/", embed.frame, name="frame"),
    path("<siren:siren>/cadre/<str:couleur>.css", embed.colours, name="frame-colours"),
]
