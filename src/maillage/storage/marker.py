"""The file by which a folder is known to be a workspace, and of which version."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from maillage.kernel.atomic import write_whole
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr

MARKER_FILE = "workspace.json"
VERSION = 1
_WHAT = "maillage-workspace"


@dataclass(frozen=True, slots=True)
class Marker:
    """What the marker says: the version of the folder's layout, and whose work it was made for."""

    version: int
    siren: str | None


def write_marker(folder: Path, marker: Marker) -> None:
    """Write the marker of a workspace, whole or not at all."""
    text = json.dumps({"what": _WHAT, **asdict(marker)}, indent=2, sort_keys=True)
    write_whole(folder / MARKER_FILE, f"{text}\n".encode())


def read_marker(folder: Path) -> Marker:
    """Return the marker; WorkspaceError where the folder is no workspace, or a newer one."""
    if not folder.is_dir():
        message = tr("L'espace de travail « {folder} » n'existe pas. « maillage init » le crée.")
        raise WorkspaceError(message.format(folder=folder))
    told = _read(folder)
    if told is None:
        message = tr(
            "« {folder} » n'est pas un espace de travail de Maillage : "
            "choisissez un autre dossier, ou créez-en un avec « maillage init »."
        )
        raise WorkspaceError(message.format(folder=folder))
    if told["version"] > VERSION:
        raise too_new(folder)
    return Marker(version=told["version"], siren=told.get("siren"))


def too_new(folder: Path) -> WorkspaceError:
    """Return the error that says to update Maillage."""
    message = tr(
        "L'espace de travail « {folder} » a été fait par une version plus récente de Maillage : "
        "mettez Maillage à jour pour l'ouvrir."
    )
    return WorkspaceError(message.format(folder=folder))


def _read(folder: Path) -> dict[str, Any] | None:
    try:
        told = json.loads((folder / MARKER_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(told, dict) or told.get("what") != _WHAT:
        return None
    return told if isinstance(told.get("version"), int) else None
