"""The roads, railway and river of the fictional agglomeration, as its site's map draws them.

Roads go by the communes that buses call at, the railway through the three largest towns, the river
where the geography has it. Only whole metres are used: the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maillage.demo.buses import bus_lines
from maillage.demo.communes import Commune
from maillage.demo.geography import river_at
from maillage.demo.plane import Spot, to_degrees
from maillage.territory.landmarks import Landmark, LandmarkKind, landmarks_geojson

LANDMARKS = "demo/reperes.geojson"
_RIVER = "La Vesprine"
_CREDIT = "lignes inventées, comme le territoire"
_WEST, _EAST, _STEP = -20_000, 20_500, 500  # metres
_MAIN_ROADS = 3


def landmark_files(communes: Sequence[Commune]) -> dict[str, bytes]:
    """Return the lines of the map, by the path of their file."""
    return {LANDMARKS: landmarks_geojson(tuple(_lines(communes)), _CREDIT)}


def _lines(communes: Sequence[Commune]) -> Iterator[Landmark]:
    river = [(east, river_at(east)) for east in range(_WEST, _EAST, _STEP)]
    yield _landmark(LandmarkKind.WATER, _RIVER, river)
    towns = sorted((one for one in communes if one.inside), key=lambda one: -one.population)[:3]
    rail = sorted(one.mairie for one in towns)
    yield _landmark(LandmarkKind.RAIL, "", [(_WEST, rail[0][1]), *rail, (_EAST, rail[-1][1])])
    lines = sorted(bus_lines(communes), key=lambda line: -sum(one.population for one in line))
    for rank, line in enumerate(lines):
        kind = LandmarkKind.ROAD if rank < _MAIN_ROADS else LandmarkKind.MINOR
        yield _landmark(kind, f"D {rank + 1}", [one.mairie for one in line])


def _landmark(kind: LandmarkKind, name: str, spots: Sequence[Spot]) -> Landmark:
    places = [to_degrees(spot) for spot in spots]
    return Landmark(kind, name, tuple((one.lon, one.lat) for one in places))
