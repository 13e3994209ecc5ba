"""Contours: read from GeoJSON, joined, simplified, and points seen from them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.builders import BETHUNE, make_zone
from tests.territory.sample import square

from maillage.kernel.geometry import Point
from maillage.territory.contours import (
    contour_of,
    inner_point,
    outline,
    outside_km,
    shape,
    spread_points,
)
from maillage.territory.model import Zone

HERE = (2.6, 50.5)


def _zone(index: int, lon: float) -> Zone:
    return replace(make_zone(index, BETHUNE), contour=contour_of(square(lon, 50.5)))


def test_a_polygon_and_a_multipolygon_of_one_part_are_the_same_contour() -> None:
    """The two ways of writing one part give one contour."""
    polygon = square(*HERE)
    multi = {"type": "MultiPolygon", "coordinates": [polygon["coordinates"]]}
    assert contour_of(polygon) == contour_of(multi)


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        "Polygon",
        {"type": "Point", "coordinates": [2.6, 50.5]},
        {"type": "Polygon", "coordinates": []},
        {"type": "MultiPolygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[2.6, 50.5], [2.7, 50.5], [2.6, 50.5]]]},
        {"type": "Polygon", "coordinates": [[[2.6, 50.5], [2.7, 50.5], [2.7, 50.6], [2.6, 50.6]]]},
        {"type": "Polygon", "coordinates": [[[660000, 7e6], [1, 1], [2, 2], [660000, 7e6]]]},
        {"type": "Polygon", "coordinates": [["a", "b", "c", "a"]]},
        {"type": "Polygon", "coordinates": [12]},
    ],
)
def test_what_is_not_a_contour_is_refused(geometry: object) -> None:
    """Another geometry, an open ring or metres instead of degrees is a ValueError."""
    with pytest.raises(ValueError, match=r".+"):
        contour_of(geometry)


def test_the_outline_of_two_zones_side_by_side_is_one_ring() -> None:
    """Zones that touch join: the shared side is gone and the area is the sum of theirs."""
    joined = outline([_zone(0, 2.60), _zone(1, 2.64)])
    assert len(joined) == 1
    assert len(joined[0]) == 1
    assert shape(joined).area == pytest.approx(2 * 0.04 * 0.04)


def test_a_sliver_between_two_zones_is_closed() -> None:
    """Two zones parted by forty metres, as simplification leaves them, have one outline."""
    joined = outline([_zone(0, 2.60), _zone(1, 2.6405)])
    assert [len(polygon) for polygon in joined] == [1]


def test_the_order_of_zones_does_not_change_the_outline() -> None:
    """The same zones in another order give the same outline, to the last bit."""
    zones = [_zone(0, 2.60), _zone(1, 2.64), _zone(2, 2.9)]
    assert outline(zones) == outline(zones[::-1])


def test_zones_without_contour_have_no_outline() -> None:
    """The outline of zones without contour is empty."""
    assert outline([make_zone(0, BETHUNE)]) == ()


def test_points_are_spread_inside_a_zone() -> None:
    """A square of which thirty points are wanted has about thirty, all inside, evenly apart."""
    zone = _zone(0, 2.60)
    points = spread_points(zone, 30)
    assert zone.contour is not None
    assert 25 <= len(points) <= 36
    assert all(outside_km(zone.contour, point) == 0.0 for point in points)
    assert points == spread_points(zone, 30)


def test_a_zone_without_contour_has_its_own_point() -> None:
    """Where no contour is known, people leave from the point of the zone."""
    zone = make_zone(0, BETHUNE)
    assert spread_points(zone, 30) == (zone.point,)


def test_how_far_a_point_stands_outside() -> None:
    """Inside is 0 km; a hundredth of a degree north of the edge is 1.11 km."""
    contour = contour_of(square(*HERE))
    assert outside_km(contour, Point(*HERE)) == 0.0
    assert outside_km(contour, Point(2.6, 50.53)) == pytest.approx(1.112, abs=0.002)


def test_the_inner_point_is_inside_even_of_a_ring() -> None:
    """The point taken from a contour with a hole stands inside it, not in the hole."""
    outer, hole = square(*HERE)["coordinates"][0], square(*HERE, half=0.015)["coordinates"][0]
    contour = contour_of({"type": "Polygon", "coordinates": [outer, hole]})
    assert outside_km(contour, inner_point(contour)) == 0.0
    assert outside_km(contour, Point(*HERE)) > 0.5
