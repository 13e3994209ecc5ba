"""Small towns made for tests: homes, lieux and stops on a map, runs of a day, weeks to ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from tests.access.journeys.timetables import Run, make_network
from tests.builders import BETHUNE, DEMARCHES, east_of

from maillage.access.timetable.model import Network, Services
from maillage.access.travel import StraightLine
from maillage.access.visits.all_visits import Searches
from maillage.access.visits.model import Certainty, OpeningOn, VisitKind
from maillage.access.visits.territory_visits import AskedWeek, Movement, Presences
from maillage.access.visits.week import Presence
from maillage.engines.connection_scan import ConnectionScan
from maillage.engines.round_trips import CompiledVisits
from maillage.kernel.geometry import FloatArray, coordinates
from maillage.kernel.parameters import load_parameters
from maillage.standard import mednum

MONDAY = dt.date(2026, 9, 7)
DAYS = (MONDAY, MONDAY + dt.timedelta(days=1))
PARAMETERS = load_parameters(dt.date(2026, 9, 7))
STRAIGHT = StraightLine(PARAMETERS)
COMPILED = Searches(ConnectionScan(), CompiledVisits())
HALF_PAST_SEVEN, SEVEN_PM = 450, 1140


def kind_of(minutes: int = 20, budget: int = 120) -> VisitKind:
    """Return a kind of visit that lasts so many minutes, last admission just as early."""
    return VisitKind(
        "essai", f"{minutes} minutes", minutes, minutes, HALF_PAST_SEVEN, SEVEN_PM, budget
    )


def at_km(*kms: float) -> FloatArray:
    """Return the points so many kilometres east of Béthune."""
    return coordinates([east_of(BETHUNE, km) for km in kms])


def hours(*ranges: tuple[int, int], certainty: Certainty | None = Certainty.CERTAIN) -> OpeningOn:
    """Return the opening of the Monday."""
    return OpeningOn(MONDAY, ranges, certainty)


def asked_of(
    homes: FloatArray,
    places: FloatArray,
    opened: Sequence[Sequence[OpeningOn]],
    kinds: Sequence[VisitKind],
    services: Sequence[frozenset[mednum.Service]] | None = None,
) -> AskedWeek:
    """Return what is asked: one permanence a lieu, each with its openings."""
    given = services or [frozenset({DEMARCHES})] * len(places)
    presences = tuple(Presence(f"p{i}", f"l{i}", given[i]) for i in range(len(places)))
    return AskedWeek(
        homes,
        Presences(
            presences,
            {f"l{i}": places[i] for i in range(len(places))},
            {f"p{i}": tuple(opened[i]) for i in range(len(places))},
        ),
        DAYS,
        tuple(kinds),
        780,
    )


def network_at(stops: FloatArray, runs: Sequence[Run]) -> Network:
    """Return a network whose runs, in seconds of the day, all run on the Monday alone."""
    made = make_network(len(stops), runs)
    days = Services(("every",), MONDAY, np.ones((1, 1), dtype=np.bool_))
    return replace(made, stops=replace(made.stops, places=stops), services=days)


def moving(
    network: Network | None, *, reduced_mobility: bool = False, searches: Searches = COMPILED
) -> Movement:
    """Return people who walk in straight lines, and ride where there is a network."""
    found = None if network is None else searches
    return Movement(STRAIGHT, network, found, PARAMETERS, reduced_mobility)
