"""INSEE's Filosofi tiles: 200 m squares with their people, and where each one stands.

A tile's name is its place: ``CRS3035RES200mN3030000E4246400`` is the square whose south-west corner
is 3,030,000 m north and 4,246,400 m east in EPSG:3035 (overseas: 2975 or 5490). Figures are of the
households that pay taxes from there: collective homes and the homeless are not in them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from maillage.kernel.geometry import Box, FloatArray
from maillage.territory.former_communes import former_by_code
from maillage.territory.model import Territory

if TYPE_CHECKING:
    from pyproj import Transformer

_NAME = re.compile(r"CRS(\d{4,5})RES(\d+)mN(-?\d+)E(-?\d+)")
_CODE_SIGNS = 5
_SYSTEMS = (3035, 2975, 5490)  # of the tiles of mainland France, La Réunion and the Antilles
# Cities whose tiles are told by arrondissement: first and last code, and the commune's own.
_ARRONDISSEMENTS = (
    (75101, 75120, "75056"),
    (13201, 13216, "13055"),
    (69381, 69389, "69123"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Tiles:
    """Tiles in order of name; (n, 2) points are lon/lat degrees of their centres.

    ``people``, ``households`` and ``poor_households`` are (n,) estimates, not whole numbers;
    ``estimated`` (n,) marks figures that INSEE spread over tiles too small to be told.
    ``communes`` are the INSEE codes that each lies in, as the file tells them.
    """

    ids: tuple[str, ...]
    points: FloatArray
    people: FloatArray
    households: FloatArray
    poor_households: FloatArray
    estimated: npt.NDArray[np.bool_]
    communes: tuple[tuple[str, ...], ...]


def centres(ids: Sequence[str]) -> FloatArray:
    """Return the (n, 2) lon/lat degrees of the centres of tiles, by their names.

    Raises ValueError where a name is no tile's.
    """
    cells = np.array([_cell(name) for name in ids], dtype=np.float64).reshape(-1, 4)
    found = np.empty((len(ids), 2), dtype=np.float64)
    for epsg in np.unique(cells[:, 0]):
        of = cells[:, 0] == epsg
        half = cells[of, 1] / 2.0
        lon, lat = _to_degrees(int(epsg)).transform(cells[of, 3] + half, cells[of, 2] + half)
        found[of, 0], found[of, 1] = lon, lat
    return found


def corners_around(box: Box) -> Mapping[int, tuple[float, float, float, float]]:
    """Return the metres west, south, east and north of a box of degrees, by EPSG code of tiles.

    Systems that know nothing of that part of the world are left out.
    """
    found = {}
    for epsg in _SYSTEMS:
        to_metres = _to_degrees(epsg)
        edges = to_metres.transform_bounds(
            box.west, box.south, box.east, box.north, direction="INVERSE"
        )
        if all(map(math.isfinite, edges)):
            found[epsg] = edges
    return found


@lru_cache(maxsize=8)
def _to_degrees(epsg: int) -> Transformer:
    from pyproj import Transformer  # noqa: PLC0415 - heavy, loaded where used

    return Transformer.from_crs(epsg, 4326, always_xy=True)


def is_tile(name: str) -> bool:
    """Return whether a name is a tile's."""
    return _NAME.fullmatch(name) is not None


def _cell(name: str) -> tuple[float, ...]:
    """Return the reference system, the side, the north and the east that a name tells."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise ValueError(name)
    return tuple(float(part) for part in match.groups())


def commune_codes(text: str) -> tuple[str, ...]:
    """Return the INSEE codes that a file writes end to end, or between signs.

    >>> commune_codes("6211962120"), commune_codes("2A041")
    (('62119', '62120'), ('2A041',))
    """
    signs = re.sub(r"[^0-9A-Z]", "", text.upper())
    return tuple(signs[i : i + _CODE_SIGNS] for i in range(0, len(signs), _CODE_SIGNS))


def codes_told_for(territory: Territory) -> Mapping[str, str]:
    """Return every code under which a file may tell the territory's communes, and today's code.

    Communes that merged since, and the arrondissements of Paris, Lyon and Marseille, are in it.
    """
    today = {zone.code_insee for zone in territory.zones}
    told = {code: code for code in today}
    told |= {c.code: c.code_insee for c in former_by_code().values() if c.code_insee in today}
    for first, last, commune in _ARRONDISSEMENTS:
        if commune in today:
            told |= {str(code): commune for code in range(first, last + 1)}
    return told
