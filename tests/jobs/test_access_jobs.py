"""The verbs of access: timetables taken in, times between points, isochrones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.access.feeds import TABLES, codes, write_feed, zip_feed
from tests.builders import BETHUNE, east_of

from maillage.access.journeys.exhaustive import ExhaustiveSearch
from maillage.access.points import NamedPoint, Points
from maillage.access.streets.isochrones import Isochrone
from maillage.access.timetable.on_week import network_on_day
from maillage.access.travel import Mode, StraightLine, Trip
from maillage.jobs.isochrones import isochrones_of
from maillage.jobs.timetables import read_network
from maillage.jobs.travel_times import ByTransit, Leaving, times_by_street, times_by_transit
from maillage.kernel.errors import UnusableFile
from maillage.kernel.geometry import Box, Point, coordinates
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.territory.model import Contour

PARAMETERS = load_parameters(dt.date(2026, 9, 7))
STRAIGHT = StraightLine(PARAMETERS)
HOME = NamedPoint("maison", Point(2.6400, 50.5300), {})
HOSPITAL = NamedPoint("hopital", Point(2.6500, 50.5100), {})
FAR = NamedPoint("loin", Point(2.9000, 50.9000), {})
THURSDAY = dt.date(2024, 1, 18)
WALK = float(
    STRAIGHT.matrix(coordinates([HOME.point]), coordinates([HOSPITAL.point]), Trip(Mode.WALK))[0, 0]
)


def points(*named: NamedPoint) -> Points:
    """Return points without doubts."""
    return Points(named, ())


def by_bus(folder: Path) -> ByTransit:
    """Return the small feed's bus from the town hall (8:00, 9:00) to the hospital (8:15, 9:15)."""
    network, _ = read_network([write_feed(folder / "bus")], None, PARAMETERS, Silent())
    return ByTransit(STRAIGHT, network, ExhaustiveSearch(), PARAMETERS)


def test_several_timetables_are_one_network(tmp_path: Path) -> None:
    """Feeds are put together whatever they came in, two of one name told apart."""
    zipped = zip_feed(write_feed(tmp_path / "one" / "bus"))
    folder = write_feed(tmp_path / "other" / "bus")
    network, _ = read_network([zipped, folder], None, PARAMETERS, Silent())
    assert len({feed.name for feed in network.feeds}) == 2
    assert len(network.trips.ids) == 2 * 3


def test_a_network_is_cut_where_it_is_not_asked(tmp_path: Path) -> None:
    """Trips that call nowhere in the box are left out."""
    path = write_feed(tmp_path / "bus")
    there = Box(2.63, 50.50, 2.66, 50.54)
    elsewhere = Box(5.0, 45.0, 5.1, 45.1)
    assert len(read_network([path], there, PARAMETERS, Silent())[0].trips.ids) == 3
    assert len(read_network([path], elsewhere, PARAMETERS, Silent())[0].trips.ids) == 0


def test_one_bad_timetable_beside_a_sound_one_is_told(tmp_path: Path) -> None:
    """The sound one is read; the other is a finding, and what runs there is not known."""
    good, bad = write_feed(tmp_path / "bon"), write_feed(tmp_path / "mauvais", trips=None)
    network, findings = read_network([good, bad], None, PARAMETERS, Silent())
    assert [feed.name for feed in network.feeds] == ["bon"]
    assert network.untold == ("mauvais",)
    assert [one.where.source for one in findings if one.code == "timetable-unusable"] == ["mauvais"]
    week = network_on_day(network, THURSDAY, PARAMETERS)
    assert week.is_unknown
    assert "« mauvais » : rien n'en est lu ici" in week.how[-1]
    alone, _ = read_network([good], None, PARAMETERS, Silent())
    assert not network_on_day(alone, THURSDAY, PARAMETERS).is_unknown


def test_bad_timetables_alone_are_refused(tmp_path: Path) -> None:
    """Where none can be read the first is told; one that is not there is told at once."""
    good, bad = write_feed(tmp_path / "bon"), write_feed(tmp_path / "mauvais", trips=None)
    with pytest.raises(UnusableFile, match="mauvais"):
        read_network([bad], None, PARAMETERS, Silent())
    with pytest.raises(UnusableFile, match="n'existe pas"):
        read_network([good, tmp_path / "faute.zip"], None, PARAMETERS, Silent())


@pytest.mark.parametrize(
    ("here", "code"),
    [
        (Box(5.0, 45.0, 5.1, 45.1), "timetable-stops-elsewhere"),
        (Box(50.50, 2.63, 50.54, 2.66), "timetable-stops-swapped"),
    ],
)
def test_a_timetable_of_another_place_is_told(tmp_path: Path, here: Box, code: str) -> None:
    """No stop in the box: it is said, swapped degrees by name, and nothing is known of the bus."""
    path = write_feed(tmp_path / "bus")
    network, findings = read_network([path], here, PARAMETERS, Silent())
    assert codes(findings) == [code]
    week = network_on_day(network, THURSDAY, PARAMETERS)
    assert week.is_unknown
    assert len(week.how) == 1
    _, of_france = read_network([path], here, PARAMETERS, Silent(), national=[path])
    assert of_france == ()


def test_doubts_of_all_timetables_are_told(tmp_path: Path) -> None:
    """What is doubtful in one feed is a finding that names it."""
    stops = TABLES["stops"].replace("50.5100,2.6500", "0,0")
    path = write_feed(tmp_path / "bus", stops=stops)
    _, findings = read_network([path], None, PARAMETERS, Silent())
    assert findings
    assert {finding.where.source for finding in findings} == {"bus"}


def test_times_by_street_are_the_engines() -> None:
    """The table holds what the engine says, from each origin to each destination, and names it."""
    origins, destinations = points(HOME, FAR), points(HOSPITAL)
    table = times_by_street(origins, destinations, STRAIGHT, Mode.CAR, Silent())
    expected = STRAIGHT.matrix(origins.places, destinations.places, Trip(Mode.CAR))
    assert np.array_equal(table.minutes, expected)
    assert (table.day, table.how) == (None, (STRAIGHT.describe((Mode.CAR,)),))


@pytest.mark.parametrize(("leave", "minutes"), [("07:45", 30), ("08:00", 15), ("08:01", 74)])
def test_one_waits_for_the_bus_that_comes(tmp_path: Path, leave: str, minutes: int) -> None:
    """A quarter of an hour early adds it; just missed, the next one counts: it is far to walk."""
    at = dt.datetime.combine(THURSDAY, dt.time.fromisoformat(leave))
    table = times_by_transit(
        points(HOME), points(HOSPITAL), by_bus(tmp_path), Leaving(at), Silent()
    )
    assert table.minutes[0, 0] == pytest.approx(minutes)
    assert PARAMETERS.number("journeys.anybody.all_the_way_minutes") < WALK
    assert table.day == THURSDAY


def test_over_a_window_the_median_is_told(tmp_path: Path) -> None:
    """From 7:45 to 8:44: each minute's time by the next bus, and their median."""
    at = dt.datetime.combine(THURSDAY, dt.time(7, 45))
    table = times_by_transit(
        points(HOME), points(HOSPITAL), by_bus(tmp_path), Leaving(at, 60), Silent()
    )
    arrivals = (8 * 60 + 15, 9 * 60 + 15)
    each = [
        min(there - t for there in arrivals if t <= there - 15)
        for t in range(7 * 60 + 45, 8 * 60 + 45)
    ]
    assert table.minutes[0, 0] == pytest.approx(float(np.median(each)))


def test_both_sides_of_the_search_agree(tmp_path: Path) -> None:
    """Many origins and few destinations, or the reverse: the same times."""
    by, at = by_bus(tmp_path), Leaving(dt.datetime.combine(THURSDAY, dt.time(7, 45)), 30)
    near = NamedPoint("voisin", east_of(BETHUNE, 0.3), {})
    many, one = points(HOME, near, FAR), points(HOSPITAL)
    wide = times_by_transit(many, points(HOSPITAL, FAR, near, HOME), by, at, Silent())
    narrow = times_by_transit(many, one, by, at, Silent())
    assert np.array_equal(wide.minutes[:, 0], narrow.minutes[:, 0])


def test_a_day_outside_the_validity_is_told(tmp_path: Path) -> None:
    """Read in the nearest week, said in the sentences and in a finding."""
    tuesday = dt.date(2024, 2, 6)  # two days after the end
    at = Leaving(dt.datetime.combine(tuesday, dt.time(8)))
    table = times_by_transit(points(HOME), points(HOSPITAL), by_bus(tmp_path), at, Silent())
    assert table.minutes[0, 0] == pytest.approx(15.0)
    assert "timetable-calendar-over" in codes(table.findings)
    assert any("la plus proche" in sentence for sentence in table.how)


class _Squares:
    """Streets that draw a square for each point but the far one."""

    def describe(self, modes: Sequence[Mode] = tuple(Mode)) -> str:
        """Return a sentence."""
        return "des carrés"

    def isochrones(
        self, point: Point, mode: Mode, minutes: Sequence[float], *, towards: bool = False
    ) -> tuple[Isochrone, ...]:
        """Return a square as wide as there are minutes."""
        return tuple(Isochrone(m, () if point == FAR.point else _square(m)) for m in minutes)


def _square(side: float) -> Contour:
    return ((((0.0, 0.0), (side, 0.0), (side, side), (0.0, 0.0)),),)


def test_isochrones_are_one_row_a_point_and_limit() -> None:
    """Soonest first, a limit told twice once; a point without contour has no row."""
    drawn = isochrones_of(
        points(HOME, FAR, HOSPITAL), _Squares(), Mode.WALK, (20.0, 10.0, 20.0), Silent(),
        towards=False,
    )  # fmt: skip
    assert list(drawn.layer.rows) == [
        (name, "walk", minutes) for name in ("maison", "hopital") for minutes in (10.0, 20.0)
    ]
    assert list(drawn.layer.shapes) == [_square(m) for m in (10.0, 20.0)] * 2
    assert drawn.how == ("des carrés",)
