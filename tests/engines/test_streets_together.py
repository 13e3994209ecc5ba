"""Several extracts read together, and extracts that are not as they should be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from tests.engines.streets_town import METRE, METRE_EAST, SOUTH, WEST, Town, grid_town

from maillage.access.travel import Mode, Trip
from maillage.engines.streets_osm_engine import street_network
from maillage.engines.streets_together import read_streets
from maillage.kernel.errors import UnusableFile
from maillage.kernel.geometry import Box
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
BOX = Box(WEST - 0.01, SOUTH - 0.01, WEST + 0.012, SOUTH + 0.004)
OLDER, NEWER = "2024-03-01T10:00:00Z", "2025-03-01T10:00:00Z"


def _halves(folder: Path, seed: int = 1) -> tuple[Path, Path, Path]:
    """Write a town whole, and as two extracts that overlap."""
    town = grid_town(seed)
    whole = town.write(folder / "ville.osm.pbf")
    west = town.part(1, 70).write(folder / "ouest.osm.pbf")
    east = town.part(50, len(town.ways)).write(folder / "est.osm.pbf")
    return whole, west, east


@pytest.mark.parametrize("box", [None, BOX], ids=["whole", "cut"])
def test_two_extracts_that_overlap_are_as_the_whole_one(tmp_path: Path, box: Box | None) -> None:
    """What two extracts share is read once: streets are those of the extract of both, in order."""
    whole, west, east = _halves(tmp_path)
    expected = read_streets([whole], box, Silent()).arrays()
    for order in ([west, east], [east, west]):
        told = read_streets(order, box, Silent()).arrays()
        for name in set(expected) - {"brought"}:
            np.testing.assert_array_equal(told[name], expected[name], err_msg=name)


def test_times_cross_the_limit_between_extracts(tmp_path: Path) -> None:
    """With both extracts, times are those of the whole town; with one alone, some have none."""
    whole, west, east = _halves(tmp_path)
    places = [WEST, SOUTH] + np.random.default_rng(3).uniform(0, 1000, (12, 2)) * [
        METRE_EAST,
        METRE,
    ]

    def times(*osm: Path) -> object:
        """Return the times between all places, nothing being kept."""
        return street_network(osm, None, PARAMETERS).matrix(places, places, Trip(Mode.WALK))

    expected = times(whole)
    np.testing.assert_array_equal(times(west, east), expected)
    np.testing.assert_array_equal(times(east, west, east), expected)
    assert not np.array_equal(times(west), expected)


def test_what_was_kept_of_one_extract_is_not_taken_for_two(tmp_path: Path) -> None:
    """Each set of extracts is kept under a name of its own, whatever their order."""
    _, west, east = _halves(tmp_path)
    cache = tmp_path / "cache"
    for osm in ([west], [west, east], [east, west], [west, west, east]):
        street_network(osm, None, PARAMETERS, cache)
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("how", ["version", "date"])
def test_of_a_way_told_twice_the_newest_is_taken(tmp_path: Path, how: str) -> None:
    """The newest version wins, then the newest extract; the other's tags, bends, posts are gone."""
    town = Town()
    nodes = [town.node(100 * at, 0) for at in range(3)]
    town.way(nodes, "residential")
    town.way([nodes[2], town.node(200, 100)], "residential")
    newest = town.part(1, 2, version=3 if how == "version" else 1)
    town.ways[0][1]["oneway"] = "yes"
    town.nodes[2] = (WEST, SOUTH + 0.01)
    town.node_tags[2] = {"barrier": "bollard"}
    dates = {"version": (OLDER, OLDER), "date": (OLDER, NEWER)}[how]
    old = town.part(1, 2, version=2 if how == "version" else 1).write(tmp_path / "a.pbf", dates[0])
    new = newest.write(tmp_path / "b.pbf", dates[1])
    for order in ([old, new], [new, old]):
        raw = read_streets(order, None, Silent())
        assert raw.kinds[raw.kind[0]] == {"highway": "residential"}
        if how == "date":  # nodes and posts bear no version here: the newest extract tells them
            assert raw.lat.max() == pytest.approx(SOUTH + 100 * METRE, abs=2e-7)
            assert not len(raw.barriers)


def test_nodes_after_ways_are_found_all_the_same(tmp_path: Path) -> None:
    """An extract in no order gives the streets of the same one in order."""
    town = grid_town(4)
    tidy = read_streets([town.write(tmp_path / "a.osm.pbf")], None, Silent())
    messy = read_streets([town.write(tmp_path / "b.osm.pbf", ways_first=True)], None, Silent())
    for name, expected in tidy.arrays().items():
        np.testing.assert_array_equal(messy.arrays()[name], expected, err_msg=name)


def test_a_history_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """A history holds each street many times: it is refused, in words that say how to go on."""
    pbf = grid_town(1).write(tmp_path / "h.osm.pbf", history=True)
    with pytest.raises(UnusableFile, match=r"historique.*osmium time-filter"):
        read_streets([pbf], None, Silent())


def test_streets_without_their_nodes_are_refused_with_what_to_do(tmp_path: Path) -> None:
    """An extract of ways alone places nothing: it is not said to have no street."""
    town = grid_town(1)
    town.nodes.clear()
    with pytest.raises(UnusableFile, match=r"pas de coordonnées.*osmium extract"):
        read_streets([town.write(tmp_path / "w.osm.pbf")], None, Silent())


def test_what_is_doubtful_in_extracts_is_told(tmp_path: Path) -> None:
    """An extract of elsewhere, nodes that lack, points far from all: one finding of each."""
    town = grid_town(1)
    far = Town()
    far.way([far.node(50_000, 0), far.node(50_100, 0)], "residential")
    del town.nodes[1]
    osm = [town.write(tmp_path / "ici.osm.pbf"), far.write(tmp_path / "ailleurs.osm.pbf")]
    streets = street_network(osm, BOX, PARAMETERS)
    near = np.tile([WEST + 400 * METRE_EAST, SOUTH + 300 * METRE], (1, 1))
    told = streets.doubts(Mode.WALK, np.vstack([near, near + 1.0]))
    assert [(one.code, one.where.source) for one in told] == [
        ("streets-elsewhere", "ailleurs.osm.pbf"),
        ("streets-broken", None),
        ("streets-little-covered", None),
    ]
    assert "1 sur 2" in told[2].message.replace("\u202f", " ").replace("\u00a0", " ")
    assert [one.code for one in streets.doubts(Mode.WALK, near)] == [
        "streets-elsewhere",
        "streets-broken",
    ]


def test_no_extract_at_all_is_a_mistake_of_the_caller() -> None:
    """Streets are asked of files."""
    with pytest.raises(ValueError, match="no extract"):
        street_network([], None, PARAMETERS)
