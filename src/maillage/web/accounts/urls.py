"""The addresses of signing in and out."""

from __future__ import annotations

from django.urls import path

from maillage.web.accounts import (
    enter,
    leaving,
    link,
    mine,
    openid,
    own_password,
    password,
    territories,
)

app_name = "accounts"
urlpatterns = [
    path("connexion/", password.SignIn.as_view(), name="login"),
    path("connexion/lien/", link.ask, name="ask-link"),
    path("connexion/lien/<str:token>/", link.follow, name="follow-link"),
    path("openid/", openid.start, name="openid"),
    path("openid/retour/", openid.come_back, name="openid-return"),
    path("openid/fin/", leaving.left, name="openid-left"),
    path("openid/detacher/", openid.detach, name="openid-detach"),
    path("deconnexion/", leaving.leave, name="logout"),
    path("mot-de-passe/", own_password.change, name="password"),
    path("entree/", enter.enter, name="enter"),
    path("territoires/", territories.territories, name="territories"),
    path("territoires.csv", territories.territories_csv, name="territories-csv"),
    path("sessions/", mine.close_others, name="close-others"),
    path("", mine.mine, name="mine"),
]
