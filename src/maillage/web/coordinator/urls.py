"""The addresses of this part of the site."""

from __future__ import annotations

from django.urls import URLPattern, path

from maillage.web.coordinator import (
    diagnosis,
    directory,
    edit,
    home,
    imports,
    people,
    proposals,
    quality,
    reported_errors,
    settings,
)

app_name = "coordinator"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("annuaire/", directory.directory, name="directory"),
    path("annuaire.csv", directory.directory_csv, name="directory-csv"),
    path("annuaire.xlsx", directory.directory_xlsx, name="directory-xlsx"),
    path("annuaire/lieux/<str:lieu_id>/", directory.lieu, name="lieu"),
    path("annuaire/permanences/<str:permanence_id>/", edit.permanence, name="permanence"),
    path("annuaire/permanences/<str:permanence_id>/corriger/", edit.edit, name="edit"),
    path("annuaire/permanences/<str:permanence_id>/fermer/", edit.close, name="close"),
    path(
        "annuaire/permanences/<str:permanence_id>/corrections/<int:number>/annuler/",
        edit.undo,
        name="undo",
    ),
    path("changements/", proposals.proposals, name="proposals"),
    path("changements/<int:number>/", proposals.answer_proposal, name="answer-proposal"),
    path("changements/appartenances/<int:number>/", proposals.answer_claim, name="answer-claim"),
    path("qualite/", quality.quality, name="quality"),
    path("qualite/appels.csv", quality.calls_csv, name="calls-csv"),
    path("qualite/remarques.csv", quality.findings_csv, name="findings-csv"),
    path("diagnostic/", diagnosis.diagnosis, name="diagnosis"),
    path("diagnostic/refaire/", diagnosis.make_again, name="diagnosis-again"),
    path("diagnostic/avancement/", diagnosis.progress, name="diagnosis-progress"),
    path("diagnostic/fichiers/<str:file>", diagnosis.take, name="diagnosis-file"),
    path("diagnostic/chapitres.<str:sheet>.css", diagnosis.style, name="diagnosis-style"),
    path("diagnostic/<slug:slug>/", diagnosis.one_chapter, name="diagnosis-chapter"),
    path("imports/", imports.imports, name="imports"),
    path("imports/apporter/", imports.bring, name="bring"),
    path("imports/<int:number>/", imports.show, name="import"),
    path("imports/<int:number>/colonnes/", imports.choose, name="import-columns"),
    path("imports/<int:number>/faire/", imports.act, name="import-act"),
    path("imports/<int:number>/retirer/", imports.discard, name="import-discard"),
    path("imports/<int:number>/avancement/", imports.progress, name="import-progress"),
    path("imports/<int:number>/remarques.csv", imports.findings_csv, name="import-findings"),
    path("imports/<int:number>/changements.csv", imports.changes_csv, name="import-changes"),
    path("signalements/", reported_errors.show, name="reported-errors"),
    path("signalements.csv", reported_errors.as_csv, name="reported-errors-csv"),
    path("signalements/<int:number>/", reported_errors.handle, name="handle-error"),
    path("reglages/", settings.settings, name="settings"),
    path("reglages/public/", settings.door, name="door"),
    path("reglages/<int:number>/annuler/", settings.undo_change, name="undo-settings"),
    path("comptes/", people.users, name="users"),
    path("comptes/<int:number>/", people.user, name="user"),
    path("comptes/<int:number>/retirer/", people.withdraw_role, name="withdraw-role"),
    path("comptes/<int:number>/inviter/", people.remind, name="remind"),
]
