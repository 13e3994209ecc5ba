"""The engine that draws logos."""

from __future__ import annotations


def drawn_logo(sent: bytes) -> tuple[bytes, tuple[int, int]] | None:
    """Return a logo drawn anew as a small PNG, with its width and height; None: it is no image.

    Raises MissingExtra where Pillow is not installed.
    """
    from maillage.engines import logo_image

    return logo_image.drawn_logo(sent)
