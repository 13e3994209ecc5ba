"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class DiagnosesConfig(AppConfig):
    """The tables of diagnoses kept."""

    name = "maillage.storage.diagnoses"
    label = "maillage_diagnoses"
