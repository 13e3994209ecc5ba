"""The addresses of this part of the site."""

from __future__ import annotations

from django.urls import URLPattern, path

from maillage.web.hearing import (
    bringing,
    changes,
    contacts,
    contacts_change,
    network,
    opening,
    results,
    waves,
    weighting,
    words_checking,
    words_coding,
    words_quoting,
    words_themes,
)

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
    path("<slug:wave>/a-entendre/", contacts.contacts, name="contacts"),
    path("<slug:wave>/a-entendre.csv", contacts.contacts_csv, name="contacts-csv"),
    path("<slug:wave>/a-entendre/proposer/", contacts_change.propose, name="propose"),
    path("<slug:wave>/a-entendre/ajouter/", contacts_change.add, name="add-contact"),
    path("<slug:wave>/a-entendre/objectifs/", contacts_change.targets, name="targets"),
    path("<slug:wave>/a-entendre/qui/<str:contact>/", contacts.contact, name="contact"),
    path("<slug:wave>/a-entendre/qui/<str:contact>/noter/", contacts_change.note, name="note"),
    path(
        "<slug:wave>/a-entendre/qui/<str:contact>/changer/",
        contacts_change.change,
        name="change-contact",
    ),
    path("<slug:wave>/qui-manque/", contacts.missing, name="missing"),
    path("<slug:wave>/reseau/", network.network, name="network"),
    path("<slug:wave>/reseau/nom/", network.settle, name="settle-name"),
    path("<slug:wave>/reseau/<str:drawn>", network.network_file, name="network-file"),
    path("<slug:wave>/redresser/", weighting.weighting, name="weighting"),
    path("<slug:wave>/redressement.yaml", weighting.weighting_file, name="weighting-file"),
    path("<slug:wave>/apporter/", bringing.bring, name="bring"),
    path("<slug:wave>/apporter/<int:number>/reprendre/", bringing.undo, name="unbring"),
    path("<slug:wave>/reponses.csv", results.answers_csv, name="answers-csv"),
    path("<slug:wave>/mots/verifier/", words_checking.begin, name="words-check"),
    path("<slug:wave>/mots/verifier/<int:number>/", words_checking.check, name="words-check-one"),
    path(
        "<slug:wave>/mots/verifier/<int:number>/fini/", words_checking.end, name="words-check-end"
    ),
    path(
        "<slug:wave>/mots/verifier/<int:number>/reprendre/",
        words_checking.take_back,
        name="words-check-back",
    ),
    path("<slug:wave>/mots/coder/", words_coding.begin, name="words-code"),
    path("<slug:wave>/mots/coder/<int:number>/", words_coding.code, name="words-code-one"),
    path("<slug:wave>/mots/coder/<int:number>/annuler/", words_coding.undo, name="words-code-undo"),
    path("<slug:wave>/mots/accord/", words_themes.agreed, name="words-agreement"),
    path("<slug:wave>/mots/citer/", words_quoting.quotes, name="words-quote"),
    path("<slug:wave>/mots/citer/<int:number>/", words_quoting.say, name="words-quote-one"),
    path("<slug:wave>/mots/themes/", words_themes.themes, name="words-themes"),
    path("<slug:wave>/mots/themes.csv", words_themes.themes_csv, name="words-themes-csv"),
]
