"""The addresses of this part of the site, for who is signed in."""

from __future__ import annotations

from django.urls import path

from maillage.web.referrals import figures, following, sending

app_name = "referrals"
urlpatterns = [
    path("", following.mine, name="mine"),
    path("dossiers.csv", following.mine_csv, name="mine-csv"),
    path("recus/", following.received, name="received"),
    path("chiffres/", figures.mine, name="figures"),
    path("territoire/", figures.territory, name="territory"),
    path("territoire.csv", figures.territory_csv, name="territory-csv"),
    path("envoyer/", sending.send, name="send"),
    path("<int:number>/", following.case, name="case"),
    path("<int:number>/confier/", following.give, name="give"),
    path("<int:number>/memo/", following.sheet, name="sheet"),
]
