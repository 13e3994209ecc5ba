"""Contours as paths."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from tests.reports.sample import territory

from maillage.reports.svg.shapes import OUTLINE, shape_id, territory_frame, zone_shapes


def test_each_zone_is_declared_once() -> None:
    """There is one path per zone, one limit, and they are well-formed XML with unique ids."""
    land = territory()
    drawn = zone_shapes(land, territory_frame(land))
    ids = [node.get("id") for node in ET.fromstring(f"<defs>{drawn}</defs>")]  # noqa: S314 - ours
    assert ids == ["hachures", *(shape_id(i) for i in range(len(land.zones))), OUTLINE]


def test_paths_hold_whole_numbers_only() -> None:
    """Coordinates are whole user units: the page stays light."""
    land = territory()
    drawn = zone_shapes(land, territory_frame(land))
    paths = re.findall(r'<path id="z\d+" d="([^"]*)"', drawn)
    assert paths
    assert not any("." in path for path in paths)


def test_a_square_is_four_sides() -> None:
    """A closed ring is a start, its steps and a closing, without repeated points."""
    land = territory()
    first = re.search(r'id="z0" d="([^"]*)"', zone_shapes(land, territory_frame(land)))
    assert first is not None
    assert re.fullmatch(r"M\d+ \d+(l-?\d+ -?\d+){3}z", first[1])


def test_a_zone_without_contour_is_a_disc() -> None:
    """Where no contour is known the zone is a disc on its point, never left out."""
    land = territory()
    drawn = re.search(r'id="z6" d="([^"]*)"', zone_shapes(land, territory_frame(land)))
    assert drawn is not None
    assert "a16 16" in drawn[1]
