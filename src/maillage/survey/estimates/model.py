"""What answers tell of everybody, frozen. Shares are 0-1; intervals are at 95 %.

None where nothing may be told: counts of few, and what would give them back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.kernel.findings import Finding


@dataclass(frozen=True, slots=True)
class Share:
    """A share told by ``n`` of those who answered; ``effect``: the design effect of its variance.

    ``n`` counts answers, never weighted; ``share``, ``low`` and ``high`` are of the population.
    All None where hidden.
    """

    n: int | None
    share: float | None
    low: float | None
    high: float | None
    effect: float | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether it may not be told."""
        return self.n is None


HIDDEN = Share(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a share lies whatever those who did not answer would have said.

    ``worst_*``: anything; ``soft_*``: a share that differs by at most ``delta`` (0-1) from that of
    those who did. ``n_silent``: how many they are.
    """

    n_silent: int
    worst_low: float
    worst_high: float
    soft_low: float
    soft_high: float
    delta: float


@dataclass(frozen=True, slots=True)
class ChoiceTold:
    """One choice of a question: how many chose it, and where the share of all lies."""

    name: str
    label: str
    told: Share
    bounds: Bounds | None = None


@dataclass(frozen=True, slots=True)
class MeanTold:
    """The mean and the median of numbers, with their 95 % intervals; in the question's own unit."""

    n: int
    mean: float
    low: float
    high: float
    median: float
    median_low: float
    median_high: float


@dataclass(frozen=True, slots=True)
class QuestionTold:
    """One question: how many were asked, answered, did not; what they chose, or their mean.

    ``n_answered`` None: too few to tell. ``several``: one may choose several, shares do not add up.
    """

    name: str
    label: str
    several: bool
    n_asked: int
    n_answered: int | None
    choices: tuple[ChoiceTold, ...] = ()
    mean: MeanTold | None = None

    @property
    def n_silent(self) -> int | None:
        """How many were asked and did not answer; None where hidden."""
        return None if self.n_answered is None else self.n_asked - self.n_answered

    def choice(self, name: str) -> ChoiceTold | None:
        """Return one choice by its name, None where there is none such."""
        return next((one for one in self.choices if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Crossed:
    """A question by the answers to another: a row for each class of it.

    ``rows``: the label of the class, how many answered in it (None hidden), its shares in the order
    of ``choices``.
    """

    name: str
    by: str
    choices: tuple[str, ...]
    rows: tuple[tuple[str, int | None, tuple[Share, ...]], ...]


@dataclass(frozen=True, slots=True)
class Estimated:
    """What a wave tells: ``n`` answers, of a population (None: so many that nobody counts).

    ``margins``: the questions whose known totals the weights hold; ``effect``: Kish's design effect
    of the weights; ``parameters``: the values used, by name.
    """

    form: str
    wave: str
    n: int
    population: float | None
    margins: tuple[str, ...]
    effect: float
    questions: tuple[QuestionTold, ...]
    crossed: tuple[Crossed, ...]
    parameters: Mapping[str, float]
    findings: tuple[Finding, ...] = ()

    def question(self, name: str) -> QuestionTold | None:
        """Return one question by its name, None where there is none such."""
        return next((one for one in self.questions if one.name == name), None)
