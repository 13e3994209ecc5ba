"""Maillage: the software with which a French territory runs its digital-inclusion policy.

The public door: importing it loads nothing heavy, each name is fetched when first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.2.0"

_DOOR = {
    "MaillageError": "maillage.kernel.errors",
    "Finding": "maillage.kernel.findings",
    "load_parameters": "maillage.kernel.parameters",
    "Territory": "maillage.territory.model",
    "Directory": "maillage.directory.model",
    "TravelTimes": "maillage.access.travel",
    "StraightLine": "maillage.access.travel",
    "Diagnosis": "maillage.diagnosis.model",
    "diagnose": "maillage.diagnosis.diagnose",
    "read_territory": "maillage.wiring.house",
}

__all__ = ["__version__", *sorted(_DOOR)]  # noqa: PLE0604 - built from the door itself


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a door of many types
    if name not in _DOOR:
        raise AttributeError(f"module 'maillage' has no attribute {name!r}")
    return getattr(import_module(_DOOR[name]), name)
