"""What people and structures say, as the diagnosis tells it: shares, changes, words, silence.

Nobody can be read out of it: shares of few are not shown, and words are those that may be quoted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from maillage.diagnosis.heard_needs import NeedsHeard
from maillage.survey.answers.model import Answer
from maillage.survey.estimates.weights import Weighting
from maillage.survey.verbatims.model import Read


@dataclass(frozen=True, slots=True)
class Quotable:
    """Words that may be printed: screened, read by a person, agreed to, said to be quoted.

    ``by`` attributes them by kind (« une médiathèque »); ``themes`` are codes of the codebook.
    """

    said: Read
    by: str
    themes: tuple[str, ...]
    wave: str = ""

    @property
    def text(self) -> str:
        """The words as they are printed."""
        return self.said.text


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was heard of a territory, before anything is counted.

    ``weighting``: what is known of the residents that answers stand for. ``to_hear``: the kind of
    each structure to be heard, by key of contact, wave by wave.
    """

    structures: tuple[Answer, ...] = ()
    residents: tuple[Answer, ...] = ()
    to_hear: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    weighting: Weighting = field(default_factory=Weighting)
    from_structures: tuple[Quotable, ...] = ()
    from_residents: tuple[Quotable, ...] = ()


@dataclass(frozen=True, slots=True)
class HeardShare:
    """A share that answers tell: ``n_yes`` of the ``n`` who answered, as they were counted.

    ``share`` (0-1) is weighted where answers are; ``low``..``high`` hold it 95 times in 100. All
    four are None where too few answered one way or the other to be shown. ``n_blank`` were asked
    and did not answer.
    """

    code: str
    label: str
    n: int | None
    n_yes: int | None
    share: float | None
    low: float | None
    high: float | None
    n_blank: int


@dataclass(frozen=True, slots=True)
class HeardChange:
    """A share in the wave before and in the last one: ``difference`` (-1 to 1) and its interval.

    Of structures, it is that of the ``n_pairs`` heard both times; of residents, who are others
    each time, ``n_pairs`` is None. ``visible``: the interval leaves 0 out.
    """

    code: str
    before: HeardShare
    n_pairs: int | None
    difference: float
    low: float
    high: float

    @property
    def visible(self) -> bool:
        """Whether something changed that cannot be chance alone."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True, slots=True)
class Quote:
    """Words beside the figure of code ``beside``, attributed by kind."""

    beside: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class KindHeard:
    """How many of a kind of structure were to be heard, and how many were; None = too few."""

    kind: str
    n_to_hear: int
    n_heard: int


@dataclass(frozen=True, slots=True)
class Voices:
    """What one questionnaire told in its last wave, and what changed since the one before.

    ``channels`` count answers by the way they came, None where too few. ``n_to_hear`` and
    ``kinds`` are of structures, None and empty of residents. ``margins`` are the questions whose
    known totals weights hold, empty where answers are not weighted, and ``worth`` how many answers
    of one weight are as sure.
    """

    wave: str
    wave_before: str | None
    since: dt.date | None
    until: dt.date | None
    n: int
    n_to_hear: int | None
    channels: tuple[tuple[str, int | None], ...]
    shares: tuple[HeardShare, ...]
    changes: tuple[HeardChange, ...]
    quotes: tuple[Quote, ...]
    kinds: tuple[KindHeard, ...]
    margins: tuple[str, ...]
    worth: float
    least_shown: int

    def share(self, code: str) -> HeardShare | None:
        """Return the share of a code, None where it was not asked."""
        return next((one for one in self.shares if one.code == code), None)

    def change(self, code: str) -> HeardChange | None:
        """Return how the share of a code changed, None where that is not known."""
        return next((one for one in self.changes if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Heard:
    """What structures and residents say; None where none was asked."""

    structures: Voices | None
    residents: Voices | None
    needs: NeedsHeard | None = None
