"""The cache folder: what was downloaded, each file with its checksum in one index.

The index (``index.json``) is rewritten whole at each change. A file whose bytes are not those the
index tells of is never served: it is reported, forgotten and downloaded again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from maillage.kernel.atomic import write_whole
from maillage.kernel.errors import SourceUnavailable
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.language import tr
from maillage.sources.catalogue import Source
from maillage.sources.download import file_sha256

INDEX = "index.json"
SCHEMA_VERSION = 1

DAMAGED = FindingKind(
    "cache-damaged",
    Severity.WARNING,
    "La copie gardée de « {name} » a été modifiée ou coupée : elle n'est pas utilisée.",
    "Rien à faire si le réseau est là : le fichier est téléchargé de nouveau.",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One downloaded file; ``size`` in bytes.

    ``key`` is the SIREN it speaks of, the extract it is, or ``france``.
    """

    source_id: str
    key: str
    file: str
    address: str
    sha256: str
    size: int
    retrieved: dt.date
    vintage: str
    etag: str | None = None
    last_modified: str | None = None


def default_cache_folder(environ: Mapping[str, str], home: Path) -> Path:
    """Return where downloads are kept when the user says nothing else.

    ``MAILLAGE_CACHE`` wins, then ``$XDG_CACHE_HOME/maillage``, then ``~/.cache/maillage``.
    """
    if environ.get("MAILLAGE_CACHE"):
        return Path(environ["MAILLAGE_CACHE"])
    base = Path(environ.get("XDG_CACHE_HOME", ""))
    # The XDG standard asks that a relative path be ignored.
    return (base if base.is_absolute() else home / ".cache") / "maillage"


class Cache:
    """A folder of downloaded files. Nothing is created before something is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_for(self, source: Source, key: str) -> Path:
        """Return where the file of a source for one key stands, or would stand."""
        return self.folder / self._file_name(source, key)

    def entries(self) -> tuple[Entry, ...]:
        """Return what the index tells of, in order of source and key; unreadable: nothing."""
        try:
            index = json.loads((self.folder / INDEX).read_bytes())
            if index["schema_version"] != SCHEMA_VERSION:
                return ()
            return tuple(_entry(words) for words in index["files"])
        except (OSError, ValueError, TypeError, KeyError):
            return ()

    def get(self, source: Source, key: str) -> tuple[Entry | None, Finding | None]:
        """Return the entry of a kept file whose bytes are as recorded, else None.

        A file that was changed or cut since gives a finding.
        """
        file = self._file_name(source, key)
        entry = next((e for e in self.entries() if e.file == file), None)
        path = self.folder / file
        if entry is None or not path.is_file():
            return None, None
        if path.stat().st_size == entry.size and file_sha256(path) == entry.sha256:
            return entry, None
        return None, DAMAGED.at(Where(source=source.id, subject=file), name=source.name)

    def keep(self, entry: Entry) -> None:
        """Record a file that was put at ``path_for``, in place of what was told of it before."""
        others = [old for old in self.entries() if old.file != entry.file]
        files = sorted([*others, entry], key=lambda e: (e.source_id, e.key))
        words = [{**asdict(e), "retrieved": e.retrieved.isoformat()} for e in files]
        index = {"schema_version": SCHEMA_VERSION, "files": words}
        content = json.dumps(index, ensure_ascii=False, indent=1).encode()
        try:
            write_whole(self.folder / INDEX, content)
        except OSError as error:
            message = tr("Impossible d'écrire dans le dossier {folder} ({cause}).")
            cause = error.strerror or str(error)
            raise SourceUnavailable(message.format(folder=self.folder, cause=cause)) from error

    @staticmethod
    def _file_name(source: Source, key: str) -> str:
        copy = source.copy_key(key)
        return f"{source.id}/{copy}{source.format_when_live.extension}"


def _entry(words: Mapping[str, Any]) -> Entry:
    return Entry(**{**words, "retrieved": dt.date.fromisoformat(words["retrieved"])})
