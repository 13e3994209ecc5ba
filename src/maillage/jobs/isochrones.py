"""What is reached around points, within so many minutes, by the streets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.access.layers import Layer
from maillage.access.points import Points
from maillage.access.streets.isochrones import DrawsIsochrones
from maillage.access.travel import Mode
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress

_KINDS = {"id": str, "mode": str, "minutes": float}


@dataclass(frozen=True, slots=True)
class Isochrones:
    """Contours as a layer, French sentences on what they stand, and what was doubtful."""

    layer: Layer
    how: tuple[str, ...]
    findings: tuple[Finding, ...]


def isochrones_of(
    points: Points,
    streets: DrawsIsochrones,
    mode: Mode,
    minutes: Sequence[float],
    progress: Progress,
    *,
    towards: bool,
) -> Isochrones:
    """Return one row for each point and each number of minutes, soonest first, with its contour.

    With ``towards``, from where each point is reached. A point far from any street has no contour,
    hence no row.
    """
    progress.step(tr("Isochrones {mode}").format(mode=mode.label), total=len(points.points))
    rows, shapes = [], []
    for one in points.points:
        for drawn in streets.isochrones(one.point, mode, sorted(set(minutes)), towards=towards):
            if drawn.contour:
                rows.append((one.id, mode.code, drawn.minutes))
                shapes.append(drawn.contour)
        progress.advance()
    layer = Layer("isochrones", _KINDS, rows, shapes)
    return Isochrones(layer, (streets.describe((mode,)),), points.findings)
