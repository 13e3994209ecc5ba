"""Laws of coordinates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.findings import Where
from maillage.standard.coordinates import in_france, parse_coordinates

WHERE = Where("lieux.csv", 3, "lieu-1", "latitude")
BETHUNE = (50.5303, 2.6408)
BETHUNE_LAMBERT = ("7048173.6", "674491.6")  # northing, easting in metres


@pytest.mark.parametrize(
    ("latitude", "longitude", "place", "codes"),
    [
        ("50.5303", "2.6408", BETHUNE, []),
        ("50,5303", "2,6408", BETHUNE, []),
        ("2.6408", "50.5303", BETHUNE, ["coordinates-swapped"]),
        ("-20.88", "55.45", (-20.88, 55.45), []),
        ("55.45", "-20.88", (-20.88, 55.45), ["coordinates-swapped"]),
        ("-12.78", "45.22", (-12.78, 45.22), []),
        ("0", "0.0", None, ["coordinates-zero"]),
        ("50.5303", None, None, ["coordinates-unreadable"]),
        ("nord", "2.6", None, ["coordinates-unreadable"]),
        ("nan", "2.6", None, ["coordinates-unreadable"]),
        ("500.1", "2.6", None, ["coordinates-outside-france"]),
        ("40.7", "-74.0", None, ["coordinates-outside-france"]),
        (None, None, None, []),
    ],
)
def test_pairs(
    latitude: str | None,
    longitude: str | None,
    place: tuple[float, float] | None,
    codes: list[str],
) -> None:
    """Pairs in France are kept, swapped ones mended and said, others absent and said."""
    told, findings = parse_coordinates(latitude, longitude, WHERE)
    assert told == place
    assert [f.code for f in findings] == codes


@pytest.mark.parametrize("swap", [False, True])
def test_lambert_metres_become_degrees(swap: bool) -> None:
    """Metres in Lambert-93 are converted, in either order, and a finding says so."""
    y, x = BETHUNE_LAMBERT
    told, findings = parse_coordinates(*((x, y) if swap else (y, x)), WHERE)
    assert told == pytest.approx(BETHUNE, abs=0.00001)
    assert [f.code for f in findings] == ["coordinates-lambert-93"]


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_what_is_told_is_always_in_france(latitude: float, longitude: float) -> None:
    """Whatever is read, a place that comes out stands in France, and a change is always said."""
    told, findings = parse_coordinates(str(latitude), str(longitude), WHERE)
    assert told is None or in_france(*told)
    assert (told == (latitude, longitude)) == (findings == ())
