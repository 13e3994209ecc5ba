"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """The tables of people sent to structures."""

    name = "maillage.storage.referrals"
    label = "maillage_referrals"
