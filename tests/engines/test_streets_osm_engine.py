"""The street engine as a whole: what it keeps, says, refuses, and draws."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import numpy as np
import pytest
from tests.engines.streets_town import METRE, METRE_EAST, SOUTH, WEST, Town, grid_town

from maillage.access.travel import Mode, Trip
from maillage.engines.streets_osm_engine import OsmStreets, street_network
from maillage.kernel.errors import UnusableFile
from maillage.kernel.geometry import Box, FloatArray, Point, distances_km
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.territory.contours import outside_km, shape

PARAMETERS = load_parameters(dt.date(2026, 9, 1))


class _Steps(Silent):
    """Progress that remembers the names of steps, and stops the work at one of them."""

    def __init__(self, stop_at: str = "") -> None:
        self.labels: list[str] = []
        self._stop_at = stop_at

    def step(self, label: str, total: int | None = None) -> None:
        """Remember the step."""
        self.labels.append(label)
        if label == self._stop_at:
            raise KeyboardInterrupt


def _places(n: int, seed: int) -> FloatArray:
    return [WEST, SOUTH] + np.random.default_rng(seed).uniform(0, 1000, (n, 2)) * (
        METRE_EAST,
        METRE,
    )


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the extract of a town."""
    return grid_town(1).write(tmp_path_factory.mktemp("town") / "ville.osm.pbf")


@pytest.fixture(scope="module")
def engine(town: Path) -> OsmStreets:
    """Give the town's streets."""
    return street_network([town], None, PARAMETERS)


def test_an_extract_is_read_once_and_gives_the_same_afterwards(town: Path, tmp_path: Path) -> None:
    """The second time nothing is read, other speeds included, and times are the same."""
    steps, again = _Steps(), _Steps()
    first = street_network([town], None, PARAMETERS, tmp_path, steps)
    slow = PARAMETERS.replaced("travel.walk.speed_kmh", 2.0)
    second = street_network([town], None, PARAMETERS, tmp_path, again)
    slower = street_network([town], None, slow, tmp_path, again)
    read = "Lecture des rues d'OpenStreetMap"
    assert (steps.labels.count(read), again.labels.count(read)) == (1, 0)
    places = _places(10, 1)
    times = [each.matrix(places, places, Trip(Mode.WALK)) for each in (first, second, slower)]
    assert (times[0] == times[1]).all()
    assert (times[2][times[2] > 0] > times[0][times[0] > 0]).all()


@pytest.mark.parametrize("change", ["extract", "box", "spoilt"])
def test_streets_are_read_again_when_something_changed(
    town: Path, tmp_path: Path, change: str
) -> None:
    """Another content, another box, or a file kept that is not whole: the extract is read again."""
    pbf = tmp_path / "v.osm.pbf"
    pbf.write_bytes(town.read_bytes())
    street_network([pbf], None, PARAMETERS, tmp_path)
    box = None
    if change == "extract":
        grid_town(2).write(pbf)
    elif change == "box":
        box = Box(WEST, SOUTH, WEST + 1, SOUTH + 1)
    else:
        (kept,) = tmp_path.glob("rues-*.npz")
        kept.write_bytes(kept.read_bytes()[:500])
    steps = _Steps()
    network = street_network([pbf], box, PARAMETERS, tmp_path, steps)
    assert "Lecture des rues d'OpenStreetMap" in steps.labels
    assert np.isfinite(network.matrix(_places(3, 1), _places(3, 1), Trip(Mode.WALK))).all()


def test_stopped_halfway_nothing_is_left(town: Path, tmp_path: Path) -> None:
    """A reading that is stopped leaves no file, and the next one works."""
    with pytest.raises(KeyboardInterrupt):
        street_network(
            [town], None, PARAMETERS, tmp_path, _Steps("Lecture des obstacles sur les rues")
        )
    assert list(tmp_path.iterdir()) == []
    assert street_network([town], None, PARAMETERS, tmp_path).dated == dt.date(2024, 3, 1)


def test_where_nothing_can_be_kept_streets_are_read_all_the_same(
    town: Path, tmp_path: Path
) -> None:
    """A cache that cannot be written stops nobody."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert street_network([town], None, PARAMETERS, blocked / "cache").dated is not None
    assert os.listdir(tmp_path) == ["file"]  # noqa: PTH208 - names are what matters


def test_an_absent_extract_is_one_error(tmp_path: Path) -> None:
    """A file that is not there is said so, before anything else."""
    with pytest.raises(UnusableFile, match="n'existe pas"):
        street_network([tmp_path / "rien.osm.pbf"], None, PARAMETERS, tmp_path)


def test_the_sentence_names_date_engine_speeds_and_what_is_left_out(engine: OsmStreets) -> None:
    """Beside a figure stand the extract's date, the engine, the speeds and the limit."""
    told = engine.describe([Mode.WALK, Mode.CAR])
    for word in ("1er mars 2024", "moteur osm", "4 km/h", "80", "+ 3 min", "au plus 120 min"):
        assert word in told.replace("\u202f", " ").replace("\u00a0", " ")
    assert "à vélo" not in told


def test_far_points_are_told_and_never_reached(engine: OsmStreets) -> None:
    """A point 3 km from any street is not placed; nothing leads to it."""
    places = np.array([[WEST, SOUTH], [WEST, SOUTH - 3000 * METRE]])
    snapped = engine.snap(places, Mode.CAR)
    assert snapped.placed.tolist() == [True, False]
    minutes = engine.matrix(places, places, Trip(Mode.CAR))
    assert np.isfinite(minutes[0, 0])
    assert np.isinf(minutes[[0, 1, 1], [1, 0, 1]]).all()


def test_a_point_that_is_nowhere_is_not_placed(engine: OsmStreets) -> None:
    """Coordinates that are no numbers are placed nowhere, and the others are."""
    places = np.array([[np.nan, SOUTH], [WEST, np.inf], [WEST, SOUTH]])
    assert engine.snap(places, Mode.WALK).placed.tolist() == [False, False, True]


def test_the_walk_to_the_street_is_counted(engine: OsmStreets) -> None:
    """300 m from the nearest street, a journey takes the time of 300 m on foot more."""
    away = np.array([[WEST + 500 * METRE_EAST, SOUTH - 400 * METRE]])
    metres = engine.snap(away, Mode.WALK).metres[0]
    spot = engine.search(Mode.WALK).finder.attach(away, 1000.0).spots
    there = _places(5, 3)
    more = engine.matrix(away, there, Trip(Mode.WALK)) - engine.matrix(spot, there, Trip(Mode.WALK))
    assert metres > 250
    np.testing.assert_allclose(
        more, metres * 0.06 / PARAMETERS.number("travel.walk.speed_kmh"), 1e-3
    )


@pytest.mark.parametrize("mode", Mode, ids=lambda mode: mode.code)
@pytest.mark.parametrize("towards", [False, True])
def test_all_that_is_reached_lies_within_the_isochrone(
    engine: OsmStreets, mode: Mode, towards: bool
) -> None:
    """What the matrix reaches in so many minutes is drawn within, and what is far is drawn out."""
    here = Point(WEST + 400 * METRE_EAST, SOUTH + 500 * METRE)
    width = PARAMETERS.number("streets.isochrone_m")
    places = _places(120, 9)
    near = engine.snap(places, mode).metres <= width
    point = np.array([[here.lon, here.lat]])
    pair = (places, point) if towards else (point, places)
    minutes = engine.matrix(*pair, Trip(mode)).ravel()
    asked = [float(np.quantile(minutes[np.isfinite(minutes)], q)) for q in (0.2, 0.6)]
    for isochrone in engine.isochrones(here, mode, asked, towards=towards):
        out = [
            outside_km(isochrone.contour, Point(*place))
            for place in places[near & (minutes <= isochrone.minutes)].tolist()
        ]
        assert len(out) > 15
        assert max(out) < 1e-3
        assert shape(isochrone.contour).is_valid


def test_isochrones_follow_one_ways(engine: OsmStreets) -> None:
    """By car, what one reaches and what one is reached from are not the same ground."""
    here = Point(WEST + 400 * METRE_EAST, SOUTH + 500 * METRE)
    out, back = (
        engine.isochrones(here, Mode.CAR, [4.5], towards=towards)[0] for towards in (False, True)
    )
    assert shape(out.contour).symmetric_difference(shape(back.contour)).area > 0.0


def test_nothing_is_drawn_from_a_point_far_from_streets(engine: OsmStreets) -> None:
    """Far from any street the isochrone is empty."""
    (found,) = engine.isochrones(Point(WEST, SOUTH - 5000 * METRE), Mode.WALK, [30.0])
    assert found.contour == ()


def test_no_time_beats_the_straight_line(engine: OsmStreets) -> None:
    """On foot nobody goes faster than straight ahead at the walking speed."""
    places = _places(30, 5)
    minutes = engine.matrix(places, places, Trip(Mode.WALK))
    straight = distances_km(places, places) / PARAMETERS.number("travel.walk.speed_kmh") * 60
    assert (minutes >= straight * (1 - 1e-4) - 1e-6).all()


def test_points_asked_again_are_not_put_on_streets_again(engine: OsmStreets) -> None:
    """The same places are remembered, the last few of them; changed in place, they are others."""
    search = engine.search(Mode.WALK)
    places = _places(5, 21)
    first = search.side(places, 300.0)
    assert search.side(places.copy(), 300.0) is first
    assert search.side(places, 200.0) is not first
    before = first.spots.metres.copy()
    places += 50 * METRE
    assert not np.array_equal(search.side(places, 300.0).spots.metres, before)
    np.testing.assert_array_equal(search.side(places - 50 * METRE, 300.0).spots.metres, before)
    for seed in range(30, 40):
        search.side(_places(5, seed), 300.0)
    assert search.side(places - 50 * METRE, 300.0) is not first


def test_who_climbs_no_step_goes_around(tmp_path: Path) -> None:
    """Steps of 60 m join two ends of a street of 400 m: one way for legs, another for wheels."""
    town = Town()
    a, b = town.node(0, 0), town.node(0, 60)
    town.way([a, town.node(170, 0), town.node(170, 60), b], "footway")
    town.way([a, b], "steps")
    streets = street_network([town.write(tmp_path / "v.osm.pbf")], None, PARAMETERS)
    ends = np.array([town.nodes[a]]), np.array([town.nodes[b]])
    kmh = PARAMETERS.number("travel.walk.speed_kmh")
    climbing, around = (
        streets.matrix(*ends, Trip(Mode.WALK, step_free=free))[0, 0] for free in (False, True)
    )
    assert climbing < 400.0 / 1000 / kmh * 60 / 2
    assert around == pytest.approx(400.0 / 1000 / kmh * 60, rel=0.01)
