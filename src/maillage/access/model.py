"""What access measures give: who is beyond how many minutes of which help, and how evenly."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from maillage.access.travel import Mode
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.standard import mednum

ServiceKey = mednum.Service | None
"""One of the nine services; None = any of them."""


@dataclass(frozen=True, slots=True, eq=False)
class NearestTimes:
    """Minutes from each zone to its nearest lieu: ``minutes[service, mode]`` is (n_zones,).

    inf = no lieu gives that service. ``nearest[service, mode]`` holds the index of that lieu in
    ``lieu_ids`` (-1 where there is none).
    """

    minutes: Mapping[tuple[ServiceKey, Mode], FloatArray]
    nearest: Mapping[tuple[ServiceKey, Mode], FloatArray]
    lieu_ids: tuple[str, ...]
    n_lieux: Mapping[ServiceKey, int]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who lives more than so many minutes from a service, by one mode.

    ``share_people`` is of the people of the territory, ``share_fragile`` of its fragile weight,
    both 0-1. ``n_fragile`` is None where the fragile weights are not people.
    """

    service: ServiceKey
    mode: Mode
    threshold_minutes: float
    n_people: int
    share_people: float
    share_fragile: float
    n_fragile: int | None
    n_zones: int


class SupplyKind(enum.Enum):
    """What the supply of a lieu is counted in."""

    PERMANENCES = ("permanences", "permanences")
    CERTAIN_HOURS = ("certain-hours", "heures d'ouverture par semaine, horaires connus")
    POSSIBLE_HOURS = (
        "possible-hours",
        "heures d'ouverture par semaine, aux heures habituelles où elles ne sont pas connues",
    )

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


@dataclass(frozen=True, slots=True, eq=False)
class Catchment:
    """Enhanced two-step floating catchment: what each zone can reach of a supply that is shared.

    ``index`` is (n_zones,) of the supply per ``access.catchment.per_inhabitants`` inhabitants, each
    weighted by how near they are: ``weights`` are those of the bands that end at ``bands_minutes``.
    """

    service: ServiceKey
    mode: Mode
    index: FloatArray
    bands_minutes: tuple[float, ...]
    weights: tuple[float, ...]
    supply: SupplyKind = SupplyKind.PERMANENCES


@dataclass(frozen=True, slots=True)
class Equity:
    """How evenly something is shared between zones, each counted by its people.

    ``gini`` 0 (even) to 1; ``lorenz`` are (share of people, share of the thing) points from (0, 0)
    to (1, 1); ``worst_tenth_mean`` is the mean among the tenth of people worst off. ``is_burden``:
    more of it is worse (minutes); its Gini and curve are then harder to read than its means.
    """

    label: str
    is_burden: bool
    gini: float
    lorenz: tuple[tuple[float, float], ...]
    mean: float
    worst_tenth_mean: float
    worst_zone_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """All access measures of one directory over one territory, by one engine."""

    nearest: NearestTimes
    coverage: tuple[Coverage, ...]
    catchments: tuple[Catchment, ...]
    equity: tuple[Equity, ...]
