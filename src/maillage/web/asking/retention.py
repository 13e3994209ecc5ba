"""When answers that were begun and never sent are forgotten."""

from __future__ import annotations

import datetime as dt

from maillage.kernel.parameters import Parameters
from maillage.storage.survey.answers import drop_left


def forget_left(parameters: Parameters, moment: dt.datetime) -> int:
    """Drop what was left unfinished for too long, everywhere; return how many there were."""
    return drop_left(moment - dt.timedelta(days=parameters.number("asking.draft_days")))
