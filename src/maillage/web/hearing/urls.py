"""The addresses of this part of the site."""

from __future__ import annotations

from django.urls import URLPattern, path

from maillage.web.hearing import bringing, changes, network, opening, results, waves, weighting

app_name = "hearing"
urlpatterns: list[URLPattern] = [
    path("", waves.waves, name="waves"),
    path("nouvelle/", opening.new_wave, name="new"),
    path("<slug:wave>/", waves.show, name="wave"),
    path("<slug:wave>/dates/", opening.days, name="days"),
    path("<slug:wave>/resultats/", results.results, name="results"),
    path("<slug:wave>/resultats/<str:table>", results.one_table, name="table"),
    path("<slug:wave>/changements/", changes.changed, name="changes"),
    path("<slug:wave>/changements.csv", changes.changed_csv, name="changes-csv"),
    path("<slug:wave>/reseau/", network.network, name="network"),
    path("<slug:wave>/reseau/nom/", network.settle, name="settle-name"),
    path("<slug:wave>/reseau/<str:file>", network.network_file, name="network-file"),
    path("<slug:wave>/redresser/", weighting.weighting, name="weighting"),
    path("<slug:wave>/redressement.yaml", weighting.weighting_file, name="weighting-file"),
    path("<slug:wave>/apporter/", bringing.bring, name="bring"),
    path("<slug:wave>/apporter/<int:number>/reprendre/", bringing.undo, name="unbring"),
    path("<slug:wave>/reponses.csv", results.answers_csv, name="answers-csv"),
]
