"""French words made comparable: accents, case, apostrophes and spaces set aside."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_UNSEEN = re.compile(  # signs that no one sees, or that turn a terminal or a line of text about
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_SAINT = re.compile(r"\b(ste|st)\b")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})


def plain(text: str) -> str:
    """Return ``text`` in lower case without accents, every other sign one space.

    >>> plain("  L’Accueil — Nœux-les-Mines ")
    'l accueil noeux les mines'
    """
    if not text.isascii():  # most cells are, and need no unfolding
        bare = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
        text = "".join(c for c in bare if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", text.lower()).strip()


def commune_key(name: str) -> str:
    """Return the key by which two spellings of a commune's name meet.

    Saint and its short forms are one; CEDEX and arrondissements are set aside.

    >>> commune_key("ST VENANT CEDEX 2") == commune_key("Saint-Venant")
    True
    """
    words = _SAINT.sub(lambda m: "sainte" if m[1] == "ste" else "saint", plain(name))
    words = re.sub(r"\bcedex\b.*$", "", words)
    words = re.sub(r"\b\d{1,2}(er?|eme)?( arrondissement)?$", "", words.strip())
    return words.strip()


def visible(text: str) -> str:
    """Return ``text`` without control signs, fit for a terminal; spaces and line ends stay.

    >>> visible("s\\x00t\\x1b[31mop")
    'st[31mop'
    """
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text)
