"""A logo drawn anew: whatever was sent, what is kept is a small PNG that holds an image alone.

What a camera or a drawing program wrote beside the image (place, author, program) stays behind.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_PIXELS = 16_000_000
_BOX = (520, 144)  # twice what pages show, for fine screens
_LIGHT = 40_000  # bytes: beyond, 256 colours are enough of it


def drawn_logo(sent: bytes) -> tuple[bytes, tuple[int, int]] | None:
    """Return a logo as a PNG at most 520 by 144 pixels, and its width and height.

    None where it is no PNG, JPEG or WebP, broken, or of more than 16 million pixels. Raises
    MissingExtra where Pillow is not installed.
    """
    try:
        from PIL import Image, ImageOps
    except ImportError as error:
        message = tr('Les logos demandent l\'extra « site » : pip install "maillage[site]".')
        raise MissingExtra(message) from error

    try:
        with Image.open(BytesIO(sent), formats=FORMATS) as told:
            if told.width * told.height > MOST_PIXELS:
                return None
            image = ImageOps.exif_transpose(told).convert("RGBA")
    except Exception:  # a file made to harm fails in as many ways as there are parsers
        return None
    image.thumbnail(_BOX)
    image.info.clear()
    opaque = image.getchannel("A").getextrema() == (255, 255)
    plain = image.convert("RGB") if opaque else image
    content = _png(plain)
    if len(content) > _LIGHT:
        content = _png(plain.quantize(256))
    return content, image.size


def _png(image: Image.Image) -> bytes:
    told = BytesIO()
    image.save(told, format="PNG", optimize=True)
    return told.getvalue()
