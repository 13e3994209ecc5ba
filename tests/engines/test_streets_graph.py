"""The simplified graph gives the times that the streets as drawn give."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from bench.streets_reference import PlainStreets, draw, metres, share_agreeing
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.streets_town import METRE, METRE_EAST, SOUTH, WEST, Town, grid_town

from maillage.access.streets.speeds import street_speeds
from maillage.access.travel import Mode, Trip
from maillage.engines.streets_graph import StreetGraph, street_graph
from maillage.engines.streets_osm_engine import OsmStreets
from maillage.engines.streets_snap import StreetFinder, same_piece
from maillage.engines.streets_together import read_streets
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
SPEEDS = street_speeds(PARAMETERS)


def _graph(town: Town, folder: Path, mode: Mode) -> StreetGraph:
    raw = read_streets([town.write(folder / "t.osm.pbf")], None, Silent())
    return street_graph(raw, mode, SPEEDS)


def test_only_crossings_and_ends_are_left(tmp_path: Path) -> None:
    """A cross of four streets drawn with bends, in eight ways, is five vertices and four pieces."""
    town = Town()
    middle = town.node(0, 0)
    for east, north in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        half = town.node(100 * east, 100 * north)
        town.way([middle, town.node(50 * east + 5, 50 * north + 5), half], "residential")
        town.way([half, town.node(200 * east, 200 * north)], "residential")
    graph = _graph(town, tmp_path, Mode.WALK)
    assert (graph.n_vertices, len(graph.starts)) == (5, 4)
    assert np.diff(graph.first).tolist() == [4] * 4
    kmh = PARAMETERS.number("travel.walk.speed_kmh")
    assert graph.total_ahead.min() == pytest.approx(0.2 / kmh * 60, rel=0.02)


def test_a_change_of_direction_is_not_merged_away(tmp_path: Path) -> None:
    """A one-way street that goes on as a two-way one keeps the vertex between."""
    town = Town()
    a, b, c, d = (town.node(x, y) for x, y in ((0, 0), (100, 0), (200, 0), (100, 100)))
    town.way([a, b], "residential", {"oneway": "yes"})
    town.way([b, c], "residential")
    town.way([c, d, a], "residential")
    graph = _graph(town, tmp_path, Mode.CAR)
    assert len(graph.starts) == 2
    assert (~graph.backward).sum() == 1


def test_islands_and_one_way_traps_are_left_out(tmp_path: Path) -> None:
    """A street that cannot be come back from, or reached at all, is no part of the network."""
    town = Town()
    a, b, c = (town.node(x, 0) for x in (0, 500, 900))
    town.way([a, b], "residential")
    town.way([b, c], "residential", {"oneway": "yes"})
    town.way([town.node(0, 900), town.node(300, 900)], "residential")
    graph = _graph(town, tmp_path, Mode.CAR)
    assert len(graph.starts) == 1
    assert _graph(town, tmp_path, Mode.WALK).total_ahead.sum() == pytest.approx(
        0.9 / PARAMETERS.number("travel.walk.speed_kmh") * 60, rel=0.01
    )


def test_a_lonely_ring_is_kept(tmp_path: Path) -> None:
    """A ring that nothing touches is one piece from a vertex to itself."""
    town = Town()
    corners = [town.node(x, y) for x, y in ((0, 0), (100, 0), (100, 100))]
    town.way([*corners, corners[0]], "residential")
    graph = _graph(town, tmp_path, Mode.WALK)
    assert len(graph.starts) == 1
    assert graph.starts[0] == graph.ends[0]


def test_a_mode_that_may_go_nowhere_has_an_empty_graph(tmp_path: Path) -> None:
    """In a town of footpaths a car reaches nothing, and nothing fails."""
    town = Town()
    town.way([town.node(0, 0), town.node(100, 0)], "footway")
    raw = read_streets([town.write(tmp_path / "t.osm.pbf")], None, Silent())
    here = np.array([[WEST, SOUTH]])
    assert np.isinf(
        OsmStreets(raw, PARAMETERS, ["t.osm.pbf"]).matrix(here, here, Trip(Mode.CAR))
    ).all()


def test_a_post_stops_cars_but_not_walkers(tmp_path: Path) -> None:
    """Cars go round a post, and reach the door just behind it from the other side."""
    town = Town()
    a, post, b = town.node(0, 0), town.node(100, 0, barrier="bollard"), town.node(200, 0)
    c, d = town.node(0, 1000), town.node(200, 1000)
    town.way([a, post, b], "residential")
    town.way([a, c, d, b], "residential")
    raw = read_streets([town.write(tmp_path / "t.osm.pbf")], None, Silent())
    ends = np.array([[WEST, SOUTH], [WEST + 200 * METRE_EAST, SOUTH]])
    engine = OsmStreets(raw, PARAMETERS, ["t.osm.pbf"])
    walked = engine.matrix(ends[:1], ends[1:], Trip(Mode.WALK))[0, 0]
    driven = engine.matrix(ends[:1], ends[1:], Trip(Mode.CAR))[0, 0]
    kmh = PARAMETERS.number("travel.walk.speed_kmh")
    assert walked == pytest.approx(0.2 / kmh * 60, rel=0.01)
    car = driven - PARAMETERS.number("travel.car.fixed_minutes")
    assert car == pytest.approx(2.2 / SPEEDS.usual_kmh["residential"] * 60, rel=0.01)


@pytest.mark.parametrize("mode", Mode, ids=lambda mode: mode.code)
@pytest.mark.parametrize("seed", range(4))
def test_times_are_those_of_the_streets_as_drawn(tmp_path: Path, mode: Mode, seed: int) -> None:
    """In random towns, times equal those of a plain search over every node of every street."""
    pbf = grid_town(seed).write(tmp_path / "t.osm.pbf")
    plain = PlainStreets(draw(pbf), mode, PARAMETERS)
    rng = np.random.default_rng(seed)
    places = [WEST, SOUTH] + rng.uniform(0, 1100, (45, 2)) * (METRE_EAST, METRE)
    origins, destinations = places[:15], places[15:]
    expected = np.array(
        [plain.minutes_from(tuple(o), [tuple(d) for d in destinations]) for o in origins]
    )
    engine = OsmStreets(read_streets([pbf], None, Silent()), PARAMETERS, [pbf.name])
    found = engine.matrix(origins, destinations, Trip(mode))
    assert (found <= expected + 1e-6).all()
    finder = engine.search(mode).finder
    # Points that stand behind one piece may walk straight to each other: no street tells it.
    found[same_piece(*(finder.attach(side, 1000.0) for side in (origins, destinations)))] = np.inf
    expected[np.isinf(found)] = np.inf
    share, known = share_agreeing(found, expected, 1e-9)
    assert known > 400
    assert share == 1.0


@given(st.integers(0, 3), st.integers(0, 10_000))
def test_points_are_put_on_the_nearest_street(seed: int, draw_seed: int) -> None:
    """No street with doors is nearer to a point than the one it was put on."""
    finder, segments = _finder(seed)
    rng = np.random.default_rng(draw_seed)
    places = [WEST, SOUTH] + rng.uniform(-300, 1500, (4, 2)) * (METRE_EAST, METRE)
    attached = finder.attach(places, 400.0)
    for place, gap, spot in zip(places, attached.metres, attached.spots, strict=True):
        scale = (np.cos(np.radians(place[1])) / METRE, 1 / METRE)
        tail, reach = (segments[:, 0] - place) * scale, (segments[:, 1] - segments[:, 0]) * scale
        share = np.clip(-(tail * reach).sum(1) / np.maximum((reach**2).sum(1), 1e-9), 0, 1)
        nearest = np.hypot(*(tail + share[:, None] * reach).T).min()
        if nearest > 400.0:
            assert np.isinf(gap)
        else:
            assert gap == pytest.approx(nearest, abs=0.01)
            assert metres(tuple(place), tuple(spot)) == pytest.approx(gap, abs=0.05)


_FINDERS: dict[int, tuple[StreetFinder, np.ndarray]] = {}


def _finder(seed: int) -> tuple[StreetFinder, np.ndarray]:
    """Return the finder of a random town, and its segments with doors as (s, 2, 2) degrees."""
    if seed not in _FINDERS:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            graph = _graph(grid_town(seed), Path(folder), Mode.CAR)
        bends = np.column_stack([graph.lon, graph.lat])
        inner = np.ones(len(bends), dtype=bool)
        inner[graph.first[1:] - 1] = False
        at = np.flatnonzero(inner)
        _FINDERS[seed] = StreetFinder(graph), np.stack([bends[at], bends[at + 1]], axis=1)
    return _FINDERS[seed]
