"""The compiled search: what it keeps, what it leaves out, what it does where numba is not."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.access.journeys.timetables import (
    journeys_of,
    make_day,
    make_network,
    make_place,
    make_walks,
    run,
)

from maillage.access.journeys.model import Window
from maillage.engines import connection_scan
from maillage.engines.compiled import compiled
from maillage.engines.connection_scan import ConnectionScan
from maillage.kernel.errors import MissingExtra

WINDOW = Window(0, 86_400)


def _line(n_runs: int) -> tuple:
    """Return a bus line of four stops, a run every ten minutes, two homes at its ends."""
    runs = [run(*((stop, 600 * r + 100 * stop) for stop in range(4))) for r in range(1, n_runs)]
    day = make_day(make_network(4, runs))
    return day, make_walks([{s: 60} for s in range(4)]), make_walks([{0: 30}, {3: 30}])


def test_journeys_that_are_too_long_are_left_out() -> None:
    """The longest journey kept is told in seconds from door to door."""
    runs = [run((0, 100), (1, 400)), run((0, 500), (1, 700))]
    asked = make_day(make_network(2, runs)), make_walks([{0: 0}, {1: 0}])
    homes, place = make_walks([{0: 10}]), make_place({1: 20})
    for longest, expected in ((229, []), (230, [(490, 720)]), (330, [(90, 420), (490, 720)])):
        found = ConnectionScan(longest).to_place(*asked, homes, place, WINDOW)
        assert journeys_of(found, 0) == expected


def test_threads_that_share_a_search_do_not_disturb_each_other() -> None:
    """Many places asked at once, both ways and on days of two sizes, get what each gets alone."""
    search = ConnectionScan()
    sizes = [_line(40), _line(90)]
    asked = [(sizes[n % 2], make_place({n % 4: n}), n) for n in range(60)]

    def found(one: tuple) -> list[list[int]]:
        given, place, number = one
        way = search.to_place if number % 3 else search.from_place
        profiles = way(*given, place, WINDOW)
        return [profiles.first.tolist(), profiles.departures.tolist(), profiles.arrivals.tolist()]

    alone = [found(one) for one in asked]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(found, asked)) == alone
    assert any(departures for _, departures, _ in alone)


def test_more_days_than_are_kept_are_made_ready_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letting go of what was made ready changes no answer."""
    monkeypatch.setattr(connection_scan, "KEPT_BYTES", 0)
    monkeypatch.setattr(connection_scan, "KEPT_AT_LEAST", 2)
    search = ConnectionScan()
    lines = [_line(5), _line(9), _line(5), _line(9)] * 2
    counts = [len(search.to_place(*one, make_place({3: 5}), WINDOW).departures) for one in lines]
    assert counts == [counts[0], counts[1]] * 4
    assert counts[0] != counts[1]


def test_arrays_that_cannot_be_written_are_taken() -> None:
    """What was loaded read-only is searched like any other."""
    day, between, homes = _line(5)
    for walks in (between, homes):
        for column in (walks.first, walks.stops, walks.seconds):
            column.flags.writeable = False
    place = make_place({3: 5})
    assert len(ConnectionScan().to_place(day, between, homes, place, WINDOW).departures) > 0


def test_a_kernel_that_nothing_can_keep_is_compiled_all_the_same() -> None:
    """Where no folder takes the machine code, the kernel works without being kept."""
    names: dict[str, object] = {}
    exec("def twice(x):\n    return x + x\n", names)  # noqa: S102 - code of no file
    twice = compiled(names["twice"])
    assert twice(21) == 42


def test_without_numba_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The missing extra is named in French."""
    monkeypatch.setitem(sys.modules, "numba", None)
    with pytest.raises(MissingExtra, match=r"maillage\[access\]"):
        compiled(np.sum)
