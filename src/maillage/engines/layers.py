"""Layers of a map by GDAL: GeoPackage, Shapefile, GeoJSON; points and polygons in degrees.

Coordinates are put in WGS84 degrees from the projection that the file tells (Lambert 93, overseas
UTM…). Metres told as degrees, or told without a projection, are refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from maillage.kernel.errors import MissingExtra, UnusableFile
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.tables.limits import MAX_ROWS, too_many_rows
from maillage.territory.contours import contour_from
from maillage.territory.features import IN_METRES, Feature, seem_metres
from maillage.territory.model import Contour

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_LAYERED = (".gpkg", ".shp", ".fgb")
_GEOJSON = (".geojson", ".json")
_POLYGON = re.compile(rb'"type"\s*:\s*"(?:Multi)?Polygon"')
_PROJECTION = re.compile(rb'"crs"\s*:\s*\{.{0,200}?"name"\s*:\s*"([^"]{1,100})"', re.DOTALL)
_DEGREES = (b"CRS84", b"4326")
_FARTHEST = np.array([180.0, 90.0, 180.0, 90.0])  # degrees, as bounds are written
_AS_BYTES = 64 << 20  # beyond, a GeoJSON is not looked through


@dataclass(frozen=True, slots=True)
class OpenLayer:
    """One layer of a file: its name, its columns as written, the projection told for it."""

    path: Path
    name: str
    columns: tuple[str, ...]
    projection: str | None


def is_layer(path: Path) -> bool:
    """Tell whether a file needs GDAL: a GeoPackage or Shapefile, a GeoJSON of more than points."""
    suffix = path.suffix.lower()
    if suffix not in _GEOJSON:
        return suffix in _LAYERED
    with path.open("rb") as file:
        raw = file.read(_AS_BYTES)
    told = _PROJECTION.search(raw)
    projected = told is not None and not any(name in told[1] for name in _DEGREES)
    return projected or _POLYGON.search(raw) is not None


def open_layer(path: Path, holding: Sequence[str] = ()) -> OpenLayer:
    """Return the first layer of shapes with a column of those names (lower case), else the first.

    Raises UnusableFile where GDAL reads no layer of shapes there, or one of too many rows;
    MissingExtra without pyogrio.
    """
    pyogrio = _pyogrio()
    try:
        names = [str(name) for name, shape in pyogrio.list_layers(path) if shape is not None]
        layers = [_opened(path, name, pyogrio) for name in names]
    except (*_errors(pyogrio),) as error:
        message = tr("ce fichier ne se lit pas comme une couche de formes (GPKG, SHP, GeoJSON).")
        raise UnusableFile(path, message) from error
    if not layers:
        raise UnusableFile(path, tr("aucune couche de points ou de polygones."))
    with_one = [
        layer for layer in layers if {c.strip().lower() for c in layer.columns} & set(holding)
    ]
    return (with_one or layers)[0]


def _opened(path: Path, name: str, pyogrio: ModuleType) -> OpenLayer:
    info = pyogrio.read_info(path, layer=name, force_feature_count=True)
    if int(info["features"]) > MAX_ROWS:
        raise too_many_rows(path)
    told = info["crs"]
    return OpenLayer(path, name, tuple(map(str, info["fields"])), None if not told else str(told))


def read_features(
    layer: OpenLayer,
    columns: Sequence[str] | None = None,
    wanted: Callable[[Feature], bool] | None = None,
) -> tuple[Feature, ...]:
    """Return the features of a layer in its order, with some columns (None: all).

    ``wanted`` is asked of each before its shape is read: of a national file, only the shapes of a
    territory are. Raises UnusableFile as ``open_layer``, and where coordinates are no degrees.
    """
    pyogrio = _pyogrio()
    try:
        meta, fids, _, fields = pyogrio.raw.read(
            layer.path, layer=layer.name, columns=columns, read_geometry=False, return_fids=True
        )
        cells = _cells([str(name) for name in meta["fields"]], fields)
        rows = [Feature(one, None) for one in cells] or [Feature({}, None) for _ in fids]
        kept = [n for n, row in enumerate(rows) if wanted is None or wanted(row)]
        if not kept:
            return ()
        _, _, raw, _ = pyogrio.raw.read(
            layer.path, layer=layer.name, columns=[], fids=fids[kept], force_2d=True
        )
    except (*_errors(pyogrio),) as error:
        raise UnusableFile(layer.path, tr("cette couche de formes ne se lit pas.")) from error
    shapes = _shapes(raw, layer)
    return tuple(Feature(rows[n].cells, shapes[i]) for i, n in enumerate(kept))


def _cells(names: Sequence[str], fields: Sequence[Any]) -> list[dict[str, str]]:
    texts = [[_text(value) for value in field.tolist()] for field in fields]
    return [
        {name: told for name, told in zip(names, row, strict=True) if told}
        for row in zip(*texts, strict=True)
    ]


def _text(value: object) -> str:
    """Return a cell as text, empty where it is not told."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _shapes(raw: npt.NDArray[np.object_], layer: OpenLayer) -> list[Point | Contour | None]:
    """Return the shapes of WKB in degrees, None where one is none that is usable."""
    import shapely

    geometries = shapely.from_wkb(raw, on_invalid="ignore")
    geometries = shapely.transform(geometries, _to_degrees(layer))
    corners = shapely.bounds(geometries)
    told = corners[np.isfinite(corners).all(axis=1)]
    if len(told) and (seem_metres(told[:, :2]) or seem_metres(told[:, 2:])):
        raise UnusableFile(layer.path, IN_METRES)
    return [
        _shape(one) if bool((abs(box) <= _FARTHEST).all()) else None  # NaN and inf are not
        for one, box in zip(geometries.tolist(), corners, strict=True)
    ]


def _to_degrees(layer: OpenLayer) -> Callable[[Any], Any]:
    from pyproj import CRS, Transformer
    from pyproj.exceptions import CRSError

    if layer.projection is None:
        return lambda places: places
    try:
        told = CRS.from_user_input(layer.projection)
        transformer = Transformer.from_crs(told, 4326, always_xy=True)
    except CRSError as error:
        message = tr("sa projection (« {value} ») n'est pas connue.")
        raise UnusableFile(layer.path, message.format(value=layer.projection[:60])) from error
    if told.is_geographic:
        return lambda places: places
    return lambda places: np.column_stack(transformer.transform(places[:, 0], places[:, 1]))


def _shape(geometry: BaseGeometry) -> Point | Contour | None:
    if geometry.geom_type in ("Point", "MultiPoint"):
        centre = geometry.centroid
        return Point(float(centre.x), float(centre.y))
    return contour_from(geometry) or None


def _errors(pyogrio: ModuleType) -> tuple[type[Exception], ...]:
    named = pyogrio.errors
    return (named.DataSourceError, named.DataLayerError, named.FeatureError, named.GeometryError)


def _pyogrio() -> ModuleType:
    try:
        import pyogrio
        import pyogrio.raw
    except ImportError as error:
        message = tr(
            "Lire un GeoPackage, un Shapefile ou des polygones demande pyogrio. Installez-le : "
            'pip install "maillage[exports]"'
        )
        raise MissingExtra(message) from error
    found: ModuleType = pyogrio
    return found
