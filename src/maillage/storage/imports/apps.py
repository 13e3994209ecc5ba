"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The tables of files brought."""

    name = "maillage.storage.imports"
    label = "maillage_imports"
