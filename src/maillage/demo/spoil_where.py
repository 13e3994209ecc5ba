"""Mistakes about where a place is: its commune, its codes, its coordinates."""

from __future__ import annotations

from functools import lru_cache

from pyproj import Transformer

from maillage.demo.communes import MERGED_CODE, MERGED_NAME
from maillage.demo.draw import Draw
from maillage.demo.places import Place
from maillage.demo.plane import Spot, to_degrees
from maillage.demo.tellings import LIBRARIES, Telling

_FAR = 25_000  # metres
_NEAR, _ASTRAY = 300, 800
_NEXT_DOOR = 60
_TURNS = ((3, 4), (-3, 4), (3, -4), (-3, -4), (4, 3), (-4, 3), (4, -3), (-4, -3))  # fifths


def commune_typo(telling: Telling, draw: Draw, place: Place) -> tuple[Telling, ...]:
    """Swap two letters inside the commune's name, as hurried fingers do."""
    name = place.commune.name
    where = next(k for k in range(draw.between(2, 4), len(name)) if name[k] != name[k + 1])
    wrong = name[:where] + name[where + 1] + name[where] + name[where + 2 :]
    return (telling.but(commune=wrong),)


def cedex(telling: Telling, draw: Draw, place: Place) -> tuple[Telling, ...]:
    """Give the commune and the postal code that the sorting office uses."""
    code = place.code_postal[:3] + f"{draw.between(1, 8)}9"
    if telling.file == LIBRARIES:
        return (telling.but(CEDEXB="CEDEX", CP=code),)
    return (telling.but(commune=f"{place.commune.name} CEDEX 2", code_postal=code),)


def postal_code_for_insee(telling: Telling, _draw: Draw, place: Place) -> tuple[Telling, ...]:
    """Write the postal code in the column of the INSEE code."""
    return (telling.but(code_insee=place.code_postal),)


def merged_commune(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Keep the name and the code of a commune that has merged into the place's own."""
    return (telling.but(commune=MERGED_NAME, code_insee=MERGED_CODE),)


def swapped_coordinates(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Put the longitude where the latitude goes, and the reverse."""
    east, north = telling.cells["longitude"], telling.cells["latitude"]
    return (telling.but(longitude=north, latitude=east),)


def lambert_93(telling: Telling, _draw: Draw, place: Place) -> tuple[Telling, ...]:
    """Give metres of the national projection where degrees are awaited."""
    point = to_degrees(place.spot)
    east, north = _to_lambert().transform(point.lon, point.lat)
    return (telling.but(longitude=f"{round(east)}", latitude=f"{round(north)}"),)


def no_coordinates(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Tell no coordinates."""
    if telling.file == LIBRARIES:
        return (telling.but(coordonnees_ban=None, coordonnees_finales=None),)
    return (telling.but(longitude=None, latitude=None),)


def zero_coordinates(telling: Telling, _draw: Draw, _place: Place) -> tuple[Telling, ...]:
    """Put the place in the gulf of Guinea."""
    return (telling.but(longitude="0", latitude="0"),)


def far_away(telling: Telling, draw: Draw, place: Place) -> tuple[Telling, ...]:
    """Put the place 25 km from where it is: the geocoder found a street of the same name."""
    return (_moved(telling, place, _FAR, draw),)


def moved_twin(telling: Telling, draw: Draw, place: Place) -> tuple[Telling, ...]:
    """Tell the place a second time, 300 m aside, the address in capitals."""
    return telling, _twin(telling, place, _NEAR, place.adresse.upper(), draw)


def wandered_twin(telling: Telling, draw: Draw, place: Place) -> tuple[Telling, ...]:
    """Tell the place a second time, 800 m aside, the address in capitals."""
    return telling, _twin(telling, place, _ASTRAY, place.adresse.upper(), draw)


def neighbour_twin(telling: Telling, draw: Draw, place: Place) -> tuple[Telling, ...]:
    """Tell the place a second time at another door of its street."""
    street = place.adresse.lstrip("0123456789 ")
    return telling, _twin(telling, place, _NEXT_DOOR, f"{draw.between(97, 120)} {street}", draw)


def _twin(telling: Telling, place: Place, metres: int, adresse: str, draw: Draw) -> Telling:
    told = f"{draw.uuid()}-mediation-numerique-hub-fictif"
    aside = _moved(telling, place, metres, draw)
    aside = aside.but(id=told, source="hub-fictif", adresse=adresse)
    return Telling(aside.file, told, aside.place, aside.cells)


def _moved(telling: Telling, place: Place, metres: int, draw: Draw) -> Telling:
    east, north = draw.one_of(_TURNS)
    spot: Spot = (place.spot[0] + metres * east // 5, place.spot[1] + metres * north // 5)
    point = to_degrees(spot)
    return telling.but(longitude=f"{point.lon:.5f}", latitude=f"{point.lat:.5f}")


@lru_cache(maxsize=1)
def _to_lambert() -> Transformer:
    return Transformer.from_crs("EPSG:4326", "EPSG:2154", always_xy=True)
