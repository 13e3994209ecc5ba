"""How fast one moves along streets: from the dated parameters, and from the limits told on them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from maillage.kernel.parameters import Parameters

_KMH_OF_MPH = 1.609344
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(mph|km/?h|kph)?", re.IGNORECASE)
_ZONE_NUMBER = re.compile(r"(?:[A-Z]{2}:)?zone:?(\d+)", re.IGNORECASE)
_LEGAL = re.compile(r"[A-Z]{2}(?:-[A-Z]+)?:(.+)")
_WHERE_TOLD = ("source:maxspeed", "maxspeed:type", "zone:maxspeed", "zone:traffic")


@dataclass(frozen=True, slots=True)
class StreetSpeeds:
    """Speeds in km/h, shares of a speed (0-1).

    ``usual_kmh`` by highway class is what a car really drives where no limit is told ("other" for
    a class not named); ``limit_kmh`` what a limit told by its name amounts to.
    """

    walk_kmh: float
    steps_kmh: float
    bicycle_kmh: float
    rough_share: float
    driven_share: float
    usual_kmh: Mapping[str, float]
    limit_kmh: Mapping[str, float]

    def limit(self, told: str | None) -> float | None:
        """Return the km/h of a ``maxspeed`` value, None where it tells no speed."""
        for one in re.split(r"[;|]", told or ""):
            found = self._one_limit(one.strip())
            if found is not None:
                return found
        return None

    def _one_limit(self, told: str) -> float | None:
        if told == "none":
            return self.limit_kmh["motorway"]
        if told in self.limit_kmh:
            return self.limit_kmh[told]
        if (number := _NUMBER.fullmatch(told)) is not None:
            kmh = float(number[1]) * (_KMH_OF_MPH if (number[2] or "").lower() == "mph" else 1.0)
            return kmh if kmh > 0 else None
        if (zone := _ZONE_NUMBER.fullmatch(told)) is not None:
            return self._one_limit(zone[1])
        if (legal := _LEGAL.fullmatch(told)) is not None:
            return self._one_limit(legal[1])
        return None

    def driven(self, tags: Mapping[str, str], direction: str) -> float:
        """Return the km/h really driven on a way, in the direction "forward" or "backward"."""
        for key in (f"maxspeed:{direction}", "maxspeed", *_WHERE_TOLD):
            limit = self.limit(tags.get(key))
            if limit is not None:
                return limit * self.driven_share
        usual = self.usual_kmh
        return usual.get(tags.get("highway", ""), usual["other"])


def street_speeds(parameters: Parameters) -> StreetSpeeds:
    """Return the speeds in force, from ``streets.*`` and ``travel.<mode>.speed_kmh``."""
    return StreetSpeeds(
        walk_kmh=parameters.number("travel.walk.speed_kmh"),
        steps_kmh=parameters.number("streets.walk.steps_kmh"),
        bicycle_kmh=parameters.number("travel.bicycle.speed_kmh"),
        rough_share=parameters.number("streets.bicycle.rough_share"),
        driven_share=parameters.number("streets.car.driven_share"),
        usual_kmh=_table(parameters, "streets.car.usual_kmh"),
        limit_kmh=_table(parameters, "streets.car.limit_kmh"),
    )


def _table(parameters: Parameters, prefix: str) -> dict[str, float]:
    return {
        each.name.removeprefix(prefix + "."): parameters.number(each.name)
        for each in parameters.under(prefix)
    }
