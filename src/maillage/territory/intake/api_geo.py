"""The EPCI and its communes, in the answer format of the API Découpage administratif (API géo)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Where
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.kernel.provenance import LocalFile
from maillage.territory.contours import contour_of, inner_point
from maillage.territory.doubts import (
    COMMUNE_TWICE,
    COMMUNE_WITHOUT_CODE,
    CONTOUR_MISSING,
    CONTOUR_UNREADABLE,
    COORDINATES_UNREADABLE,
    POINT_FROM_CONTOUR,
    POINT_MISSING,
    POPULATION_MISSING,
)
from maillage.territory.intake.reading import (
    codes,
    degrees,
    french_number,
    people,
    read_json,
)
from maillage.territory.model import Contour, PointKind, Zone, ZoneKind

_HECTARES_PER_KM2 = 100.0
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EpciRecord:
    """An EPCI as its source names it; ``kind`` is its short legal type (CA, CC, CU, METRO)."""

    siren: str
    name: str
    kind: str
    population: int | None
    departements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommuneRecord:
    """A commune as its source tells it, before one of its two points is chosen."""

    zone: Zone
    epci: str | None
    mairie: Point | None
    centre: Point | None


def read_epci(file: LocalFile) -> tuple[EpciRecord, tuple[Finding, ...]]:
    """Return the EPCI of an ``/epcis/<siren>`` answer.

    Raises UnusableFile where the file is not JSON, or is not one EPCI with its code and name.
    """
    item = read_json(file)
    if not isinstance(item, dict) or not item.get("code") or not item.get("nom"):
        message = tr("le fichier n'est pas la fiche d'un EPCI : il y manque « code » ou « nom »")
        raise UnusableFile(file.path, message, value=str(item))
    doubts: list[Finding] = []
    where = Where(file.dataset.source_id, subject=str(item["code"]))
    record = EpciRecord(
        siren=str(item["code"]),
        name=str(item["nom"]),
        kind=str(item.get("type") or ""),
        population=people(item.get("population"), where, doubts),
        departements=_codes(item, "codesDepartements", where, doubts),
    )
    return record, tuple(doubts)


def read_communes(file: LocalFile) -> tuple[tuple[CommuneRecord, ...], tuple[Finding, ...]]:
    """Return the communes of an ``/epcis/<siren>/communes`` answer, in order of code.

    The zone's point is the mairie, else the centre, else a point inside the contour. Surfaces come
    in hectares and leave in km². Raises UnusableFile where the file is not a list of communes.
    """
    items = read_json(file)
    if not isinstance(items, list) or not items:
        message = tr("le fichier n'est pas une liste de communes")
        raise UnusableFile(file.path, message, value=str(items))
    doubts: list[Finding] = []
    records: dict[str, CommuneRecord] = {}
    for item in items:
        record = _commune(item, file.dataset.source_id, doubts)
        if record is None:
            continue
        code = record.zone.code_insee
        if code in records:
            where = Where(file.dataset.source_id, subject=code)
            doubts.append(COMMUNE_TWICE.at(where, value=record.zone.name))
            continue
        records[code] = record
    if not records:
        raise UnusableFile(file.path, tr("aucune commune lisible dans le fichier"))
    return tuple(records[code] for code in sorted(records)), tuple(doubts)


def _commune(item: object, source_id: str, doubts: list[Finding]) -> CommuneRecord | None:
    if not isinstance(item, dict) or not item.get("code") or not item.get("nom"):
        doubts.append(COMMUNE_WITHOUT_CODE.at(Where(source_id), value=str(item)))
        return None
    code = str(item["code"])
    where = Where(source_id, subject=code)
    contour = _contour(item, where, doubts)
    mairie, centre = (_point(item, name, where, doubts) for name in ("mairie", "centre"))
    chosen = _choose(mairie, centre, contour)
    if chosen is None:
        doubts.append(POINT_MISSING.at(where, value=item["nom"]))
        return None
    if mairie is None and centre is None:
        doubts.append(POINT_FROM_CONTOUR.at(where))
    point, point_kind = chosen
    hectares = french_number(str(item.get("surface", "")))
    zone = Zone(
        id=code,
        name=str(item["nom"]),
        kind=ZoneKind.COMMUNE,
        code_insee=code,
        population=_population(item, where, doubts),
        point=point,
        point_kind=point_kind,
        codes_postaux=_codes(item, "codesPostaux", where, doubts),
        area_km2=None if hectares is None else hectares / _HECTARES_PER_KM2,
        contour=contour,
    )
    epci = item.get("codeEpci")
    return CommuneRecord(zone, None if epci is None else str(epci), mairie, centre)


def _codes(item: Item, name: str, where: Where, doubts: list[Finding]) -> tuple[str, ...]:
    return codes(item.get(name), where.on(name), doubts)


def _choose(
    mairie: Point | None, centre: Point | None, contour: Contour | None
) -> tuple[Point, PointKind] | None:
    if mairie is not None:
        return mairie, PointKind.MAIRIE
    if centre is not None:
        return centre, PointKind.CENTRE
    return None if contour is None else (inner_point(contour), PointKind.CENTRE)


def _population(item: Item, where: Where, doubts: list[Finding]) -> int | None:
    population = people(item.get("population"), where, doubts)
    if population is None:
        doubts.append(POPULATION_MISSING.at(where.on("population")))
    return population


def _contour(item: Item, where: Where, doubts: list[Finding]) -> Contour | None:
    geometry = item.get("contour")
    if geometry is None:
        doubts.append(CONTOUR_MISSING.at(where.on("contour")))
        return None
    try:
        return contour_of(geometry)
    except ValueError as error:
        doubts.append(CONTOUR_UNREADABLE.at(where.on("contour"), value=error))
        return None


def _point(item: Item, name: str, where: Where, doubts: list[Finding]) -> Point | None:
    geometry = item.get(name)
    if geometry is None:
        return None
    position = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(position, list) or len(position) < 2:
        doubts.append(COORDINATES_UNREADABLE.at(where.on(name), value=str(geometry)))
        return None
    return degrees(position[0], position[1], where.on(name), doubts)
