"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """The tables of the room ``findings``."""

    name = "maillage.storage.findings"
    label = "maillage_findings"
