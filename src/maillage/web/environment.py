"""What the machine tells the site, by variables of its environment: all of it is read here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

YEAR = 31_536_000
"""Seconds."""

_YES = frozenset({"1", "oui", "yes", "true"})


@dataclass(frozen=True, slots=True)
class Environment:
    """How the site stands on its machine.

    ``local``: served to this machine alone, without encryption; else to the public, over HTTPS.
    ``proxy``: a server of ours stands in front and tells the visitor's address and protocol.
    ``smtp_*``: the server that sends mail; None = mail is not sent (local: it is printed).
    ``tiles``: where the ground of the map comes from, ``https://…/{z}/{x}/{y}.png``, and who is
    credited for it; "" = from nowhere, the map draws the communes.
    ``clock``: the moment that pages take as now, for demonstrations; None = the machine's.
    """

    local: bool
    secret_key: str
    hosts: tuple[str, ...]
    proxy: bool
    hsts_seconds: int
    smtp_host: str | None
    smtp_port: int
    smtp_user: str
    smtp_password: str
    sender: str
    clock: dt.datetime | None
    tiles: str
    tiles_credit: str

    @property
    def sends_mail(self) -> bool:
        """Whether mail leaves, or is at least printed."""
        return self.local or self.smtp_host is not None


def read_environment(told: Mapping[str, str]) -> Environment:
    """Return what variables ``MAILLAGE_…`` tell; the public site is the default.

    Raises ValueError where a number or a date is none.
    """
    hosts = tuple(filter(None, told.get("MAILLAGE_HOSTS", "").replace(",", " ").split()))
    clock = told.get("MAILLAGE_CLOCK")
    return Environment(
        local=_yes(told, "MAILLAGE_LOCAL"),
        secret_key=told.get("MAILLAGE_SECRET_KEY", ""),
        hosts=hosts,
        proxy=_yes(told, "MAILLAGE_PROXY"),
        hsts_seconds=int(told.get("MAILLAGE_HSTS_SECONDS", YEAR)),
        smtp_host=told.get("MAILLAGE_SMTP_HOST") or None,
        smtp_port=int(told.get("MAILLAGE_SMTP_PORT", 587)),
        smtp_user=told.get("MAILLAGE_SMTP_USER", ""),
        smtp_password=told.get("MAILLAGE_SMTP_PASSWORD", ""),
        sender=told.get("MAILLAGE_SENDER", "maillage@localhost"),
        clock=dt.datetime.fromisoformat(clock) if clock else None,
        tiles=told.get("MAILLAGE_TILES", ""),
        tiles_credit=told.get("MAILLAGE_TILES_CREDIT", ""),
    )


def _yes(told: Mapping[str, str], name: str) -> bool:
    return told.get(name, "").strip().lower() in _YES
