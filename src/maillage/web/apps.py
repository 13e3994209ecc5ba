"""The application as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and commands of the site; no table."""

    name = "maillage.web"
    label = "maillage_web"

    def ready(self) -> None:
        """Let sessions know when they were opened."""
        from django.contrib.auth.signals import user_logged_in

        from maillage.web.accounts.session_rules import begin

        user_logged_in.connect(begin, dispatch_uid="maillage.session.begin")
