"""All communes and all EPCI of France: who lives next door, and which EPCI there are."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Where
from maillage.kernel.geometry import FloatArray, Point, coordinates, distances_km
from maillage.kernel.language import tr
from maillage.kernel.provenance import LocalFile
from maillage.tables.model import Row
from maillage.tables.read import read_table
from maillage.territory.doubts import COMMUNE_WITHOUT_CODE, NEIGHBOUR_MAIRIE_FAR
from maillage.territory.intake.api_geo import EpciRecord
from maillage.territory.intake.reading import degrees, french_number, people
from maillage.territory.model import Neighbour, PointKind, Zone, ZoneKind

_HECTARES_PER_KM2 = 100.0
_KM_PER_DEGREE = 110.0  # a little less than a degree of latitude: never leaves a neighbour out


@dataclass(frozen=True, slots=True)
class FranceCommune:
    """A commune of the national list; ``epci`` is the SIREN it belongs to, None where to none."""

    code_insee: str
    name: str
    population: int | None
    epci: str | None
    mairie: Point | None
    centre: Point | None
    codes_postaux: tuple[str, ...]
    area_km2: float | None

    @property
    def point(self) -> Point | None:
        """The mairie, else the centre; None where the list gives neither."""
        return self.mairie or self.centre

    def as_zone(self) -> Zone | None:
        """Return the commune as a zone without contour; None where it has no point."""
        point = self.point
        if point is None:
            return None
        return Zone(
            id=self.code_insee,
            name=self.name,
            kind=ZoneKind.COMMUNE,
            code_insee=self.code_insee,
            population=self.population,
            point=point,
            point_kind=PointKind.CENTRE if self.mairie is None else PointKind.MAIRIE,
            codes_postaux=self.codes_postaux,
            area_km2=self.area_km2,
        )


def read_france(file: LocalFile) -> tuple[tuple[FranceCommune, ...], tuple[Finding, ...]]:
    """Return the communes of the national list, in the order of the file.

    Reads the CSV of the list as well as the JSON answer of ``/communes?fields=…`` (API géo).
    Raises UnusableFile where the columns are not those of either.
    """
    table = read_table(file.path)
    names = set(table.columns)
    if not (names & {"code_insee", "code"} and "nom" in names):
        message = tr("le fichier n'est pas la liste des communes : il y manque « code » ou « nom »")
        raise UnusableFile(file.path, message, line=1, value=", ".join(table.columns))
    doubts: list[Finding] = []
    communes = []
    for row in table.rows:
        commune = _commune(row, file.dataset.source_id, doubts)
        if commune is not None:
            communes.append(commune)
    return tuple(communes), (*table.findings, *doubts)


def neighbours_among(
    communes: Iterable[FranceCommune],
    zones: Sequence[Zone],
    margin_km: float,
    mairie_centre_km: float,
    source_id: str,
) -> tuple[tuple[Neighbour, ...], tuple[Finding, ...]]:
    """Return the communes that are no zone but lie within ``margin_km`` of the point of one.

    Distance counts from the centre where it is known. A mairie farther than ``mairie_centre_km``
    from the centre is taken to be misplaced: the centre replaces it and a finding says so. In
    order of code.
    """
    inside = {zone.code_insee for zone in zones}
    placed = [
        (commune, point)
        for commune in sorted(communes, key=lambda c: c.code_insee)
        if commune.code_insee not in inside
        and (point := commune.centre or commune.mairie) is not None
    ]
    if not zones or not placed:
        return (), ()
    near = _near(
        coordinates([point for _, point in placed]),
        coordinates([zone.point for zone in zones]),
        margin_km,
    )
    doubts: list[Finding] = []
    neighbours = tuple(
        _neighbour(placed[index][0], mairie_centre_km, source_id, doubts) for index in near
    )
    return neighbours, tuple(doubts)


def _near(points: FloatArray, zones: FloatArray, margin_km: float) -> list[int]:
    """Return the indices of the points within the margin of a zone; a box first, for speed."""
    lat_margin = margin_km / _KM_PER_DEGREE
    lon_margin = lat_margin / max(0.1, math.cos(math.radians(float(np.abs(zones[:, 1]).max()))))
    margin = np.array([lon_margin, lat_margin])
    low, high = zones.min(axis=0) - margin, zones.max(axis=0) + margin
    candidates = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    if not candidates.size:
        return []
    nearest = distances_km(points[candidates], zones).min(axis=1)
    return [int(index) for index in candidates[nearest <= margin_km]]


def _neighbour(
    commune: FranceCommune, mairie_centre_km: float, source_id: str, doubts: list[Finding]
) -> Neighbour:
    point = commune.point
    if commune.mairie is not None and commune.centre is not None:
        pair = coordinates([commune.mairie, commune.centre])
        far = float(distances_km(pair[:1], pair[1:])[0, 0])
        if far > mairie_centre_km:
            where = Where(source_id, subject=commune.code_insee, field="mairie")
            doubts.append(NEIGHBOUR_MAIRIE_FAR.at(where, value=f"{far:.0f}"))
            point = commune.centre
    if point is None:
        raise ValueError(commune.code_insee)
    return Neighbour(
        code_insee=commune.code_insee,
        name=commune.name,
        population=commune.population,
        point=point,
        codes_postaux=commune.codes_postaux,
    )


def _commune(row: Row, source_id: str, doubts: list[Finding]) -> FranceCommune | None:
    code, name = row.get("code_insee", "code"), row.get("nom")
    if code is None or name is None:
        where = Where(source_id, line=row.line)
        doubts.append(COMMUNE_WITHOUT_CODE.at(where, value=dict(row.cells)))
        return None
    where = Where(source_id, line=row.line, subject=code)
    hectares = french_number(row.get("surface_ha", "surface") or "")
    return FranceCommune(
        code_insee=code,
        name=name,
        population=people(row.get("population"), where, doubts),
        epci=row.get("epci", "codeEpci"),
        mairie=_point(row, "mairie", where, doubts),
        centre=_point(row, "centre", where, doubts),
        codes_postaux=tuple(sorted(filter(None, (row.get(*_POSTAUX) or "").split("|")))),
        area_km2=None if hectares is None else hectares / _HECTARES_PER_KM2,
    )


_POSTAUX = ("codes_postaux", "codesPostaux")


def _point(row: Row, name: str, where: Where, doubts: list[Finding]) -> Point | None:
    nested = row.get(name)
    if nested is None:
        lon, lat = row.get(f"{name}_lon"), row.get(f"{name}_lat")
        return degrees(lon, lat, where, doubts)
    try:
        lon, lat, *_ = json.loads(nested)["coordinates"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return degrees(nested, "", where, doubts)
    return degrees(lon, lat, where, doubts)


def read_epci_list(file: LocalFile) -> tuple[tuple[EpciRecord, ...], tuple[Finding, ...]]:
    """Return all the EPCI of the national list; it says nothing of their départements.

    Reads the CSV of the list as well as the JSON answer of ``/epcis?fields=…`` (API géo). Raises
    UnusableFile where the columns are not those of either.
    """
    table = read_table(file.path)
    names = set(table.columns)
    if not (names & {"siren", "code"} and "nom" in names):
        message = tr("le fichier n'est pas la liste des EPCI : il y manque « siren » ou « nom »")
        raise UnusableFile(file.path, message, line=1, value=", ".join(table.columns))
    doubts: list[Finding] = []
    records = []
    for row in table.rows:
        siren, name = row.get("siren", "code"), row.get("nom")
        if siren is not None and name is not None:
            where = Where(file.dataset.source_id, line=row.line, subject=siren)
            population = people(row.get("population_municipale", "population"), where, doubts)
            records.append(EpciRecord(siren, name, row.get("type") or "", population, ()))
    return tuple(records), (*table.findings, *doubts)
