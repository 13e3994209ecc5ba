"""Lines found by the names that people give them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.access.journeys.timetables import make_network, run

from maillage.access.timetable.lines import every_line, line_label, lines_named
from maillage.access.timetable.merge import merge_networks
from maillage.access.timetable.model import Line, Network, Vehicle


def _network(name: str, *lines: tuple[str, str]) -> Network:
    network = make_network(2, [run((0, 0), (1, 10)) for _ in lines])
    told = tuple(Line(id_, short, f"Ligne {short}", Vehicle.BUS, "R") for id_, short in lines)
    return replace(network, lines=told, feeds=(replace(network.feeds[0], name=name),))


TWO = merge_networks([_network("x", ("a", "20"), ("20", "7")), _network("y", ("b", "20a"))])


@pytest.mark.parametrize(
    ("word", "ids"), [("x:a", {"x:a"}), ("a", {"x:a"}), ("20", {"x:20"}), ("20A", {"y:b"})]
)
def test_an_id_counts_before_a_short_name(word: str, ids: set[str]) -> None:
    """With or without its feed's name; a short name whatever its case."""
    assert lines_named(TWO, [word]) == {word: ids}


def test_an_unknown_line_is_told_with_those_known() -> None:
    """The error names what was asked and what there is."""
    with pytest.raises(LookupError, match=r"« 99 ».*20, 20a, 7"):
        lines_named(TWO, ["20", "99"])


def test_every_line_is_by_its_id() -> None:
    """Each line alone, in order; its riders know it by number and name."""
    found = every_line(TWO)
    assert list(found) == ["x:20", "x:a", "y:b"]
    assert line_label(TWO, found["x:a"]) == "20 Ligne 20"
