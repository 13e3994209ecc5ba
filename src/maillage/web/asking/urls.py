"""The addresses of a questionnaire that anybody may answer."""

from __future__ import annotations

from django.urls import URLPattern, path

from maillage.web.asking import answering, offline, welcome

app_name = "asking"
urlpatterns: list[URLPattern] = [
    path("<slug:wave>/", welcome.welcome, name="welcome"),
    path("<slug:wave>/commencer/", welcome.start, name="start"),
    path("<slug:wave>/pour/<str:token>/", welcome.for_contact, name="for-contact"),
    path("<slug:wave>/repondre/", answering.answer, name="answer"),
    path("<slug:wave>/relire/", answering.review, name="review"),
    path("<slug:wave>/plus-tard/", answering.later, name="later"),
    path("<slug:wave>/reprendre/", welcome.resume, name="resume"),
    path("<slug:wave>/reprendre/<slug:code>/", welcome.resume, name="resume-by-link"),
    path("<slug:wave>/quitter/", welcome.leave, name="leave"),
    path("<slug:wave>/merci/", welcome.thanks, name="thanks"),
    path("<slug:wave>/questions.json", offline.questions, name="questions"),
    path("<slug:wave>/etat.json", offline.state, name="state"),
    path("<slug:wave>/garder.json", offline.keep_sent, name="keep"),
    path("<slug:wave>/sans-connexion/", offline.shell, name="shell"),
    path("<slug:wave>/sans-connexion.js", offline.worker, name="worker"),
]
