"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The tables of the room ``directory``."""

    name = "maillage.storage.directory"
    label = "maillage_directory"
