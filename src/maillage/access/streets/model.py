"""Where points stand among the streets, and the piece of the world that streets are kept for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

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

LITTLE_COVERED = FindingKind(
    "streets-little-covered",
    Severity.WARNING,
    "Les rues données ne couvrent que {share} des points ({near} sur {all} à moins de {far} d'une "
    "rue praticable {mode}).",
    "Ajoutez l'extrait OpenStreetMap de la région voisine : l'option --osm se répète.",
)

EXTRACT_ELSEWHERE = FindingKind(
    "streets-elsewhere",
    Severity.INFO,
    "Aucune rue de cet extrait n'est dans le territoire demandé ni dans ses abords.",
    "Rien à faire si les autres extraits le couvrent ; sinon, donnez celui de la région voisine.",
)

STREETS_BROKEN = FindingKind(
    "streets-broken",
    Severity.WARNING,
    "Les rues données passent par des nœuds sans coordonnées ({n}) : elles y sont coupées.",
    "Découpez l'extrait avec « osmium extract --strategy complete_ways », ou prenez-le entier.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Snapped:
    """How far n points stand from the streets of one mode.

    ``metres`` (n,) is the straight line to the nearest street of the main network, inf where none
    is within ``limit_m``, nan where one is but the engine does not tell how far; ``placed`` (n,)
    says which points a journey can begin or end at.
    """

    mode: Mode
    metres: FloatArray
    limit_m: float

    @property
    def placed(self) -> npt.NDArray[np.bool_]:
        """Which points stand near enough."""
        return ~np.isinf(self.metres)


@runtime_checkable
class KnowsStreets(Protocol):
    """An engine that stands on streets, and knows which points are near them."""

    def snap(self, places: FloatArray, mode: Mode) -> Snapped:
        """Return how far (n, 2) lon/lat degrees stand from the streets of a mode."""

    def doubts(self, mode: Mode, places: FloatArray) -> tuple[Finding, ...]:
        """Return what is doubtful in the extracts, and if few of (n, 2) degrees are near them."""


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


def little_covered(snapped: Snapped, enough: float) -> tuple[Finding, ...]:
    """Return one finding where fewer than a share ``enough`` (0-1) of the points are near a street.

    An extract of elsewhere, or one that stops at the limit of its region, is known by it.
    """
    n, near = len(snapped.placed), int(snapped.placed.sum())
    if not n or near / n >= enough:
        return ()
    far = f"{french.number(round(snapped.limit_m))} m"
    words = {"share": french.percent(near / n), "near": french.number(near)}
    words |= {"all": french.number(n), "far": far, "mode": snapped.mode.label}
    return (LITTLE_COVERED.at(Where(), **words),)


def doubts_of_extracts(
    names: Sequence[str], brought: Sequence[int], missing: int
) -> tuple[Finding, ...]:
    """Return what is doubtful in extracts read together: one that brings nothing, streets broken.

    ``brought`` are the streets that each brings, ``missing`` the nodes that none places.
    """
    elsewhere = [
        EXTRACT_ELSEWHERE.at(Where(source=name))
        for name, n_streets in zip(names, brought, strict=True)
        if not n_streets
    ]
    broken = [STREETS_BROKEN.at(Where(), n=french.number(missing))] if missing else []
    return (*sorted(elsewhere, key=lambda one: one.where.source or ""), *broken)
