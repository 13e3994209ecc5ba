"""The page of an account where too many attempts failed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

HTTP_TOO_MANY = 429


def locked_out(
    request: HttpRequest,
    credentials: Mapping[str, Any] | None = None,
    *args: object,
    **kwargs: object,
) -> HttpResponse:
    """Say how long to wait; django-axes calls this. Nothing tells whether the account exists."""
    del credentials, args, kwargs
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {"minutes": minutes}
    return render(request, "accounts/locked.html", context, status=HTTP_TOO_MANY)
