"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """The tables of what desks record."""

    name = "maillage.storage.needs"
    label = "maillage_needs"
