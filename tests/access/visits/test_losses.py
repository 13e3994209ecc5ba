"""Laws of losses: what is read off a week is what a week without that lieu, or that line, tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.access.journeys.timetables import run
from tests.access.visits.journeys_week import (
    LINES,
    NINE,
    PEOPLE,
    a_week,
    kinds_asked,
    network_at_stops,
    searched_of,
    towns_by_bus,
    weeks_of,
)
from tests.access.visits.strategies import kinds
from tests.access.visits.test_week import ANY, HOUR, MAYBE, N_HOMES, SURE, told, towns
from tests.access.visits.weeks import DAYS, Stand, day_visits
from tests.builders import DEMARCHES, OUTILS

from maillage.access.timetable.model import Network
from maillage.access.visits.losses import (
    Loss,
    Residents,
    half_days_without,
    lieu_losses,
    line_losses,
    week_losses,
)
from maillage.access.visits.model import Certainty, OpeningOn, VisitKind
from maillage.access.visits.week import DayVisits, Presence, VisitWeek
from maillage.access.visits.week_sums import visit_week
from maillage.kernel.progress import Silent

RESIDENTS = Residents(np.array([100.0, 20.0, 3.0]), np.array([10.0, 0.0, 3.0]))
MORNING = (540, 720)


def at_lieux(stands: Sequence[Stand], lieux: Sequence[int], kind: VisitKind = HOUR) -> VisitWeek:
    """Return the week of stands that stand at told lieux, several at one perhaps."""
    presences = [
        Presence(f"permanence-{i}", f"lieu-{lieu}", frozenset(stand.services))
        for i, (stand, lieu) in enumerate(zip(stands, lieux, strict=True))
    ]
    return visit_week(day_visits(stands, kind), presences, kind, DAYS, N_HOMES)


def open_on(day: int, certainty: Certainty = Certainty.CERTAIN) -> tuple[OpeningOn, ...]:
    """Return one morning."""
    return (told(MORNING, day=day, certainty=certainty),)


def of(losses: Sequence[Loss], lieu: str, certainty: Certainty) -> Loss:
    """Return the loss of one lieu for any service."""
    (found,) = (
        one
        for one in losses
        if (one.subject, one.service, one.certainty) == (lieu, None, certainty)
    )
    return found


@given(towns, st.lists(st.integers(0, 2), min_size=4, max_size=4), kinds)
def test_a_closing_is_a_week_without_that_lieu(
    stands: list[Stand], drawn: list[int], kind: VisitKind
) -> None:
    """What is read off is what is counted again from nothing with the lieu taken away."""
    lieux = drawn[: len(stands)]
    week = at_lieux(stands, lieux, kind)
    for lieu in set(lieux):
        left = [n for n, one in enumerate(lieux) if one != lieu]
        without = at_lieux([stands[n] for n in left], [lieux[n] for n in left], kind)
        np.testing.assert_array_equal(half_days_without(week, f"lieu-{lieu}"), without.half_days)
        losses = week_losses(f"lieu-{lieu}", week, without, RESIDENTS)
        given_there = {s for n, one in enumerate(lieux) if one == lieu for s in stands[n].services}
        services = {None, *given_there} if given_there else set()
        read = [one for one in lieu_losses(week, RESIDENTS) if one.subject == f"lieu-{lieu}"]
        assert read == [one for one in losses if one.service in services]


def test_who_loses_all_and_who_loses_some() -> None:
    """Of three homes, one has this lieu alone, one has another too, one goes to neither."""
    inf = float("inf")
    week = at_lieux(
        [
            Stand((5.0, 5.0, inf), open_on(0) + open_on(1), (DEMARCHES,)),
            Stand((inf, 5.0, inf), open_on(1) + open_on(2), (OUTILS,)),
        ],
        [0, 1],
    )
    found = lieu_losses(week, RESIDENTS)
    loss = of(found, "lieu-0", Certainty.CERTAIN)
    assert (loss.people_without, loss.fragile_without) == (100.0, 10.0)
    assert (loss.people_fewer, loss.fragile_fewer) == (20.0, 0.0)
    assert loss.half_days == 2 * 100.0 + 1 * 20.0
    services = {one.service for one in found if one.subject == "lieu-0"}
    assert services == {DEMARCHES, None}


def test_a_lieu_whose_hours_are_untold_takes_nothing_certain_away() -> None:
    """Its half-days are possible ones only, and possible ones hang on it where no other opens."""
    stands = [
        Stand((5.0, 5.0, 5.0), open_on(0, Certainty.POSSIBLE)),
        Stand((5.0, 5.0, 5.0), open_on(0)),
    ]
    found = lieu_losses(at_lieux(stands, [0, 1]), RESIDENTS)
    assert of(found, "lieu-0", Certainty.CERTAIN).half_days == 0.0
    assert of(found, "lieu-0", Certainty.POSSIBLE).half_days == 0.0
    assert of(found, "lieu-1", Certainty.CERTAIN).people_without == 123.0
    assert of(found, "lieu-1", Certainty.POSSIBLE).people_without == 0.0


def test_what_one_lieu_makes_work_twice_still_hangs_on_it_alone() -> None:
    """Two permanences there, or two openings of one morning, close with it; another lieu holds."""
    twice = (told((540, 600), (660, 720)),)
    two = [Stand((5.0,) * N_HOMES, twice), Stand((5.0,) * N_HOMES, open_on(0))]
    at_one = of(lieu_losses(at_lieux(two, [0, 0]), RESIDENTS), "lieu-0", Certainty.CERTAIN)
    assert (at_one.people_without, at_one.half_days) == (123.0, 123.0)
    at_two = of(lieu_losses(at_lieux(two, [0, 1]), RESIDENTS), "lieu-0", Certainty.CERTAIN)
    assert (at_two.people_without, at_two.half_days) == (0.0, 0.0)


def test_the_order_of_visits_does_not_matter() -> None:
    """What a half-day hangs on is the same in whatever order visits are counted."""
    stands = [Stand((5.0,) * N_HOMES, open_on(0)) for _ in range(3)]
    presences = [Presence(f"p{i}", f"lieu-{i % 2}", frozenset({DEMARCHES})) for i in range(3)]

    def kept(visits: Sequence[DayVisits]) -> object:
        return visit_week(visits, presences, HOUR, DAYS, N_HOMES).sole_lieux.tolist()

    visits = list(day_visits(stands, HOUR))
    assert kept(visits) == kept(visits[::-1]) == kept(visits[1:] + visits[:1])


def test_more_half_days_are_no_loss() -> None:
    """Two weeks given in the wrong order are refused."""
    rich = at_lieux([Stand((5.0,) * N_HOMES, open_on(0))], [0])
    poor = at_lieux([Stand((5.0,) * N_HOMES, (told(day=0),))], [0])
    assert rich.half_days[ANY, SURE, 0] > poor.half_days[ANY, MAYBE, 0]
    with pytest.raises(ValueError, match="more half-days"):
        week_losses("lieu-0", poor, rich, RESIDENTS)


@given(towns_by_bus, st.sampled_from(LINES))
@settings(max_examples=15, deadline=None)
def test_a_line_that_ends_is_a_network_without_its_trips(network: Network, line: str) -> None:
    """The difference is that with a network in which none of its trips runs any day."""
    searched = searched_of(network)
    weeks = weeks_of(searched)
    ended = {"told": frozenset({line})}
    ((name, found),) = line_losses(searched, weeks, PEOPLE, ended, Silent())
    number = [one.id for one in network.lines].index(line)
    services = network.trips.services.copy()
    services[network.trips.lines == number] = 1
    never = np.vstack([network.services.runs, np.zeros_like(network.services.runs)])
    poorer = replace(
        network,
        trips=replace(network.trips, services=services),
        services=replace(network.services, ids=("every", "never"), runs=never),
    )
    after = weeks_of(searched_of(poorer))
    assert name == "told"
    for k in range(len(kinds_asked())):
        assert found[k].low == week_losses("told", weeks[k].low, after[k].low, PEOPLE)
        assert found[k].high is found[k].low


def test_a_line_that_does_not_run_is_answered_without_any_search() -> None:
    """Nothing is lost, and the engine is not asked again."""
    searched, engine = a_week()
    weeks = weeks_of(searched)
    asked = engine.asked
    ((_, found),) = line_losses(searched, weeks, PEOPLE, {"none": frozenset({"unknown"})}, Silent())
    assert engine.asked == asked > 0
    assert {one.half_days for one in found[0].low} == {0.0}


def test_the_only_line_takes_every_visit_by_bus_away() -> None:
    """Whoever came by bus alone is left without; whoever lives there keeps all."""
    searched, _ = a_week()
    weeks = weeks_of(searched)
    ((_, found),) = line_losses(searched, weeks, PEOPLE, {"0": frozenset(LINES)}, Silent())
    (loss,) = (
        one for one in found[0].low if one.service is None and one.certainty is Certainty.CERTAIN
    )
    assert (loss.people_without, loss.people_fewer) == (100.0, 0.0)
    assert loss.half_days == 100.0
    assert searched.asked.days[0] == dt.date(2026, 9, 7)


@pytest.mark.parametrize(("told", "low", "high"), [(1, 100.0, 0.0), (-1, 0.0, 100.0)])
def test_a_line_untold_of_steps_is_lost_in_the_high_bound(
    told: int, low: float, high: float
) -> None:
    """Two lines run alike, one told step-free: its end is felt for sure, and less than for sure
    where the other may do as well; the end of the only line, untold, is felt in the high bound.
    """
    runs = [run((0, NINE), (1, NINE + 900)), run((1, NINE + 5400), (0, NINE + 6300))]
    twice = network_at_stops([*runs, *runs] if told == 1 else runs)
    trips = np.full(len(twice.trips.ids), -1, dtype=np.int8)
    trips[: len(runs)] = told
    steps = np.ones(len(twice.stops.ids), dtype=np.int8)
    network = replace(
        twice,
        stops=replace(twice.stops, step_free=steps),
        trips=replace(twice.trips, step_free=trips),
    )
    searched = searched_of(network, reduced_mobility=True)
    weeks = weeks_of(searched)
    ended = {"told": frozenset({"l0", "l1"})}
    ((_, found),) = line_losses(searched, weeks, PEOPLE, ended, Silent())
    lost = [
        next(o for o in some if o.service is None and o.certainty is Certainty.CERTAIN)
        for some in (found[0].low, found[0].high)
    ]
    assert [one.people_without for one in lost] == [low, high]
