"""Where help should go, in a few calls, for notebooks and for the terminal alike.

``p_median`` and ``covering`` take a file of the analysts' formats and give a frozen answer.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.kernel.errors import MissingExtra
from maillage.kernel.parameters import Parameter, Parameters, load_parameters
from maillage.kernel.progress import Progress, Silent

if TYPE_CHECKING:
    from maillage.kernel.budget import Budget
    from maillage.siting.model import Problem, Sited, SitingSolver

_GIB = 2**30


def _no_end() -> float:
    return math.inf


@cache
def _parameters_on(on: dt.date) -> Parameters:
    return load_parameters(on)


@dataclass(frozen=True, slots=True)
class Search:
    """How to search: the date of the parameters, a seed, a clock (seconds left), progress."""

    on: dt.date = field(default_factory=dt.date.today)
    seed: int = 0
    seconds_left: Callable[[], float] = field(default=_no_end)
    progress: Progress = field(default_factory=Silent)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters of siting in force."""
        return _parameters_on(self.on).under("siting")

    @property
    def longest_seconds(self) -> float:
        """How long a search lasts at most, where nobody says otherwise."""
        return _parameters_on(self.on).number("siting.longest_seconds")

    @property
    def budget(self) -> Budget:
        """The budget of a solver."""
        from maillage.kernel.budget import Budget

        memory = _parameters_on(self.on).number("siting.memory_gib") * _GIB
        return Budget(seed=self.seed, memory_bytes=memory, seconds_left=self.seconds_left)


@dataclass(frozen=True, slots=True)
class Answer:
    """A problem, and the sites chosen for it."""

    problem: Problem
    sited: Sited


def siting_solver() -> SitingSolver:
    """Return the solver: with HiGHS for what bounds leave over, alone where it is not installed."""
    from maillage.siting.bounded import BoundedSiting

    try:
        from maillage.engines.highs_siting import HighsRemainder

        return BoundedSiting(HighsRemainder())
    except MissingExtra:
        return BoundedSiting()


def p_median(path: Path, search: Search) -> Answer:
    """Choose the sites of an OR-Library file.

    Raises UnusableFile, ImpossibleDemand, TooLarge.
    """
    from maillage.siting.intake.or_library import read_or_library

    problem = read_or_library(path, search.budget.memory_bytes)
    return _solved(problem, search)


def covering(path: Path, radius: float, n_sites: int, search: Search) -> Answer:
    """Choose the sites of a file of points that cover the most demand within a radius in metres.

    Raises UnusableFile, ImpossibleDemand, TooLarge.
    """
    from maillage.siting.intake.sjc import covering_within, read_sjc
    from maillage.siting.model import Choice

    memory = search.budget.memory_bytes
    problem = covering_within(read_sjc(path), radius, Choice(n_sites), memory)
    return _solved(problem, search)


def _solved(problem: Problem, search: Search) -> Answer:
    return Answer(problem, siting_solver().solve(problem, search.budget, search.progress))
