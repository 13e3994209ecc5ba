"""The main roads, railways and rivers of OpenStreetMap extracts, as few points as a map needs."""

from __future__ import annotations

import gzip
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.streets_osm import osmium_library
from maillage.kernel.errors import UnusableFile
from maillage.kernel.geometry import Box, FloatArray
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress
from maillage.territory.landmarks import OSM_CREDIT, Landmark, LandmarkKind, landmarks_geojson

if TYPE_CHECKING:
    from shapely import LineString
    from shapely.geometry.base import BaseGeometry

_METRES_PER_DEGREE = 111_195.08
_KILO = 1000
_ROADS = {
    "motorway": LandmarkKind.MOTORWAY,
    "trunk": LandmarkKind.MOTORWAY,
    "primary": LandmarkKind.ROAD,
    "secondary": LandmarkKind.MINOR,
}
_WATERS = frozenset({"river", "canal"})
_KEYS = ("highway", "railway", "waterway")
_COARSEST = 8.0
"""How many times the tolerance may be doubled before a kind of line is left out."""

Drawn = dict[tuple[LandmarkKind, str], list[FloatArray]]


def read_landmarks(
    extracts: Sequence[Path], box: Box, parameters: Parameters, progress: Progress
) -> bytes:
    """Return the lines of extracts within a box, joined and simplified, as a map's GeoJSON.

    Compressed it weighs at most ``landmarks.kilobytes``: lines become coarser, then the least
    important are left out. Raises UnusableFile where a file is no extract, MissingExtra.
    """
    told: Drawn = defaultdict(list)
    for path in extracts:
        progress.step(tr("Lecture des routes, voies ferrées et cours d'eau"))
        for kind, name, places in _lines(path):
            if len(places) > 1 and box.holds(places).any():
                told[kind, name].append(places)
    scale = _metres_of(box)
    whole = _joined(told, box, scale)
    tolerance = parameters.number("landmarks.tolerance_m")
    most = parameters.number("landmarks.kilobytes") * _KILO
    kinds = list(LandmarkKind)
    coarser = 1.0
    while True:
        kept = [one for one in _simplified(whole, tolerance * coarser, scale) if one.kind in kinds]
        made = landmarks_geojson(kept, OSM_CREDIT)
        if len(gzip.compress(made)) <= most or not kinds:
            return made
        if coarser < _COARSEST:
            coarser *= 2
        else:
            kinds.pop()
            coarser = 1.0


def kind_of(tags: Mapping[str, str]) -> LandmarkKind | None:
    """Return what a way of these tags is on a map, None where it is none of its lines.

    >>> kind_of({"railway": "rail", "service": "yard"}), kind_of({"waterway": "river"}).code
    (None, 'water')
    """
    if tags.get("railway") == "rail" and "service" not in tags:
        return LandmarkKind.RAIL
    if tags.get("waterway") in _WATERS:
        return LandmarkKind.WATER
    return _ROADS.get(tags.get("highway", ""))


def _lines(path: Path) -> Iterator[tuple[LandmarkKind, str, FloatArray]]:
    osmium = osmium_library()
    try:
        ways = osmium.FileProcessor(str(path)).with_locations()
        ways = ways.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
        ways = ways.with_filter(osmium.filter.KeyFilter(*_KEYS))
        for way in ways:
            tags = {tag.k: tag.v for tag in way.tags}
            kind = kind_of(tags)
            if kind is not None:
                name = tags.get("ref") if kind is not LandmarkKind.WATER else tags.get("name")
                places = [(n.location.lon, n.location.lat) for n in way.nodes if n.location.valid()]
                yield kind, name or tags.get("name", ""), np.array(places).reshape(-1, 2)
    except (RuntimeError, OSError, ValueError) as error:
        message = tr(
            "ce n'est pas un extrait OpenStreetMap entier au format .osm.pbf ; téléchargez-le à "
            "nouveau"
        )
        raise UnusableFile(path, message, value=str(error)) from error


def _metres_of(box: Box) -> FloatArray:
    """Return how many metres a degree of longitude and of latitude make in the middle of a box."""
    middle = math.radians((box.south + box.north) / 2)
    return np.array([math.cos(middle), 1.0]) * _METRES_PER_DEGREE


def _joined(
    told: Drawn, box: Box, scale: FloatArray
) -> dict[tuple[LandmarkKind, str], BaseGeometry]:
    """Return each line of a name in one piece where it can be, cut to the box, in metres."""
    import shapely

    low = np.array([box.west, box.south]) * scale
    high = np.array([box.east, box.north]) * scale
    frame = shapely.box(*low, *high)
    joined = {}
    for key, lines in told.items():
        pieces = shapely.MultiLineString([one * scale for one in lines])
        joined[key] = shapely.line_merge(pieces).intersection(frame)
    return {key: shape for key, shape in joined.items() if not shape.is_empty}


def _simplified(
    joined: Mapping[tuple[LandmarkKind, str], BaseGeometry], tolerance: float, scale: FloatArray
) -> Iterator[Landmark]:
    """Yield lines with no more points than a tolerance in metres asks for; specks are left out."""
    for (kind, name), shape in joined.items():
        for line in _parts(shape.simplify(tolerance)):
            if line.length > tolerance:
                places = np.array(line.coords) / scale
                yield Landmark(kind, name, tuple((float(lon), float(lat)) for lon, lat in places))


def _parts(shape: BaseGeometry) -> list[LineString]:
    import shapely

    return [one for one in shapely.get_parts(shape) if one.geom_type == "LineString"]
