"""The address of a database, and what Django must know to reach it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

DATABASE_FILE = "maillage.sqlite3"
WAIT_SECONDS = 5.0
_POSTGRESQL = ("postgresql", "postgres")

# WAL: those who read never wait for the one who writes. synchronous FULL: what was said to be
# saved is still there after a power cut. foreign_keys is turned on by Django itself.
_SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON"

Database = dict[str, Any]

DATABASE_VARIABLE = "MAILLAGE_DATABASE"
"""The variable of the environment that names the database of a site."""


def is_postgresql(address: str) -> bool:
    """Say whether an address is that of a PostgreSQL database, rather than a path."""
    return urlsplit(address).scheme in _POSTGRESQL


def database(address: str | Path, *, wait_seconds: float = WAIT_SECONDS) -> Database:
    """Return Django's description of a database (one value of ``DATABASES``).

    ``address`` is ``postgresql://user:password@host:port/name?option=value``, or the path of an
    SQLite file, or of a workspace folder that holds one. ``wait_seconds`` is how long a write waits
    for another program to finish its own.
    """
    if is_postgresql(str(address)):
        return _postgresql(str(address))
    path = Path(address)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path / DATABASE_FILE if path.is_dir() else path),
        "OPTIONS": {"timeout": wait_seconds, "init_command": _SQLITE_PRAGMAS},
    }


def _postgresql(address: str) -> Database:
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
