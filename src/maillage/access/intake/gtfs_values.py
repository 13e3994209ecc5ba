"""The values of GTFS: times of day, whole numbers, days, kinds of vehicle."""

from __future__ import annotations

import datetime as dt
import math
import re

from maillage.access.timetable.model import Vehicle

UNTOLD = -1
UNREADABLE = -2

_TIME = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")
_LAST_HOUR = 240  # ten days: no trip lasts so long


class Seconds(dict[str, int]):
    """Times of day to seconds, each text read once: ``H:MM:SS`` or ``HH:MM``, beyond 24 h too.

    ``UNTOLD`` where empty, ``UNREADABLE`` where it is no time.
    """

    def __missing__(self, text: str) -> int:
        """Read a text that was not met before."""
        found = _TIME.fullmatch(text.strip())
        if found is None:
            value = UNREADABLE if text.strip() else UNTOLD
        else:
            hours, minutes, seconds = (int(part or 0) for part in found.groups())
            value = hours * 3600 + minutes * 60 + seconds if hours < _LAST_HOUR else UNREADABLE
        self[text] = value
        return value


class Whole(dict[str, int]):
    """Whole numbers from 0 to two thousand million, each text read once; else as ``Seconds``."""

    def __missing__(self, text: str) -> int:
        """Read a text that was not met before."""
        bare = text.strip()
        value = UNTOLD if not bare else UNREADABLE
        if bare.isascii() and bare.isdigit() and len(bare) < 10:
            value = int(bare)
        self[text] = value
        return value


def distance_along(text: str) -> float:
    """Return a distance along a trip, NaN where not told or not a number from 0 up."""
    if not text:
        return math.nan
    try:
        value = float(text)
    except ValueError:
        return math.nan
    return value if math.isfinite(value) and value >= 0 else math.nan


def degrees(text: str, limit: float) -> float:
    """Return degrees from ``-limit`` to ``limit``, NaN where the text is none."""
    try:
        value = float(text)
    except ValueError:
        return math.nan
    return value if abs(value) <= limit else math.nan


def day(text: str) -> dt.date | None:
    """Return a day written YYYYMMDD, None where it is none."""
    bare = text.strip()
    if len(bare) != 8 or not (bare.isascii() and bare.isdigit()):
        return None
    try:
        return dt.date(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
    except ValueError:
        return None


_BASIC = {vehicle.code: vehicle for vehicle in Vehicle if vehicle is not Vehicle.OTHER}
_EXTENDED = {
    1: Vehicle.TRAIN,
    2: Vehicle.BUS,  # coaches
    3: Vehicle.TRAIN,  # suburban
    4: Vehicle.METRO,
    5: Vehicle.METRO,
    6: Vehicle.METRO,
    7: Vehicle.BUS,
    8: Vehicle.TROLLEYBUS,
    9: Vehicle.TRAM,
    10: Vehicle.FERRY,
    11: Vehicle.OTHER,  # planes
    12: Vehicle.FERRY,
    13: Vehicle.CABLE_CAR,
    14: Vehicle.FUNICULAR,
    15: Vehicle.OTHER,  # taxis
    16: Vehicle.OTHER,
    17: Vehicle.OTHER,
}
_MONORAIL = 405


def vehicle(code: int) -> Vehicle | None:
    """Return what a ``route_type`` runs, basic (0-12) or extended (100-1799); None = no such."""
    if code in _BASIC:
        return _BASIC[code]
    return Vehicle.MONORAIL if code == _MONORAIL else _EXTENDED.get(code // 100)
