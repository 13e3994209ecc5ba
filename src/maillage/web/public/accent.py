"""A colour of another site, made legible on ours: what a page shown in its frame is drawn in."""

from __future__ import annotations

import re

Rgb = tuple[float, float, float]
"""Red, green, blue, each 0-1."""

_HEX = re.compile(r"[0-9a-f]{6}")
LEAST_CONTRAST = 5.5
"""Over the 4.5 of WCAG, for links are also on a ground that is not white."""

_STEP = 0.94
_DARK = 0.66
_PALE = 0.11


def is_colour(told: str) -> bool:
    """Say whether a text is six hexadecimal figures."""
    return _HEX.fullmatch(told) is not None


def accent_css(told: str) -> str:
    """Return the style sheet that puts a colour in, darkened until white is read on it.

    >>> accent_css("14505c").split(";")[0]
    ':root{--accent:#14505c'
    """
    accent = _legible(_rgb(told))
    dark = _scaled(accent, _DARK)
    pale = tuple(1.0 - (1.0 - part) * _PALE for part in accent)
    told_dark, told_pale = _hex(dark), _hex((pale[0], pale[1], pale[2]))
    told_accent = _hex(accent)
    return f":root{{--accent:{told_accent};--accent-dark:{told_dark};--accent-pale:{told_pale}}}\n"


def legible(told: str) -> str:
    """Return a colour on which white is read: the one told, or darkened until it is so."""
    return _hex(_legible(_rgb(told))).removeprefix("#")


def contrast_with_white(colour: str) -> float:
    """Return the contrast (1-21) of a colour, six hexadecimal figures, with white."""
    return _contrast(_rgb(colour))


def _legible(colour: Rgb) -> Rgb:
    while _contrast(colour) < LEAST_CONTRAST:
        colour = _rgb(_hex(_scaled(colour, _STEP)).removeprefix("#"))  # as it will be written
    return colour


def _contrast(colour: Rgb) -> float:
    red, green, blue = (_linear(part) for part in colour)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _scaled(colour: Rgb, by: float) -> Rgb:
    red, green, blue = colour
    return red * by, green * by, blue * by


def _rgb(told: str) -> Rgb:
    red, green, blue = (int(told[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
