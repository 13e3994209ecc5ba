"""The addresses that need no account."""

from __future__ import annotations

from django.urls import path

from maillage.web.public import (
    communes,
    embed,
    home,
    landmarks,
    lieux,
    logo,
    open_data,
    printing,
    report,
    steps,
    texts,
)

app_name = "public"
urlpatterns = [
    path("", home.choose, name="home"),
    path("accessibilite/", texts.accessibility, name="accessibility"),
    path("donnees-personnelles/", texts.privacy, name="privacy"),
    path("<siren:siren>/", home.territory, name="territory"),
    path("<siren:siren>/trouver/", steps.need, name="steps"),
    path("<siren:siren>/trouver/ou/", steps.where, name="steps-where"),
    path("<siren:siren>/trouver/ou/chercher/", steps.search, name="steps-search"),
    path("<siren:siren>/trouver/situation/", steps.situation, name="steps-situation"),
    path("<siren:siren>/trouver/quand/", steps.when, name="steps-when"),
    path("<siren:siren>/lieux/", lieux.find, name="lieux"),
    path("<siren:siren>/lieux/imprimer/", printing.lieux, name="lieux-print"),
    path("<siren:siren>/lieux/<str:lieu_id>/", lieux.show, name="lieu"),
    path("<siren:siren>/lieux/<str:lieu_id>/signaler/", report.tell, name="report"),
    path("<siren:siren>/lieux/<str:lieu_id>/signaler/merci/", report.thanks, name="report-thanks"),
    path("<siren:siren>/communes/", communes.choose, name="communes"),
    path("<siren:siren>/communes/<str:insee>/", communes.show, name="commune"),
    path("<siren:siren>/donnees-ouvertes/", open_data.explain, name="open-data"),
    path("<siren:siren>/accessibilite/", texts.accessibility_here, name="accessibility-here"),
    path("<siren:siren>/donnees-personnelles/", texts.privacy_here, name="privacy-here"),
    path("<siren:siren>/integrer/", embed.explain, name="embed"),
    path("<siren:siren>/logo/<str:digest>.png", logo.logo, name="logo"),
    path("<siren:siren>/carte/<str:lines>.geojson", landmarks.landmarks, name="landmarks"),
    path("<siren:siren>/cadre/", embed.frame, name="frame"),
    path("<siren:siren>/cadre/<str:couleur>.css", embed.colours, name="frame-colours"),
]
