"""Maps: painted zones, dots, names."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.reports.sample import ZONES, territory

from maillage.reports.svg import maps
from maillage.reports.svg.shapes import territory_frame

LAND = territory()
FRAME = territory_frame(LAND)


def test_each_zone_takes_its_colour() -> None:
    """Zone i is painted with colour i, by reference to its declared shape."""
    fills = [f"#00000{i}" for i in range(len(ZONES))]
    body = maps.painted(FRAME, fills).body
    assert re.findall(r'href="#z(\d)" fill="#00000(\d)"', body) == [
        (str(i), str(i)) for i in range(len(ZONES))
    ]


def test_the_same_place_is_drawn_once_and_in_order() -> None:
    """Dots do not depend on the order of the lieux, and two at one place are one dot."""
    places = [(5, 5), (1, 2), (5, 5)]
    assert maps.dots(places, "#000000") == maps.dots(sorted(set(places)), "#000000")
    assert maps.dots(places, "#000000").count("<circle") == 2


def test_no_dot_no_layer() -> None:
    """A layer of nothing is nothing."""
    assert maps.dots([], "#000000") == ""


def test_names_are_escaped_and_do_not_meet() -> None:
    """Names hold no markup, the most peopled come first, and their boxes stay apart."""
    alone = maps.names(FRAME, replace(LAND, zones=(ZONES[5],)))
    assert "Fontvive &amp; Lanes" in alone
    drawn = maps.names(FRAME, LAND)
    assert drawn.index("Orvelles") < drawn.index("Brume-sur-Sée")
    places = re.findall(r'x="(\d+)" y="(\d+)"', drawn)
    assert len(set(places)) == len(places) > 3


def test_signs_are_written_where_told() -> None:
    """A sign stands on each zone named, and on no other."""
    assert maps.signed(FRAME, LAND, [0, 3], "C").count("<text") == 2
    assert maps.signed(FRAME, LAND, [], "C") == ""


def test_the_scale_is_a_round_number_of_kilometres() -> None:
    """The bar says a round length and draws it at the map's own scale."""
    drawn = maps.scale_bar(FRAME)
    found = re.search(r"h(\d+)m.*>(\d+) km<", drawn)
    assert found is not None
    assert int(found[2]) in (1, 2, 5, 10, 20)
    assert abs(int(found[1]) - int(found[2]) * FRAME.units_per_km) <= 0.5
