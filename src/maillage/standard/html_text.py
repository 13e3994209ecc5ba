"""Texts that a web page left in a cell: its tags and entities, read as its reader saw them."""

from __future__ import annotations

import html
import re

_NAME = r"[a-zA-Z][a-zA-Z0-9]*"
# A name is followed by a blank or by the end: « <accueil@lens.fr> » is no tag.
_TAG = re.compile(rf"</?{_NAME}(?:\s[^<>]*)?/?>")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});")
_BLOCK = re.compile(r"</?(?:br|li|p|div|ul|ol|tr|h[1-6])\b[^<>]*>", re.IGNORECASE)
_LAYERS = 2  # some exports escape what was escaped already: « &amp;eacute; »


def is_html(text: str) -> bool:
    """Say whether a cell holds tags or entities of a web page.

    >>> is_html("Caf&eacute;"), is_html("a < b & c"), is_html("<br>")
    (True, False, True)
    """
    return bool(_TAG.search(text) or _ENTITY.search(text))


def without_html(text: str) -> str:
    """Return a cell without tags and with its entities read; what a block parts is parted.

    >>> without_html("<ul><li>Caf&eacute;</li><li>Th&amp;eacute;</li></ul>")
    'Café\\nThé'
    """
    for _ in range(_LAYERS):
        if not is_html(text):
            break
        bare = html.unescape(_TAG.sub("", _BLOCK.sub("\n", text)))
        lines = (" ".join(line.split()) for line in bare.split("\n"))
        text = "\n".join(line for line in lines if line)
    return text
