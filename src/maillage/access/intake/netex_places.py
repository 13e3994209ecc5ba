"""Where NeTEx says things are, in whichever coordinate system: degrees of longitude, latitude."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache

from maillage.access.intake.netex_told import Faults
from maillage.access.intake.netex_xml import Element, child, text

BAD_PLACE = "bad-place"
UNKNOWN_SYSTEM = "unknown-system"
_DEGREES = "4326"
_NAMES = {"": _DEGREES, "WGS84": _DEGREES, "WGS 84": _DEGREES, "LAMBERT93": "2154"}
_Convert = Callable[[float, float], tuple[float, float]]


def place_of(
    element: Element, system: str, faults: Faults, subject: str
) -> tuple[float, float] | None:
    """Return the (lon, lat) of a record in WGS84 degrees, None where it tells none that holds.

    ``system`` is that of the frame, for positions that tell none of their own. Positions in a
    geographic system are latitude first, as their registry says.
    """
    location = child(element, "Centroid", "Location")
    if location is None:
        location = child(element, "Location")
    if location is None:
        return None
    lon, lat = text(location, "Longitude"), text(location, "Latitude")
    if lon and lat:
        return _checked(_number(lon), _number(lat), f"{lon} {lat}", (faults, subject))
    position = child(location, "pos")
    if position is None:
        return None
    told = position.get("srsName") or location.get("srsName") or system
    return _converted(" ".join((position.text or "").split()), told, (faults, subject))


def _converted(position: str, system: str, doubt: tuple[Faults, str]) -> tuple[float, float] | None:
    faults, subject = doubt
    numbers = [_number(part) for part in position.replace(",", " ").split()[:2]]
    if len(numbers) < 2 or not all(map(math.isfinite, numbers)):
        faults.add(BAD_PLACE, subject, position)
        return None
    convert = _conversion(system)
    if convert is None:
        faults.add(UNKNOWN_SYSTEM, subject, system)
        return None
    return _checked(*convert(numbers[0], numbers[1]), position, doubt)


def _checked(
    lon: float, lat: float, told: str, doubt: tuple[Faults, str]
) -> tuple[float, float] | None:
    if abs(lon) <= 180.0 and abs(lat) <= 90.0:  # false for what is no number
        return lon, lat
    doubt[0].add(BAD_PLACE, doubt[1], told)
    return None


def _number(told: str) -> float:
    try:
        return float(told)
    except ValueError:
        return math.nan


@lru_cache(maxsize=64)
def _conversion(system: str) -> _Convert | None:
    match = re.search(r"(\d{4,6})\s*$", system) if "EPSG" in system.upper() else None
    code = match[1] if match else _NAMES.get(system.strip().upper())
    if code is None:
        return None
    if code == _DEGREES:
        return _swapped
    from pyproj import CRS, Transformer  # noqa: PLC0415 - heavy, needed by few files
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    try:
        geographic = CRS.from_epsg(int(code)).is_geographic
        transform = Transformer.from_crs(f"EPSG:{code}", "EPSG:4326", always_xy=True).transform
    except CRSError:
        return None
    if geographic:
        return lambda lat, lon: _pair(transform(lon, lat))
    return lambda x, y: _pair(transform(x, y))


def _swapped(lat: float, lon: float) -> tuple[float, float]:
    return lon, lat


def _pair(told: tuple[float, float]) -> tuple[float, float]:
    return float(told[0]), float(told[1])
