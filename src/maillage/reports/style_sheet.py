"""How pages name their own style sheet to the browser that reads them."""

from __future__ import annotations

import base64
import hashlib


def style_hash(style: str) -> str:
    """Return how a security policy names a style sheet by its very bytes."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
