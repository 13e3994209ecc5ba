"""What a backup says of itself: when it was made, of what, and how to know that it is whole."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr
from maillage.storage.address import DATABASE_FILE
from maillage.storage.marker import MARKER_FILE

MANIFEST_FILE = "manifeste.json"
TIMETABLES = "timetables"
VERSION = 1
_WHAT = "maillage-backup"
_LONGEST = 4 * 1024 * 1024
"""Bytes of a manifest beyond which it is none."""
_TIMETABLE = re.compile(rf"{TIMETABLES}/[^/\\.][^/\\]*")
OURS = "maillage_"
"""How the names of our own tables and applications begin."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a backup: its SHA-256, and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in a backup.

    ``migrations`` are those that its database has had (``application.name``), ``rows`` the number
    of rows of each table, ``parts`` the files by name; ``siren`` None: of no territory alone.
    """

    made: dt.datetime
    version: str
    siren: str | None
    migrations: tuple[str, ...]
    rows: Mapping[str, int]
    parts: Mapping[str, Part]

    @property
    def has_site(self) -> bool:
        """Whether the tables of a site stand beside those of the directory."""
        return any(name.startswith(f"{OURS}accounts.") for name in self.migrations)

    def as_bytes(self) -> bytes:
        """Return the manifest as it is written in the file."""
        told = {
            "what": _WHAT,
            "format": VERSION,
            "made": self.made.isoformat(),
            "version": self.version,
            "siren": self.siren,
            "migrations": list(self.migrations),
            "rows": dict(self.rows),
            "parts": {n: {"sha256": p.sha256, "size": p.size} for n, p in self.parts.items()},
        }
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


@contextmanager
def opened_backup(file: Path) -> Iterator[zipfile.ZipFile]:
    """Give a backup open to be read; whatever is wrong with it is one UnusableFile."""
    damage = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
    try:
        with zipfile.ZipFile(file) as opened:
            yield opened
    except UnusableFile:
        raise
    except damage as error:
        message = tr("ce n'est pas une sauvegarde de Maillage, ou elle est abîmée")
        raise UnusableFile(file, message) from error


def read_manifest(file: Path) -> Manifest:
    """Return what a backup says of itself. Raises UnusableFile where it is none."""
    with opened_backup(file) as opened:
        try:
            with opened.open(MANIFEST_FILE) as member:
                told = json.loads(member.read(_LONGEST))
            return _read(file, told)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            if isinstance(error, UnusableFile):
                raise
            message = tr("ce n'est pas une sauvegarde faite par « maillage backup »")
            raise UnusableFile(file, message) from error


def _read(file: Path, told: dict[str, Any]) -> Manifest:
    if told["what"] != _WHAT:
        raise ValueError(told["what"])
    if told["format"] > VERSION:
        raise newer(file)
    parts = {n: Part(str(p["sha256"]), int(p["size"])) for n, p in told["parts"].items()}
    strange = [name for name in parts if not is_known(name)]
    if strange or not {DATABASE_FILE, MARKER_FILE} <= set(parts):
        raise ValueError(strange)
    made = dt.datetime.fromisoformat(told["made"])
    if made.tzinfo is None:
        raise ValueError(made)
    return Manifest(
        made=made,
        version=str(told["version"]),
        siren=told["siren"],
        migrations=tuple(map(str, told["migrations"])),
        rows={str(table): int(n) for table, n in told["rows"].items()},
        parts=parts,
    )


def is_known(name: str) -> bool:
    """Say whether a file of that name may stand in a backup: nothing else is read or written."""
    return name in (DATABASE_FILE, MARKER_FILE) or _TIMETABLE.fullmatch(name) is not None


def newer(file: Path) -> UnusableFile:
    """Return the error that says to update Maillage before restoring."""
    message = tr(
        "cette sauvegarde vient d'une version plus récente de Maillage : mettez Maillage à jour"
    )
    return UnusableFile(file, message)


def rows_of(database: Path) -> dict[str, int]:
    """Return how many rows each table of a database file holds. Raises sqlite3's errors."""
    with closing(sqlite3.connect(database)) as base:
        tables = base.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " ORDER BY name"
        )
        count = 'SELECT count(*) FROM "{}"'
        names = [str(name).replace('"', '""') for (name,) in tables]
        return {name: int(base.execute(count.format(name)).fetchone()[0]) for name in names}


def what_is_wrong_in(database: Path) -> str:
    """Return the first trouble that SQLite finds in a database file, "" where it is whole."""
    try:
        with closing(sqlite3.connect(database)) as base:
            told = str(base.execute("PRAGMA integrity_check(1)").fetchone()[0])
            orphan = base.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if told == "ok" and orphan is None else str(orphan or told)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
