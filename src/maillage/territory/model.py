"""The territory: zones where people live, what is known of them, and who lives next door.

Zones are communes today; IRIS and 200 m cells are zones too, told apart by ``ZoneKind``, each with
the commune it belongs to. Nothing below asks what kind a zone is.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from maillage.kernel.geometry import FloatArray, Point
from maillage.kernel.language import tr
from maillage.kernel.provenance import Dataset

Ring = tuple[tuple[float, float], ...]
Contour = tuple[tuple[Ring, ...], ...]
"""A multipolygon: polygons, each an outer ring then its holes, of (lon, lat) degrees."""


class ZoneKind(enum.Enum):
    """The grain of a zone."""

    COMMUNE = ("commune", "commune")
    IRIS = ("iris", "quartier (IRIS)")
    CELL = ("cell", "carreau de 200 m")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


class PointKind(enum.Enum):
    """What the point of a zone stands on: where its people are taken to leave from."""

    MAIRIE = ("mairie", "mairie")
    CENTRE = ("centre", "centre de la commune")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


@dataclass(frozen=True, slots=True)
class Zone:
    """A piece of the territory with people in it. ``area_km2`` in square kilometres."""

    id: str
    name: str
    kind: ZoneKind
    code_insee: str
    population: int | None
    point: Point
    point_kind: PointKind
    codes_postaux: tuple[str, ...] = ()
    area_km2: float | None = None
    contour: Contour | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A commune outside the territory but near it: its places help people of the border."""

    code_insee: str
    name: str
    population: int | None
    point: Point
    codes_postaux: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """What one column of figures says: unit, source, vintage, and which way is fragile."""

    code: str
    label: str
    unit: str
    source_id: str
    vintage: str
    higher_is_more_fragile: bool
    description: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """Indicators by zone; ``values[code][i]`` speaks of zone i; None = not published, never 0."""

    indicators: tuple[Indicator, ...]
    values: Mapping[str, tuple[float | None, ...]]

    def column(self, code: str) -> FloatArray:
        """Return the (n_zones,) values of one indicator, NaN where not published."""
        return np.array(
            [np.nan if v is None else float(v) for v in self.values[code]], dtype=np.float64
        )

    def get(self, code: str) -> Indicator | None:
        """Return the indicator of that code, None if this territory has none such."""
        return next((i for i in self.indicators if i.code == code), None)


@dataclass(frozen=True, slots=True)
class PublishedIllectronisme:
    """The published estimate for the whole EPCI: share (0-1) and number of people."""

    share: float
    n_people: int
    dataset: Dataset


@dataclass(frozen=True, slots=True)
class Territory:
    """One EPCI as its public sources tell it. Zones are in order of id.

    ``datasets`` are all that were read for it; a job that reads its directory adds those.
    """

    siren: str
    name: str
    kind: str
    population: int | None
    departements: tuple[str, ...]
    zones: tuple[Zone, ...]
    indicators: IndicatorTable
    neighbours: tuple[Neighbour, ...] = ()
    illectronisme: PublishedIllectronisme | None = None
    datasets: tuple[Dataset, ...] = ()
    fictional: bool = False

    @property
    def populations(self) -> FloatArray:
        """The (n_zones,) number of people, 0 where not published."""
        return np.array([zone.population or 0 for zone in self.zones], dtype=np.float64)
