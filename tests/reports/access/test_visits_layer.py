"""Visits and times as files: which rows, which columns, and what stands in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
from tests.access.visits.towns import PARAMETERS, STRAIGHT, asked_of, at_km, hours, kind_of
from tests.builders import DEMARCHES, OUTILS

from maillage.access.homes import HomeBasis, Homes
from maillage.access.layers import Cell, Layer, Segment
from maillage.access.times import TimesTable
from maillage.access.travel import Mode
from maillage.access.visits.find import VisitMeans, VisitsFound, find_visits
from maillage.access.visits.model import Certainty
from maillage.kernel.french import FIXED
from maillage.kernel.geometry import FloatArray, Point
from maillage.kernel.progress import Silent
from maillage.reports.access.times_csv import times_csv
from maillage.reports.access.times_layer import times_layer
from maillage.reports.access.visits_layer import visits_layer
from maillage.standard import mednum

MEANS = VisitMeans(STRAIGHT, None, None, PARAMETERS, "62")
ALL = frozenset(mednum.Service)
MORNING = hours((540, 720))
ENDS = (np.array([[2.0, 50.0], [2.1, 50.0]]), np.array([[2.2, 50.0], [2.3, 50.1]]))


def homes_at(points: FloatArray) -> Homes:
    """Return homes of ten people each."""
    n = len(points)
    return Homes(
        tuple(f"h{i}" for i in range(n)),
        points,
        np.arange(n, dtype=np.int32),
        np.full(n, 10.0),
        np.zeros(n),
        (HomeBasis.GIVEN,) * n,
    )


def found(
    *services: frozenset[mednum.Service],
    means: VisitMeans = MEANS,
    certainty: Certainty = Certainty.CERTAIN,
    kms: tuple[float, ...] = (1.0, 30.0),
) -> VisitsFound:
    """Return visits from homes at some kilometres to lieux that stand at 0 km, open one morning."""
    opened = [[replace(MORNING, certainty=certainty)]] * len(services)
    kind = kind_of(20, 120)
    asked = asked_of(at_km(*kms), at_km(*[0.0] * len(services)), opened, [kind], list(services))
    names = {f"l{i}": f"Lieu {i}" for i in range(len(services))}
    return find_visits(asked, homes_at(at_km(*kms)), means, names, Silent())


def rows(layer: Layer) -> list[dict[str, Cell]]:
    """Return the rows by name of column."""
    return [dict(zip(layer.kinds, row, strict=True)) for row in layer.rows]


def test_one_row_for_each_home_service_and_kind() -> None:
    """Services that somebody gives, then any of them; others have no row."""
    layer = visits_layer(found(frozenset({DEMARCHES}), frozenset({OUTILS})))
    assert [(row["service"], row["home_id"]) for row in rows(layer)] == [
        (service, home) for service in (DEMARCHES.value, OUTILS.value, "*") for home in ("h0", "h1")
    ]
    assert len(layer.shapes) == len(layer.rows)


def test_places_that_all_give_everything_have_one_row_a_home() -> None:
    """Nine rows that say the same would tell nothing more."""
    layer = visits_layer(found(ALL, ALL))
    assert [row["service"] for row in rows(layer)] == ["*", "*"]


def test_a_visit_that_works_is_told_by_the_clock() -> None:
    """When to leave, to begin and to be back; how long away, how much longer it could last."""
    near, _ = rows(visits_layer(found(ALL)))
    assert (near["half_days_certain"], near["half_days_possible"]) == (1, 1)
    assert (near["place_id"], near["place"]) == ("l0", "Lieu 0")
    assert (near["first_day"], near["day"]) == ("2026-09-07", "2026-09-07")
    assert [near[key] for key in ("leave", "start", "back")] == ["11:20", "11:40", "12:20"]
    assert (near["away_minutes"], near["spare_minutes"]) == (60.0, 0.0)
    assert (near["obstacle"], near["why"]) == ("none", None)


def test_a_home_without_visit_says_why_and_nothing_else() -> None:
    """The cells of the best visit are empty; the obstacle has a code and a sentence."""
    _, far = rows(visits_layer(found(ALL)))
    keys = ("first_day", "place_id", "place", "day", "leave", "start", "back", "away_minutes")
    assert [far[key] for key in keys] == [None] * len(keys)
    assert far["obstacle"] == "no-way-out"
    assert str(far["why"]).replace(FIXED, " ").endswith("pendant l'ouverture (9 h-12 h)")


def test_usual_hours_are_never_certain() -> None:
    """Untold hours count in the possible columns alone."""
    near, _ = rows(visits_layer(found(ALL, certainty=Certainty.POSSIBLE)))
    assert (near["half_days_certain"], near["half_days_possible"]) == (0, 1)


def test_a_missing_bus_is_told_as_such() -> None:
    """Where only a supposed bus would do, the timetable is what is unknown."""
    layer = visits_layer(found(ALL, means=replace(MEANS, a_bus_is_missing=True), kms=(1.0, 9.0)))
    near, far = rows(layer)
    assert (near["half_days_possible"], near["half_days_possible_high"]) == (1, 1)
    assert (far["half_days_possible"], far["half_days_possible_high"]) == (0, 1)
    assert (far["obstacle"], far["leave"]) == ("unknown-timetable", None)


def test_by_one_mode_the_obstacle_is_the_reason() -> None:
    """By car nobody rides: the sentence is that of the obstacle."""
    layer = visits_layer(found(ALL, means=replace(MEANS, mode=Mode.CAR), kms=(1.0, 90.0)))
    near, far = rows(layer)
    assert (near["half_days_certain"], far["half_days_certain"]) == (1, 0)
    assert far["why"] == "le trajet et l'attente prennent trop de temps"


def test_times_are_one_row_a_pair() -> None:
    """In the order of the points, one decimal, empty where unreachable, no live formula."""
    minutes = np.array([[1.25, np.inf], [0.0, 61.04]])
    table = TimesTable(("a", "=b"), ("x", "y"), minutes, ("so",), dt.date(2024, 1, 16), (), ENDS)
    assert times_csv(table).decode().splitlines() == [
        "from_id,to_id,minutes",
        "a,x,1.2",
        "a,y,",
        "'=b,x,0.0",
        "'=b,y,61.0",
    ]


def test_times_on_the_map_join_the_points() -> None:
    """One line a pair, from the origin to the destination, with the minutes of the CSV."""
    minutes = np.array([[1.25, np.inf], [0.0, 61.04]])
    table = TimesTable(("a", "b"), ("x", "y"), minutes, ("so",), None, (), ENDS)
    layer = times_layer(table)
    assert [tuple(row.values()) for row in rows(layer)] == [
        ("a", "x", 1.2),
        ("a", "y", None),
        ("b", "x", 0.0),
        ("b", "y", 61.0),
    ]
    assert layer.shapes[1] == Segment(Point(2.0, 50.0), Point(2.3, 50.1))
