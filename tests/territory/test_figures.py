"""Figures of several sources, brought to the zones."""

from __future__ import annotations

from tests.builders import BETHUNE, make_zone
from tests.territory.sample import indicator

from maillage.territory.figures import Figures, table_of

ZONES = (make_zone(0, BETHUNE), make_zone(1, BETHUNE), make_zone(2, BETHUNE))
CODES = [zone.code_insee for zone in ZONES]


def test_a_commune_without_figure_is_none() -> None:
    """A zone that the source does not speak of has None, never zero."""
    table, doubts = table_of(ZONES, [Figures((indicator("a"),), {CODES[1]: {"a": 3.0}})])
    assert table.values["a"] == (None, 3.0, None)
    assert doubts == ()


def test_the_first_source_is_kept_and_completed_and_disagreement_is_told() -> None:
    """Two sources of one indicator: the first wins, the second fills, and each quarrel is told."""
    first = Figures((indicator("a"),), {CODES[0]: {"a": 1.0}, CODES[1]: {"a": 2.0}})
    second = Figures(
        (indicator("a"),), {CODES[0]: {"a": 1.0 + 1e-9}, CODES[1]: {"a": 9.0}, CODES[2]: {"a": 5.0}}
    )
    table, doubts = table_of(ZONES, [first, second])
    assert table.values["a"] == (1.0, 2.0, 5.0)
    assert [(d.code, d.where.subject, d.value) for d in doubts] == [
        ("indicators-disagree", CODES[1], "2 / 9")
    ]


def test_indicators_come_in_order_of_code() -> None:
    """The order of the sources does not change the order of the columns."""
    a, b = Figures((indicator("a"),), {}), Figures((indicator("b"),), {})
    assert table_of(ZONES, [b, a])[0] == table_of(ZONES, [a, b])[0]
