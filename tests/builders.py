"""Small territories and directories built by hand, for every test that needs one.

Zones stand along a line eastwards from Béthune's town hall, one kilometre apart unless told
otherwise; a lieu is described by where it stands and what it gives.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maillage.directory.model import (
    Directory,
    Lieu,
    Permanence,
    Precision,
    Service,
    Structure,
)
from maillage.kernel.geometry import EARTH_RADIUS_KM, Point
from maillage.kernel.provenance import SourceRef
from maillage.standard import mednum
from maillage.standard.record import MednumRecord
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.model import (
    IndicatorTable,
    Neighbour,
    PointKind,
    Territory,
    Zone,
    ZoneKind,
)

BETHUNE = Point(2.6407, 50.5297)
CABBALR = "200072460"
DEMARCHES = mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES
OUTILS = mednum.Service.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN


def east_of(origin: Point, km: float, north_km: float = 0.0) -> Point:
    """Return the point so many kilometres east and north of another (short distances)."""
    degree_km = math.radians(1.0) * EARTH_RADIUS_KM
    lat = origin.lat + north_km / degree_km
    return Point(origin.lon + km / (degree_km * math.cos(math.radians(origin.lat))), lat)


def make_zone(
    index: int,
    point: Point,
    population: int | None = 1000,
    area_km2: float | None = 6.0,
) -> Zone:
    """Return a commune with a made-up code."""
    code = f"62{index:03d}"
    return Zone(
        id=code,
        name=f"Commune {index}",
        kind=ZoneKind.COMMUNE,
        code_insee=code,
        population=population,
        point=point,
        point_kind=PointKind.MAIRIE,
        codes_postaux=("62400",),
        area_km2=area_km2,
    )


def make_territory(
    n: int = 4,
    *,
    populations: Sequence[int | None] | None = None,
    points: Sequence[Point] | None = None,
    areas_km2: Sequence[float | None] | None = None,
    neighbours: Sequence[tuple[Point, int | None]] = (),
) -> Territory:
    """Return a territory of ``n`` communes of 1,000 people and 6 km², 1 km apart."""
    at = points if points is not None else [east_of(BETHUNE, float(i)) for i in range(n)]
    people = populations if populations is not None else [1000] * len(at)
    areas = areas_km2 if areas_km2 is not None else [6.0] * len(at)
    zones = tuple(make_zone(i, at[i], people[i], areas[i]) for i in range(len(at)))
    return Territory(
        siren=CABBALR,
        name="CA de Béthune-Bruay",
        kind="communauté d'agglomération",
        population=sum(p or 0 for p in people),
        departements=("62",),
        zones=zones,
        indicators=IndicatorTable((), {}),
        neighbours=tuple(
            Neighbour(f"59{i:03d}", f"Voisine {i}", count, point)
            for i, (point, count) in enumerate(neighbours)
        ),
    )


@dataclass(frozen=True)
class Place:
    """A lieu to build, with one permanence per entry of ``gives`` (None = services not told).

    ``code_insee`` None = not told. ``dated`` is the date of every record of the place.
    """

    point: Point | None
    gives: tuple[Iterable[mednum.Service] | None, ...] = ((DEMARCHES,),)
    code_insee: str | None = None
    in_territory: bool = True
    dated: dt.date | None = dt.date(2026, 1, 1)
    typologie: tuple[mednum.Typologie, ...] = (mednum.Typologie.ASSO,)
    source_id: str = "portrea"
    horaires: str | None = None
    itinerant: bool = False
    record: Mapping[str, object] | None = None


def make_directory(*places: Place) -> Directory:
    """Return the directory of these places: one structure per permanence, ids in order."""
    lieux, structures, services, permanences = [], [], [], []
    for i, place in enumerate(places):
        lieux.append(_lieu(i, place))
        for j, gives in enumerate(place.gives):
            structure_id = f"structure-{i:04d}-{j}"
            structures.append(
                Structure(structure_id, f"Structure {i}-{j}", None, place.typologie, ())
            )
            given = None if gives is None else _services(structure_id, gives)
            services += given or []
            permanences.append(_permanence(i, j, place, given))
    return Directory(
        structures=tuple(structures),
        lieux=tuple(lieux),
        services=tuple(sorted(services, key=lambda s: s.id)),
        permanences=tuple(permanences),
    )


def make_people(weights: Sequence[float], *, are_people: bool = True) -> FragilePeople:
    """Return fragile weights told by hand."""
    return FragilePeople(np.array(weights, dtype=np.float64), are_people, "à la main")


def _lieu(i: int, place: Place) -> Lieu:
    return Lieu(
        id=f"lieu-{i:04d}",
        nom=f"Lieu {i}",
        adresse="1 rue de la Mairie",
        code_postal="62400",
        commune="Béthune",
        code_insee=place.code_insee,
        point=place.point,
        precision=Precision.UNKNOWN if place.point is None else Precision.ADDRESS,
        in_territory=place.in_territory,
        sources=(SourceRef(place.source_id, f"{i}", i + 2, place.dated),),
    )


def _services(structure_id: str, gives: Iterable[mednum.Service]) -> list[Service]:
    return [Service(f"service-{structure_id}-{kind.name}", structure_id, kind) for kind in gives]


def _permanence(i: int, j: int, place: Place, given: list[Service] | None) -> Permanence:
    fields: dict[str, object] = {"date_maj": place.dated, "typologie": place.typologie}
    fields |= {} if place.record is None else dict(place.record)
    record = MednumRecord(id=f"{i}-{j}", **fields)  # type: ignore[arg-type]
    return Permanence(
        id=f"permanence-{i:04d}-{j}",
        structure_id=f"structure-{i:04d}-{j}",
        lieu_id=f"lieu-{i:04d}",
        service_ids=None if given is None else tuple(service.id for service in given),
        horaires=place.horaires,
        itinerant=place.itinerant,
        record=record,
        sources=(SourceRef(place.source_id, f"{i}-{j}", i + 2, place.dated),),
    )
