"""What the machine tells the site, by variables of its environment: all of it is read here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from maillage.kernel.language import tr
from maillage.web.openid.told import OpenIdTold, read_openid
from maillage.wiring.public_ground import TIMETABLES

YEAR = 31_536_000
"""Seconds."""

IDLE_MINUTES = 60
LEAST_IDLE, MOST_IDLE = 5, 480

_YES = frozenset({"1", "oui", "yes", "true"})


@dataclass(frozen=True, slots=True)
class Environment:
    """How the site stands on its machine.

    ``local``: served to this machine alone, without encryption; else to the public, over HTTPS.
    ``proxy``: a server of ours stands in front and tells the visitor's address and protocol.
    ``smtp_*``: the server that sends mail; None = mail is not sent (local: it is printed).
    ``mail_folder``: without a server, letters are written there, a file each, for trials.
    ``tiles``: where the ground of the map comes from, ``https://…/{z}/{x}/{y}.png``, and who is
    credited for it; "" = from nowhere, the map draws the communes.
    ``timetables``: the folder of the feeds that people move by (default: that of the workspace);
    ``mirror`` and ``cache``: where public sources are kept, ``cache`` None = the user's own;
    ``streets``: go by the streets of the extracts kept there; ``refreshes``: read public sources
    again every so often.
    ``openid``: the outside provider that people may sign in by, None = none.
    ``idle_minutes``: after how long without a page a session ends.
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
    mail_folder: Path | None
    clock: dt.datetime | None
    tiles: str
    tiles_credit: str
    timetables: Path | None
    mirror: Path | None
    cache: Path | None
    streets: bool
    refreshes: bool
    openid: OpenIdTold | None
    idle_minutes: int

    @property
    def sends_mail(self) -> bool:
        """Whether mail leaves, or is at least printed or written in a folder."""
        return self.local or self.smtp_host is not None or self.mail_folder is not None

    @property
    def mail_backend(self) -> str:
        """Which of Django's means of sending mail is used."""
        if self.smtp_host is not None:
            return "django.core.mail.backends.smtp.EmailBackend"
        kind = "console" if self.mail_folder is None else "filebased"
        return f"django.core.mail.backends.{kind}.EmailBackend"


def read_environment(told: Mapping[str, str]) -> Environment:
    """Return what variables ``MAILLAGE_…`` tell; the public site is the default.

    Raises ValueError where a number or a date is none, or the provider is half told.
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
        mail_folder=_folder(told, "MAILLAGE_MAIL_FOLDER"),
        clock=dt.datetime.fromisoformat(clock) if clock else None,
        tiles=told.get("MAILLAGE_TILES", ""),
        tiles_credit=told.get("MAILLAGE_TILES_CREDIT", ""),
        timetables=_folder(told, "MAILLAGE_TIMETABLES") or _of_workspace(told),
        mirror=_folder(told, "MAILLAGE_MIRROR"),
        cache=_folder(told, "MAILLAGE_CACHE"),
        streets=_yes(told, "MAILLAGE_STREETS"),
        refreshes=_yes(told, "MAILLAGE_REFRESH"),
        openid=read_openid(told, local=_yes(told, "MAILLAGE_LOCAL")),
        idle_minutes=_idle_minutes(told),
    )


def _idle_minutes(told: Mapping[str, str]) -> int:
    minutes = int(told.get("MAILLAGE_IDLE_MINUTES", IDLE_MINUTES))
    if not LEAST_IDLE <= minutes <= MOST_IDLE:
        message = tr("MAILLAGE_IDLE_MINUTES doit être un nombre de minutes de {least} à {most}.")
        raise ValueError(message.format(least=LEAST_IDLE, most=MOST_IDLE))
    return minutes


def _folder(told: Mapping[str, str], name: str) -> Path | None:
    return Path(told[name]) if told.get(name) else None


def _of_workspace(told: Mapping[str, str]) -> Path | None:
    """Return the folder of timetables beside the database, where that is a workspace."""
    place = _folder(told, "MAILLAGE_DATABASE")
    return None if place is None or not place.is_dir() else place / TIMETABLES


def _yes(told: Mapping[str, str], name: str) -> bool:
    return told.get(name, "").strip().lower() in _YES
