"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The tables of accounts."""

    name = "maillage.storage.accounts"
    label = "maillage_accounts"
