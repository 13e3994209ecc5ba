"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class StructuresConfig(AppConfig):
    """The tables of what structures say of themselves."""

    name = "maillage.storage.structures"
    label = "maillage_structures"
