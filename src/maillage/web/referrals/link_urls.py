"""The address that a structure is sent: its link says all."""

from __future__ import annotations

from django.urls import path

from maillage.web.referrals import answering

app_name = "answering"
urlpatterns = [path("<str:token>/", answering.open_, name="open")]
