"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    """The tables of background work."""

    name = "maillage.storage.background"
    label = "maillage_background"
