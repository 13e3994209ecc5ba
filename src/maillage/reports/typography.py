"""French spacing: what must stay together on a line is joined by a no-break space."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from maillage.kernel.french import FIXED
from maillage.reports.blocks import Picture

_BEFORE = re.compile(r" (?=[:;!?»%])")
_AFTER = re.compile(r"(?<=«) ")

# Controls, lone surrogates, fillers, byte-order marks, and what turns all the line that follows.
_NEVER_SHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufff9-\uffff"
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\U000e0000-\U000e0fff"
    "\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f]"
)
_LINE_ENDS = re.compile("[\t\n\r\u0085\u2028\u2029]+")

T = TypeVar("T")


def shown(text: str) -> str:
    """Return the text on one line, composed, without signs that nobody sees and that undo a page.

    >>> shown("A" + chr(7) + "B" + chr(10) + "C")
    'AB C'
    """
    return unicodedata.normalize("NFC", _NEVER_SHOWN.sub("", _LINE_ENDS.sub(" ", text)))


def spaced(text: str) -> str:
    """Return the text with no-break spaces before « : ; ! ? % » and inside quotes.

    >>> spaced("Où : « ici » ?").count(FIXED)
    4
    """
    return _AFTER.sub(FIXED, _BEFORE.sub(FIXED, text))


def polished(thing: T) -> T:
    """Return the same blocks, texts spaced as French is, nothing unseen in them nor in drawings."""
    if isinstance(thing, str):
        return type(thing)(spaced(shown(thing)))
    if isinstance(thing, tuple):
        return type(thing)(polished(item) for item in thing)
    if isinstance(thing, Picture):
        return replace(thing, body=shown(thing.body))
    if is_dataclass(thing) and not isinstance(thing, type):
        return type(thing)(**{f.name: polished(getattr(thing, f.name)) for f in fields(thing)})
    return thing
