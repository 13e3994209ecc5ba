"""Logos drawn anew: small, light, and an image alone."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from maillage.engines.logo_image import drawn_logo


def _sent(image: Image.Image, kind: str = "PNG") -> bytes:
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


@given(st.binary(max_size=300))
def test_anything_else_is_no_image(content: bytes) -> None:
    """Whatever bytes are sent, nothing fails, and what is no image is not drawn."""
    for head in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\x20\x01\x00\x00WEBP"):
        assert drawn_logo(head + content) is None


@pytest.mark.parametrize("size", [(520, 144), (3000, 200), (200, 3000), (16, 16)])
def test_a_logo_fits_and_is_never_made_larger(size: tuple[int, int]) -> None:
    """It keeps its shape, within 520 by 144 pixels."""
    drawn = drawn_logo(_sent(Image.new("RGB", size)))
    assert drawn is not None
    content, (width, height) = drawn
    assert width <= min(520, size[0]) and height <= min(144, size[1])
    with Image.open(BytesIO(content)) as image:
        assert image.size == (width, height)


def test_what_is_seen_through_stays_so() -> None:
    """A logo on no ground keeps none; the same logo gives the same bytes."""
    sent = _sent(Image.new("RGBA", (40, 40), (200, 0, 0, 0)), "WEBP")
    drawn = drawn_logo(sent)
    assert drawn is not None
    assert drawn == drawn_logo(sent)
    with Image.open(BytesIO(drawn[0])) as image:
        assert image.getchannel("A").getextrema() == (0, 0)


def test_a_heavy_image_becomes_light() -> None:
    """A picture of many colours is served in 256 of them: pages stay light."""
    noise = [Image.effect_noise((1040, 288), 90) for _ in range(3)]
    drawn = drawn_logo(_sent(Image.merge("RGB", noise)))
    assert drawn is not None
    assert 40_000 < len(drawn[0]) < 80_000


def test_a_picture_too_large_is_not_opened() -> None:
    """Many pixels in few bytes are refused before they take any memory."""
    assert drawn_logo(_sent(Image.new("1", (8000, 4000)))) is None
