"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The tables of the records read, and of their likenesses."""

    name = "maillage.storage.records"
    label = "maillage_records"
