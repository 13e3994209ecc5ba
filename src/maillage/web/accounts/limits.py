"""What may be tried how often: each limit is told once, here."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from maillage.storage.accounts.limits import Limit, is_too_many
from maillage.web.headers import address_of

QUARTER = 15 * 60
LINKS = Limit("link", most=20, seconds=QUARTER)
"""Links asked for from one network address, which a whole town hall may share."""

RETURNS = Limit("openid", most=60, seconds=QUARTER)
"""Returns from the outside provider to one network address: each asks the provider again."""

OLD_PASSWORDS = Limit("password", most=5, seconds=QUARTER)
"""Present passwords told, by an account, in order to change it."""

INVITATIONS = Limit("invitation", most=1, seconds=60 * 60)
"""Invitations to one person into one territory."""


def network_tries_too_much(limit: Limit, request: HttpRequest) -> bool:
    """Count one try from the network address of who asks, and say whether it is one too many."""
    return is_too_many(limit, address_of(request), timezone.now())
