"""What could be otherwise: speeds, detours, thresholds, places that nobody told or that close.

A variant gives other minutes for the same zones, or shifts the threshold. *Favourable* variants
can make a gap vanish; *unfavourable* ones can open a gap that is hidden today. A variant that can
only confirm what is seen is not counted: it proves nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from maillage.access.nearest import (
    ByServiceAndMode,
    minutes_to_nearest,
    two_nearest,
)
from maillage.access.offer import SERVICE_KEYS, lieux_untold
from maillage.access.travel import Mode, StraightLine, TravelTimes, Trip
from maillage.diagnosis.quality import months_between
from maillage.directory.model import Directory
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
    """Suppose that the places whose services nobody told give them all: town halls, then others."""
    untold = lieux_untold(ground.directory)
    town_halls = _town_halls(ground.directory)
    halls = [lieu.point for lieu in untold if lieu.id in town_halls]
    others = [lieu.point for lieu in untold if lieu.id not in town_halls]
    supposed = (
        ("town-halls", town_halls_label(), halls + _town_halls_unlisted(ground, town_halls)),
        ("untold", tr("si les autres lieux sans service renseigné aidaient"), others),
    )
    for code, label, points in supposed:
        nearest = _nearest_of(ground, points)
        if nearest is not None:
            yield Variant(code, label, np.minimum(base, nearest))


def _if_records_fail(ground: Ground) -> Iterable[Variant]:
    """Suppose that the nearest lieu closed, then that only recently checked records hold."""
    closed = two_nearest(ground.territory, ground.directory, ground.engine).second
    yield Variant("nearest-closed", tr("si le lieu le plus proche fermait"), stacked(closed))
    months = ground.variant("recent_months")
    recent = _recent(ground.directory, ground.on, months)
    if any(p.service_ids for p in recent.permanences):
        times = two_nearest(ground.territory, recent, ground.engine).first.minutes
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


def _town_halls(directory: Directory) -> set[str]:
    """Return the ids of the lieux where a municipality stands."""
    municipal = {s.id for s in directory.structures if mednum.Typologie.MUNI in s.typologie}
    return {p.lieu_id for p in directory.permanences if p.structure_id in municipal}


def _town_halls_unlisted(ground: Ground, town_halls: set[str]) -> list[Point | None]:
    """Return where the town halls stand that the directory does not list.

    Every commune has one: where it is not listed its offer is as little known as where it is listed
    without services, so the same is supposed of it, at the point of the commune.
    """
    listed = {lieu.code_insee for lieu in ground.directory.lieux if lieu.id in town_halls}
    communes = [
        (zone.code_insee, zone.point)
        for zone in ground.territory.zones
        if zone.kind is ZoneKind.COMMUNE
    ]
    communes += [(each.code_insee, each.point) for each in ground.territory.neighbours]
    return [point for code, point in communes if code not in listed]


def _nearest_of(ground: Ground, points: Iterable[Point | None]) -> FloatArray | None:
    """Return (3, n_zones) minutes to the nearest of these points, None if none is known."""
    places = coordinates([point for point in points if point is not None])
    if not len(places):
        return None
    origins = coordinates(tuple(zone.point for zone in ground.territory.zones))
    return np.array(
        [minutes_to_nearest(origins, places, ground.engine, Trip(mode)) for mode in MODES]
    )
