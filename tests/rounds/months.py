"""A small territory where nobody has help near, venues in its town halls, and a hand-made plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from tests.directory.places import TERRITORY

from maillage.access.offer import SERVICE_KEYS
from maillage.access.travel import StraightLine
from maillage.access.unreached.model import N_HALF_DAYS, NewReach, Unreached, Venue, VenueKind
from maillage.access.visits.bounds import Bounds
from maillage.kernel.parameters import load_parameters
from maillage.rounds.asked import AskedRound, Operator, default_asked
from maillage.rounds.ground import GroundedRound, RoundGround, ground_round
from maillage.rounds.model import Frequency, RoundPlan, Session
from maillage.rounds.month import RoundMonth, Told, month_of
from maillage.rounds.value import plan_of

TODAY = dt.date(2026, 12, 31)
"""A Thursday: the four weeks begin on Monday 4 January 2027."""
PARAMETERS = load_parameters(TODAY)
OPERATOR = Operator("Bus numérique", "+33321610000")
AMES, LILLERS, AUCHEL, BETHUNE = "62028", "62516", "62048", "62119"
_ZONES = tuple(sorted(TERRITORY.zones, key=lambda zone: zone.id))
TERRITORY_7 = replace(
    TERRITORY,
    zones=tuple(
        replace(zone, population=1000 + 100 * n + 8000 * (zone.id == BETHUNE))
        for n, zone in enumerate(_ZONES)
    ),
)


def town_halls() -> tuple[Venue, ...]:
    """Return a venue in the town hall of each commune, in order of id."""
    return tuple(
        Venue(
            f"hall-{z.id}",
            f"Mairie, place de {z.name}",
            z.code_insee,
            z.name,
            z.point.lon,
            z.point.lat,
            VenueKind.TOWN_HALL,
        )
        for z in TERRITORY_7.zones
    )


def ground_of(
    venues: Sequence[Venue] | None = None,
    *,
    only_on: frozenset[int] = frozenset(range(N_HALF_DAYS)),
) -> RoundGround:
    """Return a ground: 100 fragile people a zone (and 10 more each), who come to their own commune.

    With the supposed bus they also come to the next in order. Visits work on ``only_on`` half-days.
    """
    told = tuple(sorted(venues if venues is not None else town_halls(), key=lambda v: v.id))
    n = len(TERRITORY_7.zones)
    codes = [zone.code_insee for zone in TERRITORY_7.zones]
    own = np.array([[venue.code_insee == code for code in codes] for venue in told])
    near = own | np.roll(own, 1, axis=1)
    works = np.array([half in only_on for half in range(N_HALF_DAYS)])[:, None, None]
    fragile = 100.0 + 10.0 * np.arange(n, dtype=np.float64)
    unreached = Unreached(
        zone_ids=tuple(codes),
        zone_names=tuple(zone.name for zone in TERRITORY_7.zones),
        points=np.array([(z.point.lon, z.point.lat) for z in TERRITORY_7.zones]),
        zone=np.arange(n, dtype=np.int32),
        people=10.0 * fragile,
        fragile=fragile,
        lacks=Bounds(np.ones((10, n), bool), np.ones((10, n), bool)),
        unmet=np.zeros((len(SERVICE_KEYS), n)),
        how=("Nobody has help near.",),
    )
    minutes = np.where(own, 10.0, np.nan)
    reach = NewReach(told, Bounds(works & own, works & near), Bounds(minutes, minutes))
    return RoundGround(TERRITORY_7, unreached, reach, StraightLine(PARAMETERS), PARAMETERS)


def asked(**told: object) -> AskedRound:
    """Return what is asked by default, but for what is told."""
    return replace(default_asked(OPERATOR, PARAMETERS), **told)  # type: ignore[arg-type]


def grounded(
    ground: RoundGround | None = None, wanted: AskedRound | None = None, *, high: bool = False
) -> GroundedRound:
    """Return the problem of the small territory, for any service."""
    return ground_round(ground or ground_of(), wanted or asked(), None, TODAY, high=high)


def small_plan(on: GroundedRound) -> RoundPlan:
    """Return a plan: Lillers each Tuesday morning, Ames every other, Auchel on one Friday."""
    codes = [stop.code_insee for stop in on.problem.stops]
    lillers, ames, auchel = (codes.index(code) for code in (LILLERS, AMES, AUCHEL))
    days = on.problem.dates
    tuesdays = [n for n, day in enumerate(days) if day.weekday() == 1]
    friday = next(n for n, day in enumerate(days) if day.weekday() == 4)
    sessions = [Session(0, day, lillers, 570, 690) for day in tuesdays]
    sessions += [Session(0, day, ames, 840, 960) for day in tuesdays[::2]]
    sessions += [Session(0, friday, auchel, 600, 720)]
    often = {lillers: Frequency.WEEKLY, ames: Frequency.FORTNIGHTLY, auchel: Frequency.MONTHLY}
    return plan_of(on.problem, sessions, (), often, (400.0, "time", "à la main"))


def small_month(ground: RoundGround | None = None) -> RoundMonth:
    """Return what is told of the small plan."""
    stands = ground or ground_of()
    on = grounded(stands)
    return month_of(on, small_plan(on), stands, Told(OPERATOR, None, high=False))
