"""The addresses of this part of the site."""

from __future__ import annotations

from django.urls import path

from maillage.web.structure import claim, directory, edit, home, links

app_name = "structure"
urlpatterns = [
    path("annuaire-pro/", directory.directory, name="professionals"),
    path("annuaire-pro.csv", directory.directory_csv, name="professionals-csv"),
    path("ma-structure/", home.home, name="home"),
    path("ma-structure/rien-n-a-change/", home.confirm, name="confirm"),
    path("ma-structure/complet/", home.say_it_is_full, name="full"),
    path("ma-structure/fermer/", home.close, name="close"),
    path("ma-structure/chaque-mois/", home.digest, name="digest"),
    path("ma-structure/modifications/<int:number>/annuler/", home.undo, name="undo"),
    path("ma-structure/permanences/<str:permanence_id>/", edit.edit, name="edit"),
    path("ma-structure/demandes/<int:number>/retirer/", edit.withdraw, name="withdraw"),
    path("ma-structure/demander/", claim.claim, name="claim"),
    path("ma-structure/lien/<str:token>/", links.follow, name="follow"),
    path("ma-structure/lien-perime/", links.dead, name="dead"),
    path("ma-structure/quitter/", links.leave, name="leave"),
]
