"""A week of visits by bus made by hand: homes and lieux at stops too far apart to walk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st
from tests.access.journeys.timetables import DAY, Run, make_network, run
from tests.builders import DEMARCHES

from maillage.access.journeys.model import DayTimetable, Profiles, Walks, Window
from maillage.access.timetable.model import IntArray, Network
from maillage.access.travel import StraightLine
from maillage.access.visits.all_visits import Searches
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.find import Searched
from maillage.access.visits.losses import Residents
from maillage.access.visits.model import Certainty, OpeningOn, VisitKind
from maillage.access.visits.territory_visits import (
    AskedWeek,
    Movement,
    Presences,
    week_ground,
    weeks_without_car,
)
from maillage.access.visits.week import Presence, VisitWeek
from maillage.engines.connection_scan import ConnectionScan
from maillage.engines.round_trips import CompiledVisits
from maillage.kernel.geometry import FloatArray
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
STOPS = np.array([(2.0, 50.0), (2.1, 50.0), (2.2, 50.0), (2.1, 50.1)])
PEOPLE = Residents(np.array([100.0, 20.0, 3.0, 0.0]), np.array([10.0, 0.0, 3.0, 0.0]))
LINES = ("l0", "l1", "l2", "l3", "l4")
NINE = 9 * 3600


def kinds_asked() -> tuple[VisitKind, ...]:
    """Return two kinds of visit."""
    return (
        VisitKind("court", "20 minutes", 20, 20, 450, 1140, 120),
        VisitKind("long", "60 minutes", 60, 60, 450, 1140, 60),
    )


class Counting(ConnectionScan):
    """The compiled engine, that counts how often it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def to_place(
        self,
        day: DayTimetable,
        between: Walks,
        homes: Walks,
        place: tuple[IntArray, IntArray],
        window: Window,
    ) -> Profiles:
        """Return the journeys, and count one more."""
        self.asked += 1
        return super().to_place(day, between, homes, place, window)


def network_at_stops(runs: Sequence[Run], places: FloatArray = STOPS) -> Network:
    """Return a network of runs, each a line of its own, over the stops."""
    network = make_network(len(places), runs)
    return replace(network, stops=replace(network.stops, places=places))


def searched_of(
    network: Network,
    engine: ConnectionScan | None = None,
    *,
    a_bus_is_missing: bool = False,
    reduced_mobility: bool = False,
) -> Searched:
    """Return a day asked, prepared: homes at each stop, lieux at the second and the third."""
    opened = {
        "p1": (OpeningOn(DAY, ((540, 720), (840, 1020)), Certainty.CERTAIN),),
        "p2": (OpeningOn(DAY, ((540, 720),), Certainty.POSSIBLE),),
    }
    presences = tuple(Presence(f"p{n}", f"lieu-{n}", frozenset({DEMARCHES})) for n in (1, 2))
    places = {"lieu-1": STOPS[1], "lieu-2": STOPS[2]}
    asked = AskedWeek(STOPS, Presences(presences, places, opened), (DAY,), kinds_asked(), 780)
    by = Movement(
        StraightLine(PARAMETERS),
        network,
        Searches(engine or ConnectionScan(), CompiledVisits(), threads=1),
        PARAMETERS,
        reduced_mobility,
    )
    return Searched(asked, by, week_ground(asked, by), a_bus_is_missing)


def weeks_of(searched: Searched) -> tuple[Bounds[VisitWeek], ...]:
    """Return the weeks as asked."""
    return weeks_without_car(
        searched.asked,
        searched.by,
        searched.ground,
        Silent(),
        a_bus_is_missing=searched.a_bus_is_missing,
    )


def a_week() -> tuple[Searched, Counting]:
    """Return a bus from the first stop to the second and back, in the morning."""
    engine = Counting()
    there = run((0, NINE), (1, NINE + 900))
    back = run((1, NINE + 3600), (0, NINE + 4500))
    return searched_of(network_at_stops([there, back]), engine), engine


@st.composite
def _runs(draw: st.DrawFn) -> Run:
    stops = draw(st.permutations(range(len(STOPS))))[: draw(st.integers(2, 4))]
    times = draw(
        st.lists(
            st.integers(28, 68).map(lambda quarter: quarter * 900),
            min_size=len(stops),
            max_size=len(stops),
            unique=True,
        )
    )
    return run(*zip(stops, sorted(times), strict=True))


@st.composite
def _returns(draw: st.DrawFn) -> Run:
    """Draw a run that goes somewhere and comes back, with time for a visit between."""
    home, place = draw(st.permutations(range(len(STOPS))))[:2]
    leaves, stays = draw(st.integers(34, 60)), draw(st.integers(2, 8))
    away = (leaves + 1) * 900
    back = away + stays * 900
    return run((home, leaves * 900), (place, away, back), (home, back + 900))


towns_by_bus = st.lists(
    st.one_of(_returns(), _runs()), min_size=len(LINES), max_size=len(LINES)
).map(network_at_stops)
