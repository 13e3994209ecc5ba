"""The lines of a map: what is read of an extract, cut, joined, simplified, and never too heavy."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.streets_town import METRE, METRE_EAST, SOUTH, WEST, Town

from maillage.engines.landmarks_osm import kind_of, read_landmarks
from maillage.kernel.errors import UnusableFile
from maillage.kernel.geometry import Box
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.territory.landmarks import OSM_CREDIT, LandmarkKind

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
HERE = Box(WEST, SOUTH, WEST + 5_000 * METRE_EAST, SOUTH + 5_000 * METRE)
_A_METRE = 1.5e-5


def _line(town: Town, spots: list[tuple[float, float]], **tags: str) -> None:
    town.ways.append(([town.node(east, north) for east, north in spots], dict(tags)))


def _read(town: Town, folder: Path, box: Box = HERE) -> dict[str, Any]:
    path = town.write(folder / "t.osm.pbf")
    told: dict[str, Any] = json.loads(read_landmarks([path], box, PARAMETERS, Silent()))
    return told


def _named(told: Mapping[str, Any]) -> dict[tuple[str, str], list[list[list[float]]]]:
    return {
        (one["properties"]["kind"], one["properties"]["name"]): one["geometry"]["coordinates"]
        for one in told["features"]
    }


def test_roads_railways_and_rivers_are_told_apart(tmp_path: Path) -> None:
    """Main roads by number, railways, rivers by name; streets, yards, brooks are left out."""
    town = Town()
    across = [(100.0, 100.0), (4_000.0, 4_000.0)]
    _line(town, across, highway="motorway", ref="A 26")
    _line(town, across, highway="primary", ref="D 943", name="Route de Lille")
    _line(town, across, highway="secondary", name="Rue Haute")
    _line(town, across, highway="residential", name="Rue Basse")
    _line(town, across, railway="rail")
    _line(town, across, railway="rail", service="yard")
    _line(town, across, railway="abandoned")
    _line(town, across, waterway="river", name="La Lawe")
    _line(town, across, waterway="stream", name="Le ruisseau")
    told = _read(town, tmp_path)
    assert set(_named(told)) == {
        ("motorway", "A 26"),
        ("road", "D 943"),
        ("minor", "Rue Haute"),
        ("rail", ""),
        ("water", "La Lawe"),
    }
    assert told["credit"] == OSM_CREDIT


def test_pieces_of_a_line_are_one(tmp_path: Path) -> None:
    """Ways that follow each other under one name are drawn as one line, with few points."""
    town = Town()
    nodes = [town.node(100.0 * step, 1_000.0) for step in range(41)]
    for start in range(0, 40, 10):
        town.ways.append((nodes[start : start + 11], {"highway": "primary", "ref": "D 1"}))
    (drawn,) = _named(_read(town, tmp_path)).values()
    assert len(drawn) == 1 and len(drawn[0]) == 2


def test_nothing_is_drawn_beyond_the_box(tmp_path: Path) -> None:
    """A line that goes on is cut at the edge, one that stands elsewhere is left out."""
    town = Town()
    _line(
        town, [(-9_000.0, 500.0), (2_000.0, 500.0), (20_000.0, 500.0)], waterway="river", name="L"
    )
    _line(town, [(-9_000.0, 500.0), (-8_000.0, 500.0)], waterway="river", name="M")
    told = _named(_read(town, tmp_path))
    assert set(told) == {("water", "L")}
    places = np.array([place for line in told["water", "L"] for place in line])
    assert HERE.widened(0.01).holds(places).all()


@settings(max_examples=25, deadline=None)
@given(wander=st.lists(st.floats(-60.0, 60.0), min_size=20, max_size=60))
def test_a_line_never_strays_beyond_the_tolerance(
    tmp_path_factory: pytest.TempPathFactory, wander: list[float]
) -> None:
    """Each true point is within the tolerance of the line drawn, whatever the road."""
    import shapely

    spots = [(80.0 * step, 2_000.0 + north) for step, north in enumerate(wander)]
    town = Town()
    _line(town, spots, highway="trunk", ref="N 41")
    told = _named(_read(town, tmp_path_factory.mktemp("t")))
    scale = np.array([1 / METRE_EAST, 1 / METRE])
    drawn = [shapely.LineString(np.array(one) * scale) for one in told["motorway", "N 41"]]
    whole = shapely.union_all(drawn)
    true = np.array([town.nodes[number + 1] for number in range(len(spots))]) * scale
    away = shapely.distance(whole, shapely.points(true)).max()
    assert away <= PARAMETERS.number("landmarks.tolerance_m") + 3.0  # five decimals, flat earth


def test_what_would_be_too_heavy_is_coarser_then_left_out(tmp_path: Path) -> None:
    """The drawing never weighs more than it may; what matters least goes first."""
    rng = np.random.default_rng(4)
    town = Town()
    for number in range(260):
        spots = rng.uniform(0, 5_000, (60, 2))
        _line(town, [(a, b) for a, b in spots], highway="secondary", ref=f"D {number}")
    _line(town, [(0.0, 0.0), (4_000.0, 3_000.0)], highway="motorway", ref="A 1")
    path = town.write(tmp_path / "t.osm.pbf")
    made = read_landmarks([path], HERE, PARAMETERS, Silent())
    assert len(gzip.compress(made)) <= 1000 * PARAMETERS.number("landmarks.kilobytes")
    assert ("motorway", "A 1") in _named(json.loads(made))


def test_a_file_that_is_no_extract_is_refused_in_french(tmp_path: Path) -> None:
    """A sentence says what to do."""
    bad = tmp_path / "t.osm.pbf"
    bad.write_bytes(b"nothing of the kind")
    with pytest.raises(UnusableFile, match="téléchargez-le"):
        read_landmarks([bad], HERE, PARAMETERS, Silent())


@pytest.mark.mirror
def test_a_real_country_is_drawn_lightly(mirror: Path) -> None:
    """Liechtenstein: the Rhine, its railway and its roads, in a few kilobytes."""
    box = Box(9.45, 47.03, 9.65, 47.28)
    made = read_landmarks([mirror / "osm" / "liechtenstein.osm.pbf"], box, PARAMETERS, Silent())
    told = _named(json.loads(made))
    assert len(gzip.compress(made)) < 10_000
    assert any(kind == "water" and "Rhein" in name for kind, name in told)
    assert {"rail", "road"} <= {kind for kind, _ in told}


def test_kinds_go_from_what_matters_most() -> None:
    """What is left out first is the last kind; a way of no kind is none."""
    assert list(LandmarkKind)[-1] is LandmarkKind.MINOR
    assert kind_of({"highway": "footway"}) is None
