"""zones.geojson: every zone with what the diagnosis says of it, for a mapping tool (RFC 7946)."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

from maillage.access.model import ServiceKey, SupplyKind
from maillage.access.offer import SERVICE_KEYS
from maillage.access.travel import Mode
from maillage.diagnosis.model import Diagnosis
from maillage.kernel.atomic import write_whole
from maillage.kernel.language import tr
from maillage.reports.ground import SERVICES
from maillage.reports.plain_data import number, utf8
from maillage.standard import mednum
from maillage.territory.model import Contour, Ring, Zone

_READINGS = ("connus_bas", "connus_haut", "habituels_bas", "habituels_haut")
"""Hours known or usual, by the known means (bas) or by the best that may run (haut)."""
_HOURS = {
    SupplyKind.CERTAIN_HOURS: "e2sfca_heures_connues",
    SupplyKind.POSSIBLE_HOURS: "e2sfca_heures_habituelles",
}
_DEGREES = 5  # decimals: about one metre


class ZonesGeojson:
    """Writes ``zones.geojson``."""

    @property
    def file_name(self) -> str:
        """The name of the file it makes."""
        return "zones.geojson"

    def write(self, diagnosis: Diagnosis, folder: Path) -> Path:
        """Write the collection in the folder, one feature a line, and return its path."""
        features = [
            json.dumps(feature, ensure_ascii=False, allow_nan=False)
            for feature in zone_features(diagnosis)
        ]
        text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n"
        path = folder / self.file_name
        write_whole(path, utf8(text))
        return path


def zone_features(diagnosis: Diagnosis) -> list[dict[str, Any]]:
    """Return one feature a zone, in order of id; its properties are flat, None = not known."""
    return [
        {
            "type": "Feature",
            "id": zone.id,
            "geometry": zone_geometry(zone),
            "properties": _properties(diagnosis, index),
        }
        for index, zone in enumerate(diagnosis.territory.zones)
    ]


def zone_geometry(zone: Zone) -> dict[str, Any]:
    """Return the contour of a zone, its point where no contour is known."""
    if zone.contour is None:
        return {"type": "Point", "coordinates": [zone.point.lon, zone.point.lat]}
    return {"type": "MultiPolygon", "coordinates": _polygons(zone.contour)}


def _polygons(contour: Contour) -> list[Any]:
    return [
        [_wound(ring, outer=rank == 0) for rank, ring in enumerate(polygon)] for polygon in contour
    ]


def _wound(ring: Ring, *, outer: bool) -> list[list[float]]:
    """Return a ring wound as the standard asks: outer counterclockwise, holes clockwise."""
    twice_area = sum((x1 - x0) * (y1 + y0) for (x0, y0), (x1, y1) in itertools.pairwise(ring))
    points = [[round(lon, _DEGREES), round(lat, _DEGREES)] for lon, lat in ring]
    counterclockwise = twice_area < 0
    return points if counterclockwise == outer else points[::-1]


def _properties(diagnosis: Diagnosis, index: int) -> dict[str, Any]:
    zone, found = diagnosis.territory.zones[index], diagnosis.fragility
    ranked = bool(found.rank[index] > 0)
    told: dict[str, Any] = {
        "code_insee": zone.code_insee,
        "nom": zone.name,
        "population": zone.population,
        "fragilite_score": number(found.score[index], 2),
        "fragilite_rang": int(found.rank[index]) if ranked else None,
        "fragilite_rang_bas": int(found.rank_low[index]) if ranked else None,
        "fragilite_rang_haut": int(found.rank_high[index]) if ranked else None,
        "moteur": diagnosis.engine.sentence,
        "date": diagnosis.on.isoformat(),
        "fictif": diagnosis.territory.fictional,
    }
    for mode in Mode:
        for service in SERVICES:
            minutes = diagnosis.access.nearest.minutes.get((service, mode))
            value = None if minutes is None else number(minutes[index], 1)
            told[f"minutes_{mode.code}_{_slug(service)}"] = value
    for catchment in diagnosis.access.catchments:
        name = f"e2sfca_{catchment.mode.code}_{_slug(catchment.service)}"
        told[name] = number(catchment.index[index])
    return told | _gaps(diagnosis, zone.id) | _visits(diagnosis, index)


def _visits(diagnosis: Diagnosis, index: int) -> dict[str, Any]:
    """Return half-days a week without a car (four readings), what stops people, hours shared.

    Half-days are the mean of the people of the zone, None where nobody lives; hours are those of
    a week per inhabitants of ``access.catchment.per_inhabitants``.
    """
    found = diagnosis.visits
    if found is None:
        return {}
    told: dict[str, Any] = {}
    for service in SERVICES:
        row = SERVICE_KEYS.index(service)
        for reading, values in zip(_READINGS, found.half_days[row], strict=True):
            told[f"demi_journees_{reading}_{_slug(service)}"] = number(float(values[index]), 2)
    for service in SERVICES:
        obstacle = found.obstacles.of(service, index)
        told[f"obstacle_{_slug(service)}"] = None if obstacle is None else obstacle.code
    for one in found.hours:
        name = _HOURS[one.supply]
        told[f"{name}_{one.mode.code}_{_slug(one.service)}"] = number(float(one.index[index]))
    return told


def _gaps(diagnosis: Diagnosis, zone_id: str) -> dict[str, str]:
    """Return, by mode, the services beyond the threshold with their certainty, joined by « | »."""
    told = {}
    for mode in Mode:
        beyond = {
            gap.service: gap.certainty.label
            for gap in diagnosis.gaps
            if gap.zone_id == zone_id and gap.mode is mode and gap.service is not None
        }
        told[f"zones_blanches_{mode.code}"] = mednum.SEPARATOR.join(
            f"{tr(service.label)} ({beyond[service]})"
            for service in mednum.Service
            if service in beyond
        )
        fragile = {
            gap.service
            for gap in diagnosis.hidden_gaps
            if gap.zone_id == zone_id and gap.mode is mode and gap.service is not None
        }
        told[f"couvertures_fragiles_{mode.code}"] = mednum.SEPARATOR.join(
            tr(service.label) for service in mednum.Service if service in fragile
        )
    return told


def _slug(service: ServiceKey) -> str:
    return "tous_services" if service is None else service.name.lower()
