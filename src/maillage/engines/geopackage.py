"""The directory as a GeoPackage, through pyogrio: opens in QGIS as it is.

Layers ``lieux`` and ``permanences`` (points), ``zones`` (contours, where they are known), and the
tables ``structures``, ``services`` and ``sources``, which have no geometry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from maillage.directory.losses import (
    LostField,
    approximate_points,
    counted,
    outside,
    overruled,
    provenance,
)
from maillage.directory.model import Directory
from maillage.directory.sheets import (
    Cell,
    CellKind,
    Column,
    Sheet,
    directory_sheets,
    holdable,
    unholdable,
)
from maillage.jobs.ports import Exported, TerritoryWork
from maillage.kernel.errors import MissingExtra, OutputError
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.territory.model import Territory, Zone

_CLOCK = "OGR_CURRENT_DATE"  # GDAL's own way to be told the time that it writes in the file
_CRS = "EPSG:4326"

Shapes = npt.NDArray[np.object_]
"""The geometries of a layer as WKB bytes, None where there is none."""
Values = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]


class GeopackageWriter:
    """Writes the GeoPackage. Raises MissingExtra, when made, where pyogrio is not installed."""

    def __init__(self) -> None:
        self._pyogrio = _pyogrio()

    @property
    def format(self) -> str:
        """The name of the format."""
        return "gpkg"

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The ends of the names of its files."""
        return (".gpkg",)

    def write(self, work: TerritoryWork, stem: Path, on: dt.date) -> Exported:
        """Write every layer and return the path and the losses."""
        path = stem.with_name(stem.name + self.suffixes[0])
        path.unlink(missing_ok=True)
        sheets = (*directory_sheets(work.directory), _sources(work.territory))
        try:
            with _told_the_time(self._pyogrio, on):
                for rank, sheet in enumerate(sheets):
                    geometry = None if sheet.points is None else _points(sheet.points)
                    self._layer(path, sheet, geometry, "Point", append=rank > 0)
                zones = _zones(work.territory)
                contours = _contours(work.territory.zones)
                self._layer(path, zones, contours, "MultiPolygon", append=True)
        except self._pyogrio.errors.DataSourceError as error:
            message = tr("Le GeoPackage « {path} » ne peut pas être écrit : {detail}.")
            raise OutputError(message.format(path=path, detail=error)) from error
        n_records = len(work.directory.inside().permanences)
        return Exported((path,), n_records, counted(_losses(work.directory, sheets)))

    def _layer(
        self,
        path: Path,
        sheet: Sheet,
        geometry: Shapes | None,
        kind: str,
        *,
        append: bool,
    ) -> None:
        shaped: dict[str, str] = {} if geometry is None else {"geometry_type": kind, "crs": _CRS}
        values, masks = _fields(sheet)
        self._pyogrio.raw.write(
            str(path),
            geometry,
            values,
            [column.name for column in sheet.columns],
            field_mask=masks,
            layer=sheet.name,
            driver="GPKG",
            append=append,
            layer_options={"IDENTIFIER": sheet.name, "DESCRIPTION": sheet.title},
            **shaped,
        )


def _pyogrio() -> ModuleType:
    try:
        import pyogrio
        import pyogrio.raw
    except ImportError as error:
        message = tr(
            'L\'export GeoPackage demande pyogrio. Installez-le : pip install "maillage[exports]"'
        )
        raise MissingExtra(message) from error
    found: ModuleType = pyogrio
    return found


@contextmanager
def _told_the_time(pyogrio: ModuleType, on: dt.date) -> Iterator[None]:
    """Have GDAL write the date of the export instead of the clock's."""
    before = pyogrio.get_gdal_config_option(_CLOCK)
    pyogrio.set_gdal_config_options({_CLOCK: f"{on.isoformat()}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({_CLOCK: before})


def _fields(sheet: Sheet) -> tuple[list[Values], list[Mask | None]]:
    """Return the columns as arrays and, for whole numbers, which are not told."""
    values: list[Values] = []
    masks: list[Mask | None] = []
    for rank, column in enumerate(sheet.columns):
        cells = [row[rank] for row in sheet.rows]
        values.append(_array(column, cells))
        untold = np.array([cell is None for cell in cells], dtype=bool)
        masks.append(untold if column.kind is CellKind.WHOLE else None)
    return values, masks


def _array(column: Column, cells: Sequence[Cell]) -> Values:
    if column.kind is CellKind.WHOLE:
        return np.array([0 if cell is None else cell for cell in cells], dtype=np.int64)
    if column.kind is CellKind.DECIMAL:
        return np.array([np.nan if cell is None else cell for cell in cells], dtype=np.float64)
    if column.kind is CellKind.DATE:
        return np.array([None if c is None else str(c) for c in cells], dtype="datetime64[D]")
    texts = [None if cell is None else holdable(str(cell)) for cell in cells]
    return np.array(texts, dtype=object)


def _points(points: Sequence[Point | None]) -> Shapes:
    import shapely

    shapes = [None if p is None else shapely.to_wkb(shapely.Point(p.lon, p.lat)) for p in points]
    return _objects(shapes)


def _contours(zones: Sequence[Zone]) -> Shapes:
    import shapely

    shapes = [
        None
        if zone.contour is None
        else shapely.to_wkb(
            shapely.MultiPolygon([(polygon[0], polygon[1:]) for polygon in zone.contour])
        )
        for zone in zones
    ]
    return _objects(shapes)


def _objects(values: Sequence[bytes | None]) -> Shapes:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _zones(territory: Territory) -> Sheet:
    columns = (
        Column("id", tr("Identifiant")),
        Column("nom", tr("Nom")),
        Column("genre", tr("Genre")),
        Column("code_insee", tr("Code INSEE")),
        Column("population", tr("Population"), CellKind.WHOLE),
        Column("superficie_km2", tr("Superficie (km²)"), CellKind.DECIMAL),
    )
    rows = tuple(
        (z.id, z.name, z.kind.label, z.code_insee, z.population, z.area_km2)
        for z in territory.zones
    )
    return Sheet("zones", tr("Communes du territoire"), columns, rows)


def _sources(territory: Territory) -> Sheet:
    columns = (
        Column("source_id", tr("Identifiant")),
        Column("nom", tr("Nom")),
        Column("editeur", tr("Éditeur")),
        Column("licence", tr("Licence")),
        Column("millesime", tr("Millésime")),
    )
    rows = tuple(
        (d.source_id, d.name, d.publisher, d.licence, d.vintage) for d in territory.datasets
    )
    return Sheet("sources", tr("Sources et licences"), columns, rows)


def _losses(directory: Directory, sheets: Sequence[Sheet]) -> Iterator[LostField]:
    yield from outside(directory)
    yield from approximate_points(directory)
    yield from provenance(directory, tr("ni la ligne ni la date des fiches d'origine"))
    yield from overruled(directory)
    for sheet in sheets:
        yield from unholdable(sheet)
