"""Where points stand among the streets, and the piece of the world that streets are kept for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.access.travel import Mode
from maillage.kernel import french
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.geometry import FloatArray

FAR_FROM_STREETS = FindingKind(
    "far-from-streets",
    Severity.WARNING,
    "Ce point est {far} de toute rue praticable {mode} : aucun trajet n'y est calculé.",
    "Vérifiez ses coordonnées, ou que l'extrait OpenStreetMap couvre ce point.",
)

FAR_AND_ESTIMATED = FindingKind(
    "far-from-streets-estimated",
    Severity.INFO,
    "Ce point est {far} de toute rue praticable {mode} : la marche y est estimée à vol d'oiseau.",
    "Vérifiez ses coordonnées, ou que l'extrait OpenStreetMap couvre ce point.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Snapped:
    """How far n points stand from the streets of one mode.

    ``metres`` (n,) is the straight line to the nearest street of the main network, inf where none
    is within ``limit_m``; ``placed`` (n,) says which points a journey can begin or end at.
    """

    mode: Mode
    metres: FloatArray
    limit_m: float

    @property
    def placed(self) -> npt.NDArray[np.bool_]:
        """Which points stand near enough."""
        return np.isfinite(self.metres)


def far_from_streets(
    snapped: Snapped, places: Sequence[Where], *, estimated: bool = False
) -> tuple[Finding, ...]:
    """Return one finding for each point, told by its place in a source, that no street is near.

    ``estimated``: its times are then estimated (``WhereKnown``); else it has none.
    """
    kind = FAR_AND_ESTIMATED if estimated else FAR_FROM_STREETS
    far = f"à plus de {french.number(round(snapped.limit_m))} m"
    return tuple(
        kind.at(where, far=far, mode=snapped.mode.label)
        for where, placed in zip(places, snapped.placed, strict=True)
        if not placed
    )
