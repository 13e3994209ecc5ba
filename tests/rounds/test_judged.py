"""An existing round judged: on places where hours are not told, by the hour where they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.rounds.months import (
    AMES,
    AUCHEL,
    BETHUNE,
    LILLERS,
    TERRITORY_7,
    asked,
    ground_of,
    grounded,
    small_plan,
    town_halls,
)

from maillage.kernel.geometry import Point
from maillage.rounds.existing import ExistingRound, ExistingStop
from maillage.rounds.ground import RoundGround
from maillage.rounds.judged import JudgedRound, beside_plan, judge_round, with_same_means
from maillage.rounds.model import Frequency

MONTH = tuple(dt.date(2027, 1, 4) + dt.timedelta(days=n) for n in range(28))
ZONES = {zone.code_insee: zone for zone in TERRITORY_7.zones}


def stop(code: str, *, hours: str | None = None, north: float = 0.0) -> ExistingStop:
    """Return a stop of the present round, some degrees north of a town hall."""
    zone = ZONES[code]
    point = Point(zone.point.lon, zone.point.lat + north)
    return ExistingStop(f"present-{code}", "Place", code, zone.name, point, hours)


def judged(*stops: ExistingStop) -> tuple[JudgedRound, RoundGround]:
    """Return a round judged, on a ground that knows its stops and the town halls."""
    existing = ExistingRound("PIMMS Mobile", None, stops)
    ground = ground_of((*town_halls(), *existing.venues()))
    return judge_round(existing, ground, None, MONTH), ground


def test_places_alone_are_judged_where_hours_are_not_told() -> None:
    """Each commune's own people count once; with the supposed bus, those of the next one too."""
    one, _ = judged(stop(AMES), stop(LILLERS))
    assert (one.people.low, one.people.high) == (100 + 160, 100 + 110 + 160)
    assert (one.minutes, one.sessions, one.at_told_hours, one.people_per_hour) == (None,) * 4


def test_what_a_stop_brings_is_what_the_round_loses_without_it() -> None:
    """Two stops of one commune bring nothing each, though each would help alone."""
    twin = replace(stop(AMES, north=0.01), id="present-twin")
    one, _ = judged(stop(AMES), twin)
    assert [(s.alone.low, s.brings.low) for s in one.stops if s.alone and s.brings] == [
        (100.0, 0.0),
        (100.0, 0.0),
    ]


def test_people_are_counted_by_the_hour_where_hours_are_told() -> None:
    """A weekly stop does all its good, one held twice its share, for the hours spent."""
    one, _ = judged(
        stop(AMES, hours="Tu 09:00-11:00"), stop(LILLERS, hours="week 01-53/2 Th 14:00-16:00")
    )
    assert (one.minutes, one.sessions) == (6 * 120, 6)
    assert one.at_told_hours is not None
    assert one.at_told_hours.low == pytest.approx(100 + 0.7 * 160)
    assert one.people_per_hour is not None
    assert one.people_per_hour.low == pytest.approx((100 + 0.7 * 160) / 12)


def test_a_stop_that_stands_nowhere_is_not_judged() -> None:
    """Without a point nothing is said of its people, and it is told so beside the plan."""
    lost = replace(stop(AUCHEL), point=None)
    one, ground = judged(lost)
    assert (one.stops[0].alone, one.people.low) == (None, 0.0)
    on = grounded(ground)
    beside = beside_plan(one, on, small_plan(on), ground, None)
    assert [d.why for d in beside.dropped] == [
        "son adresse n'est pas située : il n'a pas pu être proposé"
    ]


def test_the_same_means_are_its_sessions_or_one_a_stop() -> None:
    """Told hours give the number of sessions; else each stop is supposed held once."""
    told, _ = judged(stop(AMES, hours="Tu 09:00-11:00"))
    assert with_same_means(asked(), told).most_sessions == 4
    silent, _ = judged(stop(AMES), stop(LILLERS))
    same = with_same_means(asked(), silent)
    assert (same.most_sessions, same.frequencies) == (2, (Frequency.MONTHLY,))


def test_beside_a_plan_what_is_kept_dropped_and_added() -> None:
    """A stop within 300 metres is the same; another is dropped for a reason that is told."""
    far = replace(stop(LILLERS, north=0.02), id="present-far")
    one, ground = judged(stop(LILLERS, north=0.001), stop(BETHUNE), far)
    on = grounded(ground)
    beside = beside_plan(one, on, small_plan(on), ground, None)
    (kept,) = beside.kept
    assert (kept.present.code_insee, round(kept.metres)) == (LILLERS, 111)
    why = {d.present.id: d.why for d in beside.dropped}
    assert why == {
        "present-62119": "il ajouterait 130\xa0personnes, s'il restait une venue à lui donner",
        "present-far": "ceux qu'il aide peuvent déjà venir à un arrêt du plan",
    }
    assert beside.added == ("Mairie, place de Ames (Ames)", "Mairie, place de Auchel (Auchel)")
    assert beside.on_places.low == 100 + 120 + 160
    assert beside.gap.low == pytest.approx(1 - one.people.low / 380)
