"""Colours that everybody can read."""

from __future__ import annotations

import itertools

import pytest

from maillage.reports import colours

AA_TEXT = 4.5


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def test_heat_cells_are_readable() -> None:
    """The ink of each step of the heat ramp has an AA contrast with its background."""
    pairs = zip(colours.HEAT, colours.HEAT_INK, strict=True)
    assert [round(contrast(*pair), 1) for pair in pairs if contrast(*pair) < AA_TEXT] == []


@pytest.mark.parametrize("ink", [colours.INK, colours.MUTED, colours.ACCENT])
def test_inks_are_readable_on_paper_and_wash(ink: str) -> None:
    """The inks of texts have an AA contrast on every ground they stand on."""
    grounds = (colours.PAPER, "#f3f6f6", "#fbf3e4")
    assert [g for g in grounds if contrast(ink, g) < AA_TEXT] == []


@pytest.mark.parametrize("ramp", [colours.FRAGILITY, colours.DISTANCE, colours.HEAT])
def test_ramps_go_from_pale_to_dark(ramp: tuple[str, ...]) -> None:
    """A ramp darkens at every step, so that it reads in grey and without colour vision."""
    steps = [luminance(colour) for colour in ramp]
    assert steps == sorted(steps, reverse=True)
    assert all(contrast(a, b) > 1.08 for a, b in itertools.pairwise(ramp))
