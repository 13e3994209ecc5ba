"""The version of the static files: browsers keep them for ever, until one of them changes."""

from __future__ import annotations

from hashlib import blake2b
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

SHIPPED = ("django-htmx", "django-leaflet")
"""Packages whose own static files are served."""


def version_of(folder: Path) -> str:
    """Return a short text that changes with any file of the folder, or any package served."""
    told = blake2b(digest_size=5)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        told.update(path.relative_to(folder).as_posix().encode())
        told.update(path.read_bytes())
    for package in SHIPPED:
        told.update(f"{package}=={version(package)}".encode())
    return told.hexdigest()


def static_folder_of(module: str) -> Path:
    """Return the folder of static files that a package ships, without importing it.

    Raises ModuleNotFoundError where the package is not installed.
    """
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(module)
    return Path(spec.origin).parent / "static" / module
