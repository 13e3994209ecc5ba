"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class SurveyConfig(AppConfig):
    """The tables of surveys."""

    name = "maillage.storage.survey"
    label = "maillage_survey"
