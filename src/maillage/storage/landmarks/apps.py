"""The application as Django knows it; its label keeps clear of other people's."""

from __future__ import annotations

from django.apps import AppConfig


class LandmarksConfig(AppConfig):
    """The table of lines."""

    name = "maillage.storage.landmarks"
    label = "maillage_landmarks"
