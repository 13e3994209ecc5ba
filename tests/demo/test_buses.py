"""The buses of the demo: a timetable that is read without a doubt, and serves who it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.access.intake.timetables import read_timetable
from maillage.demo.buses import BUSES, bus_lines
from maillage.demo.communes import draw_communes
from maillage.demo.generate import DEFAULT_SEED
from maillage.kernel.progress import Silent


def test_the_timetable_is_read_without_a_doubt(demo: Path) -> None:
    """It is a GTFS as networks publish it: nothing to say of it."""
    network, doubts = read_timetable(demo / BUSES, name="bus", progress=Silent())
    assert doubts == ()
    assert len(network.stops.places) > 20


@pytest.mark.parametrize("seed", [DEFAULT_SEED, 0, 7])
def test_each_commune_is_on_one_line_to_the_town(seed: int) -> None:
    """Inside, all but the smallest have one line, the town all of them; outside, nobody has."""
    communes = draw_communes(seed)
    town = max(communes, key=lambda one: one.population)
    lines = bus_lines(communes)
    assert all(line[-1] == town for line in lines)
    served = [one.code_insee for line in lines for one in line[:-1]]
    inside = {one.code_insee for one in communes if one.inside and one.population >= 200}
    assert sorted(served) == sorted(inside - {town.code_insee})
