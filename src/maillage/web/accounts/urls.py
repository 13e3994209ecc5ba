"""The addresses of signing in and out."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from maillage.web.accounts import link, password
from maillage.web.accounts.mine import mine

app_name = "accounts"
urlpatterns = [
    path("connexion/", password.SignIn.as_view(), name="login"),
    path("connexion/lien/", link.ask, name="ask-link"),
    path("connexion/lien/<str:token>/", link.follow, name="follow-link"),
    path("deconnexion/", LogoutView.as_view(), name="logout"),
    path("", mine, name="mine"),
]
