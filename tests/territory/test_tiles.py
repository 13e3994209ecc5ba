"""Laws of INSEE's tiles: a name is a place, and codes are those of today's communes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import make_territory

from maillage.kernel.geometry import distances_km
from maillage.territory.model import Territory
from maillage.territory.tiles import centres, codes_told_for, commune_codes, is_tile

# A tile of the coast near Bray-Dunes as published in degrees (2019, EPSG:4326): its four corners.
DUNES = "CRS3035RES200mN3132800E3798000"
CORNERS = (
    (2.524193632636162, 51.065504342939775),
    (2.523903681650588, 51.067291291861004),
    (2.526744393387108, 51.06747482981823),
    (2.527034236159092, 51.065687872752164),
)


def territory(*codes: str) -> Territory:
    """Return a territory of communes of these codes."""
    land = make_territory(len(codes))
    zones = (replace(z, code_insee=code) for z, code in zip(land.zones, codes, strict=True))
    return replace(land, zones=tuple(zones))


def test_a_tile_stands_where_it_is_published_to() -> None:
    """The centre is that of the published corners, within a millionth of a degree."""
    assert centres([DUNES])[0] == pytest.approx(np.mean(CORNERS, axis=0), abs=1e-6)


def test_overseas_tiles_have_their_own_reference() -> None:
    """Réunion's stand in the Indian Ocean, Martinique's in the West Indies."""
    found = centres(["CRS2975RES200mN7690000E340000", "CRS5490RES200mN1617000E708000"])
    assert found[0] == pytest.approx([55.45, -20.88], abs=0.05)
    assert found[1] == pytest.approx([-61.06, 14.62], abs=0.05)


@given(st.integers(10_000, 17_000), st.integers(15_000, 20_000))
def test_neighbours_are_two_hundred_metres_apart(north: int, east: int) -> None:
    """Wherever in France, to one percent."""
    names = [
        f"CRS3035RES200mN{n * 200}E{e * 200}"
        for n, e in ((north, east), (north + 1, east), (north, east + 1))
    ]
    points = centres(names)
    assert distances_km(points[:1], points[1:])[0] == pytest.approx([0.2, 0.2], rel=0.01)


@pytest.mark.parametrize("name", ["CRS3035RES200mN30", "200mN3030000E4246400", DUNES + "x"])
def test_what_is_no_tile_is_refused(name: str) -> None:
    """A name that tells no place is none."""
    assert not is_tile(name)
    with pytest.raises(ValueError, match=name):
        centres([name])


@pytest.mark.parametrize("text", ["6211962120", "62119-62120", "62119 62120"])
def test_codes_are_told_end_to_end(text: str) -> None:
    """A tile over a border names both communes."""
    assert commune_codes(text) == ("62119", "62120")


def test_communes_that_merged_are_looked_for_under_both_codes() -> None:
    """Files keep the codes of their year: Annecy's tiles may be told under Seynod's."""
    told = codes_told_for(territory("74010"))
    assert (told["74010"], told["74268"]) == ("74010", "74010")


def test_the_arrondissements_of_the_three_cities_are_theirs() -> None:
    """Paris, Marseille and Lyon are told by arrondissement."""
    told = codes_told_for(territory("75056", "13055", "69123"))
    assert (told["75119"], told["13216"], told["69389"]) == ("75056", "13055", "69123")
    assert "75119" not in codes_told_for(territory("62119"))
