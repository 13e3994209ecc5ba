"""When answers that were begun and never sent are forgotten, and words as they were said."""

from __future__ import annotations

import datetime as dt

from maillage.kernel.parameters import Parameters
from maillage.storage.survey.answers import drop_left
from maillage.storage.survey.words_kept import erase_originals


def forget_left(parameters: Parameters, moment: dt.datetime) -> int:
    """Drop what was left unfinished for too long, everywhere; return how many there were."""
    return drop_left(moment - dt.timedelta(days=parameters.number("asking.draft_days")))


def erase_read(parameters: Parameters, moment: dt.datetime) -> int:
    """Erase the originals of words whose screening was checked long enough ago, everywhere."""
    return erase_originals(moment - dt.timedelta(hours=parameters.number("words.undo_hours")))
