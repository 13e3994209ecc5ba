"""A network on weeks that follow each other: each day as its own week has it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.access.feeds import read_changed

from maillage.access.timetable.day import day_timetable
from maillage.access.timetable.on_week import network_on, network_on_weeks
from maillage.kernel.parameters import load_parameters

MONDAYS = tuple(dt.date(2024, 1, 22) + dt.timedelta(weeks=n) for n in range(3))
PARAMETERS = load_parameters(dt.date(2024, 1, 15))


def test_each_day_runs_as_in_its_own_week(tmp_path: Path) -> None:
    """Two weeks that the feed covers and one that it does not: the same hops, said week by week."""
    network, _ = read_changed(tmp_path)
    together = network_on_weeks(network, MONDAYS, PARAMETERS)
    n_hops = []
    for monday in MONDAYS:
        alone = network_on(network, monday, PARAMETERS)
        for day in (monday + dt.timedelta(days=n) for n in range(7)):
            hops = [day_timetable(one.network, day).departures for one in (together, alone)]
            assert hops[0].tolist() == hops[1].tolist()
            n_hops.append(len(hops[0]))
    assert sum(n_hops[:7]) == sum(n_hops[14:]) > 0
    assert [week.asked for week in together.weeks] == list(MONDAYS)
    assert len(set(together.how)) == 2


def test_weeks_must_follow_each_other(tmp_path: Path) -> None:
    """A hole between two weeks is refused: its days would be told as days without buses."""
    network, _ = read_changed(tmp_path)
    with pytest.raises(ValueError, match="follow"):
        network_on_weeks(network, (MONDAYS[0], MONDAYS[2]), PARAMETERS)
