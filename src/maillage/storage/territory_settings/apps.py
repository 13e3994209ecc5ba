"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class TerritorySettingsConfig(AppConfig):
    """The tables of the settings of territories."""

    name = "maillage.storage.territory_settings"
    label = "maillage_territory_settings"
