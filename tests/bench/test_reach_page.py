"""The page of the four real cases says what the program does, and shows every map it names."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from bench.reach_cases import ON, Means, squares_around
from bench.reach_maps import HALF_DAYS, Key, cell_around, points, sheet, square, tiles
from bench.reach_page import DOCS, FOLDER, PAGE, files, introduction
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.parameters import load_parameters
from maillage.reports.svg.frame import frame_around

SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 150_000
SHOWN = re.compile(rf"!\[([^\]]*)\]\({FOLDER}/([^)]+)\)")


@pytest.mark.mirror
@pytest.mark.full
def test_the_page_is_what_the_bench_writes(mirror: Path, tmp_path: Path) -> None:
    """The page and the maps of the docs are those made now, byte for byte."""
    made = files(Means(mirror, tmp_path), lambda _: None)
    assert {name: (DOCS / name).read_text(encoding="utf-8") for name in made} == made


def test_every_case_has_its_table_its_maps_and_its_grounds() -> None:
    """Four cases: each has shares, a map told in words, and what it stands on."""
    text = (DOCS / PAGE).read_text(encoding="utf-8")
    sections = re.split(r"^## \d\. ", text, flags=re.MULTILINE)[1:]
    titles = [section.split(":")[0] for section in sections]
    assert titles == ["Nantes", "Porto Alegre", "CA Béthune-Bruay", "Périgueux"]
    for section in sections:
        assert "| no visit in the week | fewer than two half-days |" in section
        assert re.search(r"^\| streets \| .*engine `[a-z-]+`; walking [\d.]+ km/h", section, re.M)
        assert re.search(r"^\| timetable \| `.*valid \d{4}-\d\d-\d\d to", section, re.M)
        assert re.search(r"^\| hours \| unknown at \d+ of \d+ places", section, re.M)
        assert all(len(alt.split()) > 8 for alt, _ in SHOWN.findall(section))
        assert SHOWN.search(section)


def test_what_is_not_known_is_said() -> None:
    """CA Béthune-Bruay says what it stands on; Périgueux, that its squares are no inhabitants."""
    text = " ".join((DOCS / PAGE).read_text(encoding="utf-8").split())
    assert "**real trains, estimated streets, bus timetable missing → bounds**" in text
    assert "**They are not inhabitants**" in text


def test_the_head_of_the_page_is_of_today() -> None:
    """The terms of a visit on the page are those of the parameters."""
    head = introduction(load_parameters(ON))
    assert (DOCS / PAGE).read_text(encoding="utf-8").startswith(head)


def test_maps_are_shown_light_and_titled() -> None:
    """The page shows each map of its folder; each is sound, titled, with a legend, and small."""
    shown = {name for _, name in SHOWN.findall((DOCS / PAGE).read_text(encoding="utf-8"))}
    found = sorted((DOCS / FOLDER).iterdir())
    assert {path.name for path in found} == shown
    for path in found:
        root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own
        assert root.findtext(f"{SVG}title")
        assert len(list(root.iter(f"{SVG}text"))) > 4
        assert path.stat().st_size < MOST_BYTES


def test_a_sheet_is_sound_whatever_the_words() -> None:
    """Words with signs of XML stand in a map as they are, and every key of the legend is there."""
    places = np.array([[0.0, 45.0], [0.1, 45.1]])
    frame = frame_around(places.tolist())
    body = points(frame, places, np.array([0.0, 12.0]), HALF_DAYS)
    keys = (Key("#000000", "a < b & c"), Key("#ffffff", "other", dot=True))
    root = ET.fromstring(sheet("<&>", (("x & y", body),) * 3, keys, frame))  # noqa: S314
    told = {text.text for text in root.iter(f"{SVG}text")}
    assert {"<&>", "x & y", "a < b & c", "other"} <= told


def test_cells_of_a_grid_tile_the_ground() -> None:
    """The cell of a hexagonal grid is as large as the ground there is for each of its middles."""
    step = 0.003
    rows = [
        (step * (column + row / 2.0), step * row * np.sqrt(3.0) / 2.0)
        for row in range(12)
        for column in range(12)
    ]
    places = np.array(rows)
    frame = frame_around(rows)
    corners = np.array(cell_around(frame, places))
    x, y = corners.T
    drawn = abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2.0
    aside = step * frame.shrink * frame.scale
    up = step * np.sqrt(3.0) / 2.0 * frame.scale
    assert len(corners) == 6
    assert drawn == pytest.approx(aside * up, rel=0.08)
    body = tiles(frame, places, ["#111111"] * len(rows), square(frame, 0.1))
    assert body.count("z") == len(rows)


@given(st.lists(st.tuples(st.floats(0.0, 0.2), st.floats(45.0, 45.2)), min_size=1, max_size=12))
def test_squares_hold_every_stop(spots: list[tuple[float, float]]) -> None:
    """Each stop stands in one of the squares, and squares are told once, in any order of stops."""
    stops = np.array(spots)
    squares = squares_around(stops, 0.5)
    assert len(np.unique(squares.round(9), axis=0)) == len(squares)
    assert np.allclose(squares_around(stops[::-1], 0.5), squares)
    up = 0.5 / 111.195
    aside = up / np.cos(np.radians(stops[:, 1].mean()))
    apart = np.abs(squares[None, :, :] - stops[:, None, :]) / [aside, up]
    assert bool((apart.max(axis=2).min(axis=1) <= 0.5 + 1e-6).all())
