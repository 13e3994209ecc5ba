"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """The tables of the room ``territory``."""

    name = "maillage.storage.territory"
    label = "maillage_territory"
