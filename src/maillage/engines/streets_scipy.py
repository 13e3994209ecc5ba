"""What the streets take of scipy, had when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr


def scipy_sparse() -> ModuleType:
    """Return scipy.sparse with its graphs; MissingExtra where scipy is not installed."""
    try:
        import scipy.sparse
        import scipy.sparse.csgraph
    except ImportError as error:
        raise _missing() from error
    found: ModuleType = scipy.sparse
    return found


def scipy_rings() -> Callable[..., Any]:
    """Return what counts the rings of empty cells around each; MissingExtra without scipy."""
    try:
        from scipy.ndimage import distance_transform_cdt
    except ImportError as error:
        raise _missing() from error
    counting: Callable[..., Any] = distance_transform_cdt
    return counting


def _missing() -> MissingExtra:
    message = tr(
        "Chercher un chemin dans les rues demande scipy. Installez-le : "
        'pip install "maillage[access]"'
    )
    return MissingExtra(message)
