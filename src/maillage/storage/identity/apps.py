"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """The tables of decisions and of ids."""

    name = "maillage.storage.identity"
    label = "maillage_identity"
