"""Homes too far from every place: a file of another territory, or degrees exchanged."""

from __future__ import annotations

import numpy as np

from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import number
from maillage.kernel.geometry import FloatArray, box_around
from maillage.kernel.parameters import Parameters

HOMES_ASTRAY = FindingKind(
    "homes-astray",
    Severity.ERROR,
    "Points de départ à plus de {km} km de tout lieu : {n} sur {total}. Ils comptent comme des "
    "habitants qui ne peuvent aller nulle part.",
    "Vérifiez que les deux fichiers parlent du même territoire.",
)
HOMES_EXCHANGED = FindingKind(
    "homes-exchanged",
    Severity.ERROR,
    "Points de départ à plus de {km} km de tout lieu : {n} sur {total}. Ils en seraient près si "
    "longitude et latitude étaient échangées.",
    "Échangez les deux colonnes : en France, la longitude va de -5 à 10, la latitude de 41 à 51.",
)


def astray(
    homes: FloatArray, places: FloatArray, parameters: Parameters, source: str
) -> tuple[Finding, ...]:
    """Return one finding where some of (n, 2) homes stand far outside the box of the places.

    Both in lon/lat degrees; the distance is the dated parameter ``homes.astray_km``.
    """
    km = parameters.number("homes.astray_km")
    box = box_around(places, km)
    out = ~box.holds(homes)
    if not out.any():
        return ()
    exchanged = np.mean(box.holds(homes[out][:, ::-1])) > 0.5
    kind = HOMES_EXCHANGED if exchanged else HOMES_ASTRAY
    counts = {"n": number(int(out.sum())), "total": number(len(homes)), "km": number(km)}
    return (kind.at(Where(source, subject=source), **counts),)
