"""The way in that sessions opened by the outside provider go on by."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

PATH = "maillage.web.openid.backend.OpenIdBackend"


class OpenIdBackend(ModelBackend):
    """Knows again who signed in; opens to nobody by itself, and to no closed account."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: object,
    ) -> None:
        """Refuse: who comes in is told by the return from the provider alone."""
        del request, username, password, kwargs
