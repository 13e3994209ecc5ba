"""A small territory of real names and simple squares, and records that stand in it."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from maillage.directory.intake.records import SourcedRecord
from maillage.kernel.geometry import Point
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.kernel.provenance import SourceRef
from maillage.standard.record import MednumRecord
from maillage.territory.model import (
    Contour,
    IndicatorTable,
    Neighbour,
    PointKind,
    Territory,
    Zone,
    ZoneKind,
)

ON = dt.date(2026, 1, 15)
PARAMETERS: Parameters = load_parameters(ON)

BETHUNE, LILLERS, AUCHEL = "62119", "62516", "62048"
LAVENTIE, AIRE = "62491", "62014"


def square(lon: float, lat: float, half: float = 0.03) -> Contour:
    """Return a square contour around a point, degrees."""
    w, e, s, n = lon - half, lon + half, lat - half, lat + half
    return ((((w, s), (e, s), (e, n), (w, n), (w, s)),),)


def _zone(code: str, name: str, lon: float, lat: float, *postal: str) -> Zone:
    return Zone(
        id=code,
        name=name,
        kind=ZoneKind.COMMUNE,
        code_insee=code,
        population=1000,
        point=Point(lon, lat),
        point_kind=PointKind.MAIRIE,
        codes_postaux=postal,
        contour=square(lon, lat),
    )


TERRITORY = Territory(
    siren="200072460",
    name="CA de Béthune-Bruay",
    kind="CA",
    population=None,
    departements=("62",),
    zones=(
        _zone(AUCHEL, "Auchel", 2.47, 50.50, "62260"),
        _zone("62029", "Amettes", 2.40, 50.45, "62260"),
        _zone(BETHUNE, "Béthune", 2.64, 50.53, "62400"),
        _zone("62178", "Bruay-la-Buissière", 2.54, 50.48, "62700"),
        _zone("62473", "Isbergues", 2.46, 50.62, "62330"),
        _zone(LILLERS, "Lillers", 2.48, 50.565, "62190"),
        _zone("62028", "Ames", 2.42, 50.54, "62190"),
    ),
    indicators=IndicatorTable((), {}),
    neighbours=(
        Neighbour(LAVENTIE, "Laventie", 4900, Point(2.77, 50.63), ("62840",)),
        Neighbour(AIRE, "Aire-sur-la-Lys", 9900, Point(2.40, 50.64)),
        Neighbour("59005", "Allennes-les-Marais", 3500, Point(2.95, 50.54), ("59251",)),
        Neighbour("62721", "Roquetoire", 1900, Point(2.34, 50.67)),
    ),
)


def told(record_id: str = "1", source: str = "portrea", **fields: object) -> SourcedRecord:
    """Return a record in Béthune, changed by ``fields``; ``vintage`` is the file's."""
    vintage = cast("dt.date | None", fields.pop("vintage", None))
    values: dict[str, Any] = {
        "nom": "Médiathèque Élie Wiesel",
        "adresse": "3 Place Clemenceau",
        "code_postal": "62400",
        "commune": "Béthune",
        "latitude": 50.529,
        "longitude": 2.6405,
        "date_maj": dt.date(2022, 3, 1),
        **fields,
    }
    record = MednumRecord(id=record_id, **values)
    return SourcedRecord(record, SourceRef(source, record_id, 2, record.date_maj), vintage)
