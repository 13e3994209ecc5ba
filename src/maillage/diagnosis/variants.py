"""What could be otherwise: speeds, detours, thresholds, places that nobody told or that close.

A variant gives other minutes for the same zones, or shifts the threshold. *Favourable* variants
can make a gap vanish; *unfavourable* ones can open a gap that is hidden today. The same variants
are tried whatever the directory holds: were one dropped where no record feeds it, one more record
would bring it in, and a gap that it leaves standing would look surer for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from maillage.access.nearest import (
    ByServiceAndMode,
    minutes_to_nearest,
    nearest_times,
    two_nearest,
)
from maillage.access.offer import SERVICE_KEYS
from maillage.access.travel import Mode, StraightLine, TravelTimes, Trip
from maillage.directory.model import Directory
from maillage.directory.quality import months_between
from maillage.kernel.french import number, percent
from maillage.kernel.geometry import FloatArray, Point, coordinates
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.standard import mednum
from maillage.territory.model import Territory, ZoneKind

MODES = tuple(Mode)


@dataclass(frozen=True, slots=True, eq=False)
class Variant:
    """Other minutes (10 services, 3 modes, n_zones), and minutes added to the threshold.

    NaN = the variant says nothing of that zone. ``label`` says in French what is supposed.
    """

    code: str
    label: str
    minutes: FloatArray
    threshold_shift: float = 0.0


@dataclass(frozen=True, slots=True)
class Ground:
    """What the variants are made from."""

    territory: Territory
    directory: Directory
    engine: TravelTimes
    parameters: Parameters
    on: dt.date

    def by_mode(self, what: str) -> FloatArray:
        """Return a travel parameter as a (3, 1) column, one row per mode."""
        values = [self.parameters.number(f"travel.{mode.code}.{what}") for mode in MODES]
        return np.array(values)[:, None]

    def variant(self, what: str) -> float:
        """Return a number of ``diagnosis.variant``."""
        return self.parameters.number(f"diagnosis.variant.{what}")

    @property
    def estimated(self) -> bool:
        """Whether the times are drawn from straight lines, so that detours are a supposition."""
        return self.engine.name == StraightLine.name


def stacked(times: ByServiceAndMode) -> FloatArray:
    """Return (10, 3, n_zones) minutes from those told by service and mode."""
    return np.array([[times[key, mode] for mode in MODES] for key in SERVICE_KEYS])


def favourable(ground: Ground, base: FloatArray) -> tuple[Variant, ...]:
    """Return the variants in which help is nearer than the (10, 3, n_zones) base minutes."""
    speed, low = ground.variant("speed_share"), ground.variant("detour_low")
    shift = ground.variant("threshold_minutes")
    faster = 1.0 / (1.0 + speed)
    straighter = low / ground.by_mode("detour") if ground.estimated else np.ones((3, 1))
    variants = [
        Variant(
            "faster",
            tr("si l'on va {share} plus vite").format(share=percent(speed)),
            _moving(ground, base, faster),
        ),
        Variant(
            "threshold-up",
            tr("si le seuil est de {n} minutes de plus").format(n=number(shift)),
            base,
            shift,
        ),
        Variant(
            "all-favourable",
            tr("si vitesse, trajets et seuil sont tous plus favorables"),
            _moving(ground, base, faster * straighter),
            shift,
        ),
    ]
    if ground.estimated:
        label = tr("si les trajets sont plus directs (détour {n})").format(n=number(low, 1))
        variants.append(Variant("detour-low", label, _moving(ground, base, straighter)))
    return (*variants, *_if_untold_helped(ground, base))


def unfavourable(ground: Ground, base: FloatArray) -> tuple[Variant, ...]:
    """Return the variants in which help is farther than the (10, 3, n_zones) base minutes."""
    speed, high = ground.variant("speed_share"), ground.variant("detour_high")
    shift = ground.variant("threshold_minutes")
    variants = [
        Variant(
            "slower",
            tr("si l'on va {share} moins vite").format(share=percent(speed)),
            _moving(ground, base, 1.0 / (1.0 - speed)),
        ),
        Variant(
            "threshold-down",
            tr("si le seuil est de {n} minutes de moins").format(n=number(shift)),
            base,
            -shift,
        ),
        Variant(
            "outskirts",
            tr("si l'on part d'un point moyen de la commune plutôt que de sa mairie"),
            base + _minutes_inside(ground),
        ),
    ]
    if ground.estimated:
        label = tr("si les trajets sont moins directs (détour {n})").format(n=number(high, 1))
        longer = high / ground.by_mode("detour")
        variants.append(Variant("detour-high", label, _moving(ground, base, longer)))
    return (*variants, *_if_records_fail(ground))


def travel_bounds(ground: Ground, base: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the least and the most (10, 3, n) minutes that suppositions on travel allow.

    Least: faster and straighter at once. Most: slower and less direct at once.
    """
    speed = ground.variant("speed_share")
    low, high = np.ones((3, 1)), np.ones((3, 1))
    if ground.estimated:
        low = ground.variant("detour_low") / ground.by_mode("detour")
        high = ground.variant("detour_high") / ground.by_mode("detour")
    least = _moving(ground, base, low / (1.0 + speed))
    most = _moving(ground, base, high / (1.0 - speed))
    return least, most


def town_halls_label() -> str:
    """Return the French label of the supposition that town halls help though nobody says so."""
    return tr("si toutes les mairies dont l'offre n'est pas connue aidaient")


def radius_inside_km(area_km2: FloatArray) -> FloatArray:
    """Return the mean distance (km) to the centre of a disc of that area: two thirds of its radius.

    It stands for how far from the town hall people live when nothing says where they do.
    """
    mean: FloatArray = np.asarray(2.0 / 3.0 * np.sqrt(area_km2 / np.pi))
    return mean


def _moving(ground: Ground, base: FloatArray, factor: FloatArray | float) -> FloatArray:
    """Stretch the time spent moving, leaving the fixed minutes of the mode as they are."""
    fixed = np.minimum(ground.by_mode("fixed_minutes"), base)
    return fixed + (base - fixed) * factor


def _minutes_inside(ground: Ground) -> FloatArray:
    """Return (3, n_zones) minutes from where people live to their zone's point, NaN unknown."""
    areas = [zone.area_km2 for zone in ground.territory.zones]
    known = np.array([np.nan if area is None else area for area in areas], dtype=np.float64)
    km = radius_inside_km(known) * ground.by_mode("detour")
    return km / ground.by_mode("speed_kmh") * 60.0


def _if_untold_helped(ground: Ground, base: FloatArray) -> Iterable[Variant]:
    """Suppose that those whose services nobody told give them all: town halls, then others.

    Judged permanence by permanence: what a bus tells at the door of a town hall says nothing of
    what the town hall does.
    """
    municipal = _municipal(ground.directory)
    untold = [p for p in ground.directory.permanences if p.service_ids is None]
    halls = {p.lieu_id for p in untold if p.structure_id in municipal}
    others = {p.lieu_id for p in untold if p.structure_id not in municipal}
    points = {lieu.id: lieu.point for lieu in ground.directory.lieux}
    supposed = (
        ("town-halls", town_halls_label(), [points[i] for i in halls] + _town_halls_untold(ground)),
        (
            "untold",
            tr("si les autres lieux sans service renseigné aidaient"),
            [points[i] for i in others],
        ),
    )
    for code, label, places in supposed:
        yield Variant(code, label, np.minimum(base, _nearest_of(ground, places)))


def _if_records_fail(ground: Ground) -> Iterable[Variant]:
    """Suppose that the nearest lieu closed, then that only recently checked records hold.

    Where no record is recent the second leaves nothing within reach: the stalest directory is the
    least safe.
    """
    closed = two_nearest(ground.territory, ground.directory, ground.engine).second
    yield Variant("nearest-closed", tr("si le lieu le plus proche fermait"), stacked(closed))
    months = ground.variant("recent_months")
    recent = _recent(ground.directory, ground.on, months)
    times = nearest_times(ground.territory, recent, ground.engine).minutes
    label = tr("si seules comptaient les fiches de moins de {n} mois")
    yield Variant("recent-only", label.format(n=number(months)), stacked(times))


def _recent(directory: Directory, on: dt.date, months: float) -> Directory:
    """Keep the permanences dated less than so many months ago; undated or to come are not."""
    kept = tuple(
        p
        for p in directory.permanences
        if p.record.date_maj is not None and 0 <= months_between(p.record.date_maj, on) < months
    )
    return replace(directory, permanences=kept)


def _municipal(directory: Directory) -> set[str]:
    """Return the ids of the structures that are municipalities."""
    return {s.id for s in directory.structures if mednum.Typologie.MUNI in s.typologie}


def _town_halls_untold(ground: Ground) -> list[Point]:
    """Return the points of the communes whose town hall's offer is not known.

    Every commune has a town hall, listed or not. Its offer is known where the directory lists the
    municipality and all its permanences there tell their services.
    """
    municipal = _municipal(ground.directory)
    commune_of = {lieu.id: lieu.code_insee for lieu in ground.directory.lieux}
    permanences = [p for p in ground.directory.permanences if p.structure_id in municipal]
    listed = {commune_of[p.lieu_id] for p in permanences}
    silent = {commune_of[p.lieu_id] for p in permanences if p.service_ids is None}
    communes = [
        (zone.code_insee, zone.point)
        for zone in ground.territory.zones
        if zone.kind is ZoneKind.COMMUNE
    ]
    communes += [(each.code_insee, each.point) for each in ground.territory.neighbours]
    return [point for code, point in communes if code not in listed - silent]


def _nearest_of(ground: Ground, points: Iterable[Point | None]) -> FloatArray:
    """Return (3, n_zones) minutes to the nearest of these points, inf where there is none."""
    places = coordinates([point for point in points if point is not None])
    origins = coordinates(tuple(zone.point for zone in ground.territory.zones))
    return np.array(
        [minutes_to_nearest(origins, places, ground.engine, Trip(mode)) for mode in MODES]
    )
