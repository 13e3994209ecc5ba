"""Words as they were said, sealed with what the screening hid of them, until they are read."""

from __future__ import annotations

import json

from maillage.storage.sealing import SURVEY, opened, seal
from maillage.storage.survey.models import VerbatimRow
from maillage.survey.verbatims.by_hand import Checked, checked, from_kept, kept_form
from maillage.survey.verbatims.model import Screened

_TEXT, _HIDDEN = "text", "hidden"


def sealed_words(said: str, screened: Screened) -> str:
    """Return words sealed, and where the marks of their screening stand in them."""
    words = checked(said, screened)
    return seal({_TEXT: said}, SURVEY) if words is None else sealed_checked(words)


def sealed_checked(words: Checked) -> str:
    """Return words sealed as they are being checked."""
    return seal({_TEXT: words.said, _HIDDEN: json.dumps(kept_form(words))}, SURVEY)


def checked_of(row: VerbatimRow) -> tuple[Checked, bool]:
    """Return the words of a row as they are being checked, and whether the original is there.

    Where it is not (erased, or sealed with keys that are lost), its marks are words like others:
    more can be hidden, nothing shown again.
    """
    told = opened(row.sealed, SURVEY)
    if _TEXT in told and _HIDDEN in told:
        try:
            words = from_kept(told[_TEXT], json.loads(told[_HIDDEN]))
        except ValueError:
            return Checked(row.screened), False
        if words.screened.text == row.screened:
            return words, True
    return Checked(row.screened), False
