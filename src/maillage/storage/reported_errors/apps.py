"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class ReportedErrorsConfig(AppConfig):
    """The tables of what readers say is wrong."""

    name = "maillage.storage.reported_errors"
    label = "maillage_reported_errors"
