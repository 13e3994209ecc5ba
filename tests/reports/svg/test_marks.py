"""Legend marks."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from maillage.reports.svg.marks import MARKS, legend_mark


def test_every_mark_is_drawn_and_differs() -> None:
    """Each known mark is well-formed, and told apart by shape at one same colour."""
    drawn = [legend_mark(mark, "#123456") for mark in MARKS]
    for body in drawn:
        ET.fromstring(f"<g>{body}</g>")  # noqa: S314 - ours
    assert len(set(drawn)) == len(MARKS)


def test_a_line_reads_its_dash() -> None:
    """The dash of a line stands after its colour."""
    assert 'stroke-dasharray="9 5"' in legend_mark("line", "#123456 9 5")


def test_an_unknown_mark_is_refused() -> None:
    """A mark that does not exist is a KeyError, not an empty drawing."""
    with pytest.raises(KeyError):
        legend_mark("star", "#123456")
