"""The addresses of who asks others: interviews, paper; beside those of ``hearing``."""

from __future__ import annotations

from django.urls import URLPattern, path

from maillage.web.asking import answering, desk, offline, paper

app_name = "interviewing"
urlpatterns: list[URLPattern] = [
    path("<slug:wave>/saisie/", paper.enter, name="paper"),
    path("<slug:wave>/saisie/annuler/", paper.undo, name="paper-undo"),
    path("<slug:wave>/entretien/", desk.begin_interview, name="begin"),
    path("<slug:wave>/entretien/questions.json", offline.desk_questions, name="questions"),
    path("<slug:wave>/entretien/sans-connexion/", offline.desk_shell, name="shell"),
    path("<slug:wave>/entretien/sans-connexion.js", offline.desk_worker, name="worker"),
    path("<slug:wave>/entretien/en-cours/<slug:key>/", answering.desk_answer, name="answer"),
    path("<slug:wave>/entretien/en-cours/<slug:key>/relire/", answering.desk_review, name="review"),
    path("<slug:wave>/entretien/en-cours/<slug:key>/rappeler/", desk.call_back, name="later"),
    path("<slug:wave>/entretien/en-cours/<slug:key>/etat.json", offline.desk_state, name="state"),
    path(
        "<slug:wave>/entretien/en-cours/<slug:key>/garder.json", offline.desk_keep_sent, name="keep"
    ),
    path("<slug:wave>/entretien/<str:contact>/", desk.interview, name="interview"),
]
