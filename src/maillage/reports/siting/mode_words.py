"""By what people go to a plan of posts, in the words of its answers."""

from __future__ import annotations

from maillage.access.travel import Mode
from maillage.kernel.language import tr

TRANSIT = "transit"
"""The code of who goes on foot and by public transport."""


def mode_code(mode: Mode | None) -> str:
    """Return the mode as options and JSON name it; None is on foot and by public transport."""
    return TRANSIT if mode is None else mode.code


def supposed_words(mode: Mode | None, *, high: bool) -> str:
    """Return on what figures stand: « selon ce qui est sûr », or « en voiture » alone."""
    if mode is not None:
        return mode.label
    return tr("avec le bus supposé") if high else tr("selon ce qui est sûr")


def said_first(words: str) -> str:
    """Return words that begin a sentence."""
    return words[0].upper() + words[1:]


def with_mode(title: str, mode: Mode | None) -> str:
    """Return a title that tells the mode where it is not the usual one."""
    if mode is None:
        return title
    return tr("{title}, si l'on y va {mode}").format(title=title, mode=mode.label)
