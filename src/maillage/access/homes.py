"""Where people leave from: several points per zone wherever something better than one is known.

For each zone the finest source alone counts, in the order of ``HomeBasis``: its tiles, else its
addresses, else the points given, else its IRIS, else points spread evenly over its contour, else
its own point. ``Homes.bases`` says which, zone by zone.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from maillage.access.timetable.model import IntArray
from maillage.kernel.findings import Finding, FindingKind, Severity
from maillage.kernel.french import listed, plural
from maillage.kernel.geometry import FloatArray, coordinates
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.territory.contours import spread_points
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.locate import Numbers
from maillage.territory.model import PointKind, Territory, Zone, ZoneKind

_PER_ZONE = "quality.dependence.points_per_zone"

HOMES_ELSEWHERE = FindingKind(
    "homes-elsewhere",
    Severity.WARNING,
    "Ce fichier ne dit rien des habitants de ce territoire : il ne change aucun chiffre.",
    "Vérifiez que c'est celui du bon département, et de la bonne année.",
)


class HomeBasis(enum.Enum):
    """How the points of a zone were chosen, from the roughest to the finest."""

    TOWN_HALL = ("town-hall", "à la mairie")
    CENTRE = ("centre", "au centre")
    IRIS = ("iris", "au point du quartier (IRIS)")
    SPREAD = ("spread", "répartis également sur le contour")
    IRIS_SPREAD = ("iris-spread", "répartis sur le contour de chaque quartier (IRIS)")
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
    zone by zone, how its points were chosen; ``n_addresses`` how many addresses some stand for;
    ``fragile_how`` in French what the fragile people stand on, where that wants saying.
    """

    zone_ids: tuple[str, ...]
    points: FloatArray
    zone: IntArray
    people: FloatArray
    fragile: FloatArray
    bases: tuple[HomeBasis, ...]
    fragile_told: bool = True
    n_addresses: int = 0
    fragile_how: str = ""

    def said(self) -> str:
        """Return in French how many zones have their points chosen how, and what was thinned."""
        counts = Counter(self.bases)
        parts = [
            f"{basis.label} ({plural(counts[basis], tr('zone'))})"
            for basis in HomeBasis
            if counts[basis]
        ]
        said = tr("Les habitants sont supposés partir de {n} : {parts}.").format(
            n=plural(len(self.people), tr("point")), parts=listed(parts)
        )
        at_addresses = [basis is HomeBasis.ADDRESSES for basis in self.bases]
        n_points = int(np.array(at_addresses, dtype=np.bool_)[self.zone].sum())
        if self.n_addresses <= n_points:
            return said
        thinned = tr("Adresses : {points} pour {n}, pris partout dans chaque commune.").format(
            n=plural(self.n_addresses, tr("adresse")), points=plural(n_points, tr("point"))
        )
        return f"{said} {thinned}"


@dataclass(frozen=True, slots=True, eq=False)
class KnownHomes:
    """The (k, 2) points where the people of one zone are known to live, at least one.

    ``people`` and ``fragile`` (k,) share those of the zone in proportion; all 0: evenly.
    ``n_addresses`` is how many addresses the points stand for.
    """

    points: FloatArray
    people: FloatArray
    fragile: FloatArray
    basis: HomeBasis
    n_addresses: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class ReadKnown:
    """What one source knows of where people live, by id of zone, and what was doubtful."""

    homes: Mapping[str, KnownHomes]
    findings: tuple[Finding, ...] = ()


def finest(*sources: Mapping[str, KnownHomes]) -> dict[str, KnownHomes]:
    """Return the finest of what sources know of each zone, in order of id; of equals, the first."""
    rank = {basis: number for number, basis in enumerate(HomeBasis)}
    ids = sorted({zone_id for source in sources for zone_id in source})
    known = {each: [source[each] for source in sources if each in source] for each in ids}
    return {each: max(some, key=lambda homes: rank[homes.basis]) for each, some in known.items()}


def rows_by_zone(zones: Numbers, territory: Territory) -> Iterator[tuple[str, Numbers]]:
    """Give, for each zone that has any, its id and its rows; ``zones`` (n,), -1 = outside."""
    for number in np.unique(zones[zones >= 0]).tolist():
        yield territory.zones[number].id, np.flatnonzero(zones == number)


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
        n_addresses=sum(homes.n_addresses for homes in chosen),
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
