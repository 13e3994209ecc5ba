"""The addresses of this part of the site."""

from __future__ import annotations

from django.urls import path

from maillage.web.orienting import asking, demands, notes

app_name = "orienting"
urlpatterns = [
    path("", asking.ask, name="ask"),
    path("ecartees/", asking.refused, name="refused"),
    path("noter/", asking.record, name="record"),
    path("notees/", notes.mine, name="mine"),
    path("notees/<int:number>/retirer/", notes.withdraw, name="withdraw"),
    path("demandes/", demands.demands, name="demands"),
    path("demandes-comptees.csv", demands.counts_csv, name="counts-csv"),
    path("demandes.csv", demands.demands_csv, name="demands-csv"),
]
