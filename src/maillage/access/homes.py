"""Where people leave from: several points per zone wherever something better than one is known.

For each zone the best that is known counts: its tiles or addresses, else points spread evenly over
its contour, else its own point. ``Homes.bases`` says which, zone by zone.
"""

from __future__ import annotations

import enum
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maillage.access.points import NamedPoint, Points, read_points
from maillage.access.timetable.model import IntArray
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import listed, plural
from maillage.kernel.geometry import FloatArray, coordinates
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.territory.contours import spread_points
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.model import PointKind, Territory, Zone, ZoneKind

_PER_ZONE = "quality.dependence.points_per_zone"
_WEIGHTS = ("weight", "poids", "population", "people", "habitants", "pop", "ind")
_FRAGILE = ("fragile", "fragiles")

WEIGHT_UNREADABLE = FindingKind(
    "weight-unreadable",
    Severity.ERROR,
    "Le poids de ce point n'est pas un nombre positif (« {value} ») : le point n'est pas compté.",
    "Écrivez un nombre d'habitants, 0 s'il n'y en a pas.",
)


class HomeBasis(enum.Enum):
    """How the points of a zone were chosen, from the roughest to the finest."""

    TOWN_HALL = ("town-hall", "à la mairie")
    CENTRE = ("centre", "au centre")
    IRIS = ("iris", "au point du quartier (IRIS)")
    SPREAD = ("spread", "répartis également sur le contour")
    GIVEN = ("given", "aux points donnés")
    ADDRESSES = ("addresses", "aux adresses")
    TILES = ("tiles", "dans les carreaux de 200 m (Filosofi)")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


@dataclass(frozen=True, slots=True, eq=False)
class Homes:
    """The (n, 2) lon/lat points that people leave from, those of one zone side by side.

    ``zone`` (n,) numbers the zones of ``zone_ids``; ``people`` and ``fragile`` (n,) are those at
    each point, fragile 0 where nothing is told of it (``fragile_told`` False). ``bases`` tells,
    zone by zone, how its points were chosen.
    """

    zone_ids: tuple[str, ...]
    points: FloatArray
    zone: IntArray
    people: FloatArray
    fragile: FloatArray
    bases: tuple[HomeBasis, ...]
    fragile_told: bool = True

    def said(self) -> str:
        """Return one French sentence: how many zones have their points chosen how."""
        counts = Counter(self.bases)
        parts = [
            f"{basis.label} ({plural(counts[basis], tr('zone'))})"
            for basis in HomeBasis
            if counts[basis]
        ]
        return tr("Les habitants sont supposés partir de {n} : {parts}.").format(
            n=plural(len(self.people), tr("point")), parts=listed(parts)
        )


@dataclass(frozen=True, slots=True, eq=False)
class KnownHomes:
    """The (k, 2) points where the people of one zone are known to live, at least one.

    ``people`` and ``fragile`` (k,) share those of the zone in proportion; all 0: evenly.
    """

    points: FloatArray
    people: FloatArray
    fragile: FloatArray
    basis: HomeBasis


@dataclass(frozen=True, slots=True, eq=False)
class ReadHomes:
    """The homes of a file, each a zone of its own, and what was doubtful."""

    homes: Homes
    findings: tuple[Finding, ...]


def homes_of(
    territory: Territory,
    people: FragilePeople,
    parameters: Parameters,
    known: Mapping[str, KnownHomes] | None = None,
) -> Homes:
    """Return the homes of a territory; ``known`` are the better ones, by id of zone.

    Every zone keeps its published population and its fragile people, whatever its points are: 0
    where not published.
    """
    wanted = int(parameters.number(_PER_ZONE))
    better = known or {}
    chosen = [better.get(zone.id) or _spread(zone, wanted) for zone in territory.zones]
    fragile = np.nan_to_num(people.weights)
    return Homes(
        zone_ids=tuple(zone.id for zone in territory.zones),
        points=_joined([homes.points for homes in chosen]).reshape(-1, 2),
        zone=np.repeat(np.arange(len(chosen)), [len(h.points) for h in chosen]).astype(np.int32),
        people=_joined(
            [_share(h.people, n) for h, n in zip(chosen, territory.populations, strict=True)]
        ),
        fragile=_joined([_share(h.fragile, n) for h, n in zip(chosen, fragile, strict=True)]),
        bases=tuple(homes.basis for homes in chosen),
    )


def _spread(zone: Zone, wanted: int) -> KnownHomes:
    points = spread_points(zone, wanted)
    even = np.ones(len(points))
    alone = points == (zone.point,)
    return KnownHomes(
        coordinates(points), even, even, _own_basis(zone) if alone else HomeBasis.SPREAD
    )


def _own_basis(zone: Zone) -> HomeBasis:
    """Return what a zone's own point stands on."""
    if zone.kind is ZoneKind.CELL:
        return HomeBasis.TILES
    if zone.kind is ZoneKind.IRIS:
        return HomeBasis.IRIS
    return HomeBasis.TOWN_HALL if zone.point_kind is PointKind.MAIRIE else HomeBasis.CENTRE


def _share(weights: FloatArray, total: float) -> FloatArray:
    whole = float(weights.sum())
    even = np.full(len(weights), total / len(weights))
    shared: FloatArray = weights * (total / whole) if whole > 0.0 else even
    return shared


def _joined(parts: list[FloatArray]) -> FloatArray:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float64)


def homes_from_points(path: Path) -> ReadHomes:
    """Return the homes of a table of ``id, lon, lat, weight``, in its order.

    A column ``fragile`` tells fragile people. Raises UnusableFile where there is no column of
    weights, of longitude or of latitude, or no usable point.
    """
    read = read_points(path)
    weight = _column(read, _WEIGHTS)
    if weight is None:
        message = tr("il faut une colonne de poids (« weight » ou « population »).")
        raise UnusableFile(path, message)
    fragile = _column(read, _FRAGILE)
    rows = [(one, _weight(one, weight), _weight(one, fragile) or 0.0) for one in read.points]
    kept = [(one, people, some) for one, people, some in rows if people is not None]
    doubts = [
        WEIGHT_UNREADABLE.at(Where(path.name, subject=one.id), value=one.cells.get(weight))
        for one, people, _ in rows
        if people is None
    ]
    if not kept:
        raise UnusableFile(path, tr("aucun point n'a de poids utilisable."))
    homes = Homes(
        zone_ids=tuple(one.id for one, _, _ in kept),
        points=coordinates([one.point for one, _, _ in kept]),
        zone=np.arange(len(kept), dtype=np.int32),
        people=np.array([people for _, people, _ in kept], dtype=np.float64),
        fragile=np.array([some for _, _, some in kept], dtype=np.float64),
        bases=(HomeBasis.GIVEN,) * len(kept),
        fragile_told=fragile is not None,
    )
    return ReadHomes(homes, (*read.findings, *doubts))


def _column(read: Points, names: tuple[str, ...]) -> str | None:
    """Return the first column of those names, whatever their case, that any point fills."""
    told = {name.strip().lower(): name for one in read.points for name in one.cells}
    return next((told[name] for name in names if name in told), None)


def _weight(one: NamedPoint, column: str | None) -> float | None:
    try:
        value = float((one.cells.get(column or "") or "").replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0.0 else None
