"""The application as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and commands of the site; no table."""

    name = "maillage.web"
    label = "maillage_web"
