"""All colours of the report, in one place: sequential ramps that colour-blind readers can order.

Every ramp runs from pale to dark with steady lightness, so that it also reads in grey print.
"""

from __future__ import annotations

INK = "#1d2733"
MUTED = "#55616d"
LINE = "#c9cfd4"
PAPER = "#ffffff"
ACCENT = "#14505c"
NO_DATA = "url(#hachures)"
NO_DATA_LINE = "#9aa3ab"
ZONE_LINE = "#ffffff"
OUTLINE = "#3a4650"

FRAGILITY = ("#fdf0d5", "#f9cf92", "#ef9f55", "#cc6a2b", "#8c3b12")
"""From the least to the most fragile."""

DISTANCE = ("#e8f1f4", "#b7d5de", "#79b0c2", "#3c8098", "#17495e")
"""From near to far."""

HEAT = ("#f4f7f8", "#dcebef", "#b9d7e0", "#8fbdcc", "#3b7d94", "#276a82", "#123f52")
"""Backgrounds of table cells, from a small share to a large one."""

HEAT_INK = (INK, INK, INK, INK, PAPER, PAPER, PAPER)
"""The ink that reads on each step of ``HEAT`` with an AA contrast."""

CERTAINTY = {"sure": "#8c3b12", "likely": "#e08a3c", "unsure": "#f9dcae"}
"""How sure a gap is; each has also its own pattern or letter."""

SERIES = ("#14505c", "#b5541c", "#5b4b8a", "#4d4d4d")
"""Lines of one chart; each has also its own dash."""

DASHES = ("", "9 5", "2 5", "12 4 2 4")
"""The dash of each line of ``SERIES``."""

DOT = "#0b2f38"
DOT_FAINT = "#ffffff"
BAR = "#3c8098"
BAR_REST = "#d5dde1"
FRESHNESS = ("#17495e", "#3c8098", "#79b0c2", "#b7d5de", "#e8f1f4")
"""From the freshest to the oldest."""
