"""The lines of a territory's map put together: read from extracts, kept where its site is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.kernel.parameters import Parameters
    from maillage.kernel.progress import Progress
    from maillage.territory.model import Territory


def landmarks_around(
    territory: Territory, extracts: tuple[Path, ...], parameters: Parameters, progress: Progress
) -> bytes:
    """Return the lines of a territory and a margin as the GeoJSON that a map draws.

    Raises UnusableFile where an extract cannot be read, MissingExtra.
    """
    import numpy as np

    from maillage.engines.landmarks_osm import read_landmarks
    from maillage.kernel.geometry import box_around

    corners = [(zone.point.lon, zone.point.lat) for zone in territory.zones]
    for zone in territory.zones:
        for polygon in zone.contour or ():
            corners += [(lon, lat) for ring in polygon for lon, lat in ring]
    box = box_around(np.array(corners), parameters.number("landmarks.margin_km"))
    return read_landmarks(extracts, box, parameters, progress)
