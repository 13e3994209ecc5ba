"""An address that a phone reads off paper."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString


def qr_of(address: str) -> SafeString:
    """Return the QR code of an address, as a drawing that its style sheet sizes."""
    code = segno.make(address, error="m", micro=False)
    drawn: str = code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None)
    return SafeString(drawn)  # the address is in it as dots alone
