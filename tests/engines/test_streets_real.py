"""Real extracts: times against a plain search over every node, by other code."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from bench.streets_reference import PlainStreets, draw, random_places, share_agreeing

from maillage.access.travel import Mode, Trip
from maillage.engines.streets_osm_engine import street_network
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
NANTES, PORTO_ALEGRE, LIECHTENSTEIN = (
    "nantes_subset.osm.pbf", "poa_osm.pbf", "liechtenstein.osm.pbf",
)  # fmt: skip


def _agreement(pbf: Path, mode: Mode, n_origins: int) -> tuple[float, int]:
    """Return the share of some 1,000 random pairs within 1 %, and how many are reached."""
    drawn = draw(pbf)
    places = random_places(drawn, n_origins + 1000 // n_origins, seed=7)
    origins, destinations = places[:n_origins], places[n_origins:]
    plain = PlainStreets(drawn, mode, PARAMETERS)
    targets = [tuple(place) for place in destinations]
    expected = np.array([plain.minutes_from(tuple(place), targets) for place in origins])
    found = street_network([pbf], None, PARAMETERS).matrix(origins, destinations, Trip(mode))
    return share_agreeing(found, expected, 0.01)


@pytest.mark.mirror
@pytest.mark.parametrize("mode", Mode, ids=lambda mode: mode.code)
def test_nantes_is_as_a_plain_search_tells(mirror: Path, mode: Mode) -> None:
    """In Nantes, 99 % of a thousand random pairs are within 1 % of a plain search."""
    share, known = _agreement(mirror / "osm" / NANTES, mode, 10)
    assert known > 900
    assert share >= 0.99


@pytest.mark.mirror
@pytest.mark.full
@pytest.mark.parametrize("extract", [PORTO_ALEGRE, LIECHTENSTEIN])
@pytest.mark.parametrize("mode", Mode, ids=lambda mode: mode.code)
def test_a_city_and_a_country_are_as_a_plain_search_tells(
    mirror: Path, extract: str, mode: Mode
) -> None:
    """In Porto Alegre and Liechtenstein likewise, by every mode."""
    share, known = _agreement(mirror / "osm" / extract, mode, 20)
    assert known > 200
    assert share >= 0.99
