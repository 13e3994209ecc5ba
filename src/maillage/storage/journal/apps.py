"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The tables of the room ``journal``."""

    name = "maillage.storage.journal"
    label = "maillage_journal"
