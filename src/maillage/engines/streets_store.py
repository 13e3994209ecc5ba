"""Streets kept on disk once read, under a name that changes with all they were made from."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from maillage.kernel.atomic import write_whole

_CHUNK = 2**20
Arrays = Mapping[str, Any]
"""numpy arrays by name, of any type."""


def file_fingerprint(path: Path) -> str:
    """Return the size and SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(_CHUNK):
            digest.update(block)
    return f"{path.stat().st_size}-{digest.hexdigest()}"


def key_of(*told: object) -> str:
    """Return a short name that changes with whatever is told (as JSON)."""
    text = json.dumps(told, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def load_arrays(path: Path) -> dict[str, Any] | None:
    """Return the arrays kept in a file; None where it is not there, or is not whole."""
    try:
        with path.open("rb") as source, np.load(source, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return None


def save_arrays(path: Path, arrays: Arrays) -> None:
    """Keep arrays in a file, whole or not at all."""
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    write_whole(path, content.getvalue())
