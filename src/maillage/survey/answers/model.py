"""One filled questionnaire, and how it came.

Values are what ODK's exports tell: text as typed, numbers and dates in their ISO forms, the name
of a choice, the names of several with spaces between. A repeat is a row for each thing told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from maillage.kernel.coded import Coded

Values: TypeAlias = Mapping[str, "str | tuple[Values, ...]"]
"""By the name of each question answered; of groups, the questions within stand beside the rest.

An answer that was not given is absent or the empty string.
"""


class Channel(Coded):
    """By which way an answer came."""

    WEB = ("web", "formulaire en ligne")
    PHONE = ("telephone", "entretien au téléphone")
    FACE = ("face-a-face", "entretien sur place")
    COUNTER = ("comptoir", "au comptoir")
    PAPER = ("papier", "papier")
    IMPORT = ("import", "KoboToolbox, ODK ou tableau")
    WORKSHOP = ("atelier", "atelier")


@dataclass(frozen=True, slots=True)
class Answer:
    """One filled questionnaire.

    ``id`` is opaque; ``contact`` is the key of who was to be heard, None where nobody in
    particular was (a resident). ``wave`` tells which time of asking. Times are aware, None = not
    told. ``notes``: what an interviewer wrote beside a question, by its name.
    """

    id: str
    form: str
    version: str
    wave: str
    channel: Channel
    values: Values
    contact: str | None = None
    started: dt.datetime | None = None
    ended: dt.datetime | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
