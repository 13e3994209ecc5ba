"""A plan of posts read again from its file, with all that adopting it needs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maillage.directory.week import Range, osm_of
from maillage.jobs.adopt_plan import PlanPlace
from maillage.jobs.kept_plan import read_kept_plan
from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr
from maillage.standard import mednum

_MORNING = "unreached.permanence.morning"
_AFTERNOON = "unreached.permanence.afternoon"
_DAYS = 7


@dataclass(frozen=True, slots=True)
class HeldVenue:
    """A venue of a plan, and the numbers of the half-days held there, in order."""

    place: PlanPlace
    half_days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ToldPosts:
    """A plan as its file tells it: of what territory, its venues in order of id.

    ``service`` is the one that it was made for, None = any. ``morning`` and ``afternoon`` are the
    hours of a half-day that it was made with, minutes of the day; ``sources`` the datasets that
    it counted.
    """

    siren: str
    venues: tuple[HeldVenue, ...]
    service: mednum.Service | None
    morning: Range
    afternoon: Range
    sources: tuple[str, ...] = ()

    def hours(self, half_days: tuple[int, ...]) -> str:
        """Return the OSM hours of a permanence held on those half-days."""
        days = [
            tuple(
                hours
                for part, hours in enumerate((self.morning, self.afternoon))
                if 2 * day + part in half_days
            )
            for day in range(_DAYS)
        ]
        return osm_of((days[0], days[1], days[2], days[3], days[4], days[5], days[6]))


def read_told_posts(path: Path) -> ToldPosts:
    """Return the plan of a file that « siting post » wrote. Raises UnusableFile."""
    kept = read_kept_plan(path)
    half_days: dict[str, set[int]] = {}
    for venue, then in kept.held:
        half_days.setdefault(venue, set()).add(then)
    try:
        told = json.loads(path.read_bytes())
        places = {str(one["venue"]): _place(one) for one in told["result"]["half_days"]}
        values = {one["name"]: one["value"] for one in told["parameters"]}
        return ToldPosts(
            siren=kept.siren,
            venues=tuple(
                HeldVenue(places[venue], tuple(sorted(some)))
                for venue, some in sorted(half_days.items())
            ),
            service=_service(told["result"]["asked"]["service"]),
            morning=_range(values[_MORNING]),
            afternoon=_range(values[_AFTERNOON]),
            sources=tuple(str(one) for one in told["data"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        message = tr(
            "ce plan ne dit pas tout ce qu'il faut pour l'adopter (lieux, heures) ; refaites-le "
            "avec « maillage siting post »."
        )
        raise UnusableFile(path, message) from None


def _place(told: Mapping[str, Any]) -> PlanPlace:
    lon, lat = float(told["lon"]), float(told["lat"])
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        raise ValueError(lon, lat)
    return PlanPlace(
        id=str(told["venue"]),
        name=str(told["name"]),
        code_insee=str(told["code_insee"]),
        commune=str(told["commune"]),
        lon=lon,
        lat=lat,
    )


def _service(told: Any) -> mednum.Service | None:  # noqa: ANN401 - whatever a file holds
    return None if told is None else mednum.Service(told)


def _range(told: Any) -> Range:  # noqa: ANN401 - whatever a file holds
    start, end = (int(minute) for minute in told)
    if not 0 <= start < end <= 24 * 60:
        raise ValueError(told)
    return start, end
