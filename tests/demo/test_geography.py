"""The ground of the fictional communes."""

from __future__ import annotations

import pytest
import shapely

from maillage.demo.geography import N_COMMUNES, N_NEIGHBOURS, Country, draw_cells

SEEDS = (1, 2, 3, 4, 5, 99)


@pytest.mark.parametrize("seed", SEEDS)
def test_contours_tile(seed: int) -> None:
    """Contours neither overlap nor leave a hole between them, whatever the seed."""
    cells = draw_cells(seed)
    shapes = [shapely.Polygon(cell.contour) for cell in cells]
    assert all(shape.is_valid for shape in shapes)
    assert shapely.coverage_is_valid(shapes)
    together = shapely.union_all(shapes)
    assert together.geom_type == "Polygon"
    assert not together.interiors
    assert together.area == pytest.approx(sum(shape.area for shape in shapes))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_territory_is_of_one_piece(seed: int) -> None:
    """The communes of the agglomeration hold together, all surrounded by neighbours."""
    cells = draw_cells(seed)
    inside = shapely.union_all([shapely.Polygon(c.contour) for c in cells if c.inside])
    everything = shapely.union_all([shapely.Polygon(c.contour) for c in cells])
    assert inside.geom_type == "Polygon"
    assert not inside.touches(everything.exterior)
    assert not inside.intersects(everything.exterior)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_heart_beats_in_its_commune(seed: int) -> None:
    """A heart stands well inside its own contour, far enough for places to be drawn around it."""
    for cell in draw_cells(seed):
        shape = shapely.Polygon(cell.contour)
        heart = shapely.Point(cell.heart)
        assert shape.contains(heart)
        assert shape.exterior.distance(heart) >= cell.reach > 700
        assert shape.contains(shapely.Point(cell.centre))


def test_areas_and_centres_are_those_of_the_contours() -> None:
    """Area and centre, computed in whole metres, are those that shapely finds."""
    for cell in draw_cells(1):
        shape = shapely.Polygon(cell.contour)
        assert cell.square_metres == pytest.approx(shape.area, abs=1)
        assert cell.centre == pytest.approx((shape.centroid.x, shape.centroid.y), abs=2)


def test_countries() -> None:
    """There is one town, three small towns, a basin in the north and a rural south."""
    inside = [cell for cell in draw_cells(1) if cell.inside]
    by_country = {country: [c for c in inside if c.country is country] for country in Country}
    assert len(inside) == N_COMMUNES
    assert len(draw_cells(1)) == N_COMMUNES + N_NEIGHBOURS
    assert len(by_country[Country.TOWN]) == 1
    assert len(by_country[Country.SMALL_TOWN]) == 3
    assert min(len(by_country[c]) for c in (Country.BASIN, Country.VALLEY, Country.RURAL)) >= 5
    southmost_of_basin = min(cell.heart[1] for cell in by_country[Country.BASIN])
    assert southmost_of_basin > max(cell.heart[1] for cell in by_country[Country.RURAL])
