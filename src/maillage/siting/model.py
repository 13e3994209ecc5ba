"""Problems of siting and their answers: which of the candidates to choose.

Demands and candidates are numbered from 0, in the order that the caller gives: give them sorted by
id, so that of two choices of the same value the same is always told.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress

CountArray = npt.NDArray[np.int64]

PROVED_WITHIN = 1e-7
"""A choice is proved when nothing can be better by more than this share of its value."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How many sites to choose, forced ones among them, and which may not be."""

    n_sites: int
    forced: frozenset[int] = frozenset()
    forbidden: frozenset[int] = frozenset()

    def check(self, n_candidates: int) -> None:
        """Raise ImpossibleDemand, telling what contradicts, where no choice can be made.

        ValueError where a number is no candidate's.
        """
        for number in sorted(self.forced | self.forbidden):
            if not 0 <= number < n_candidates:
                message = f"site {number} is none of the {n_candidates} candidates"
                raise ValueError(message)
        contradictions = tuple(self._contradictions(n_candidates))
        if contradictions:
            raise ImpossibleDemand(contradictions)

    def _contradictions(self, n_candidates: int) -> Iterable[str]:
        if self.n_sites < 1:
            yield tr("{n} site demandé : il en faut au moins un").format(n=self.n_sites)
        both = sorted(self.forced & self.forbidden)
        if both:
            told = ", ".join(str(number + 1) for number in both[:10]) + (" …" if both[10:] else "")
            yield tr(
                "mêmes candidats imposés et interdits (n° {told}) : retirez-les de l'une des listes"
            ).format(told=told)
        if len(self.forced) > max(self.n_sites, 0):
            yield tr("{forced} sites imposés, mais {n} à choisir en tout").format(
                forced=len(self.forced), n=self.n_sites
            )
        allowed = n_candidates - len(self.forbidden)
        if allowed < self.n_sites:
            yield tr(
                "{n} sites à choisir, mais {allowed} permis "
                "({candidates} candidats, dont {forbidden} interdits)"
            ).format(
                n=self.n_sites,
                allowed=allowed,
                candidates=n_candidates,
                forbidden=len(self.forbidden),
            )


@dataclass(frozen=True, slots=True, eq=False)
class PMedian:
    """Choose sites so that all demands together pay the least, each at its cheapest site.

    ``costs`` (n_demands, n_candidates): what a demand pays at a site, its weight included, not
    negative. ``unserved`` (n_demands,): what a demand pays at most, being left without any site
    dearer than that; None: every demand goes to a site. An infinite cost (no way there) needs
    ``unserved``: what having no help costs is the caller's to say.

    Raises ImpossibleDemand where the constraints contradict; ValueError where the arrays are not
    as said.
    """

    costs: FloatArray
    choice: Choice
    unserved: FloatArray | None = None

    def __post_init__(self) -> None:
        """Check what the class promises."""
        if self.costs.ndim != 2:
            message = "costs must be (n_demands, n_candidates)"
            raise ValueError(message)
        self.choice.check(self.n_candidates)
        if self.unserved is not None:
            _refuse_bad("unserved", self.unserved, (self.n_demands,))
        _refuse_bad("costs", self.costs, self.costs.shape, infinite=self.unserved is not None)

    @property
    def n_demands(self) -> int:
        """How many demands there are."""
        return int(self.costs.shape[0])

    @property
    def n_candidates(self) -> int:
        """How many sites may be chosen from."""
        return int(self.costs.shape[1])

    @property
    def n_pairs(self) -> int:
        """How many pairs of a demand and a site are weighed."""
        return int(self.costs.size)

    def value(self, sites: Iterable[int]) -> float:
        """Return what all demands pay with these sites, summed without rounding."""
        paid = self.costs[:, sorted(sites)].min(axis=1, initial=np.inf)
        return math.fsum(paid if self.unserved is None else np.minimum(paid, self.unserved))


@dataclass(frozen=True, slots=True, eq=False)
class Covering:
    """Choose sites so that as much weight as can be is covered (MCLP).

    ``weights`` (n_demands,), not negative. The demands that candidate j reaches are
    ``reached[first[j]:first[j + 1]]``, each once; ``shares``, alike, is how much of each is
    covered, 0-1 (gradual cover; None: all of it). A demand is covered by its best site alone.

    Raises ImpossibleDemand where the constraints contradict; ValueError where the arrays are not
    as said.
    """

    weights: FloatArray
    first: CountArray
    reached: CountArray
    choice: Choice
    shares: FloatArray | None = None

    def __post_init__(self) -> None:
        """Check what the class promises."""
        self.choice.check(self.n_candidates)
        _refuse_bad("weights", self.weights, self.weights.shape)
        if self.first[0] != 0 or self.first[-1] != self.n_pairs or np.any(np.diff(self.first) < 0):
            message = "first must rise from 0 to the length of reached"
            raise ValueError(message)
        if self.n_pairs and not 0 <= self.reached.min() <= self.reached.max() < self.n_demands:
            message = "reached tells a demand that is not there"
            raise ValueError(message)
        if len(np.unique(self.candidates * self.n_demands + self.reached)) < self.n_pairs:
            message = "a candidate reaches the same demand twice"
            raise ValueError(message)
        if self.shares is not None:
            _refuse_bad("shares", self.shares, self.reached.shape)
            if self.n_pairs and self.shares.max() > 1:
                message = "shares must lie between 0 and 1"
                raise ValueError(message)

    @property
    def n_demands(self) -> int:
        """How many demands there are."""
        return len(self.weights)

    @property
    def n_candidates(self) -> int:
        """How many sites may be chosen from."""
        return len(self.first) - 1

    @property
    def n_pairs(self) -> int:
        """How many pairs of a demand and a site that reaches it are weighed."""
        return len(self.reached)

    @property
    def candidates(self) -> CountArray:
        """The candidate of each pair, beside ``reached``."""
        return np.repeat(np.arange(self.n_candidates), np.diff(self.first))

    @property
    def covered(self) -> FloatArray:
        """The weight that each pair covers, beside ``reached``."""
        whole = self.weights[self.reached]
        return whole if self.shares is None else whole * self.shares

    def value(self, sites: Iterable[int]) -> float:
        """Return the weight that these sites cover, summed without rounding."""
        chosen = np.isin(self.candidates, sorted(sites))
        best = np.zeros(self.n_demands)
        np.maximum.at(best, self.reached[chosen], self.covered[chosen])
        return math.fsum(best)


Problem = PMedian | Covering


class Stopped(enum.Enum):
    """Why the search for a proof ended before there was one."""

    EFFORT = ("effort", "l'effort demandé est épuisé")
    TIME = ("time", "le temps donné est épuisé")
    INTERRUPTED = ("interrupted", "la recherche a été interrompue")

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label


@dataclass(frozen=True, slots=True)
class Sited:
    """The sites chosen, in order, what they are worth, and what none can do better than.

    ``bound`` is under ``value`` where the least is sought (p-median), above it where the most is
    (covering). ``stopped`` tells why there is no proof, None where there is one. ``engine`` names
    what chose.
    """

    sites: tuple[int, ...]
    value: float
    bound: float
    proved: bool
    stopped: Stopped | None
    engine: str

    @property
    def gap(self) -> float:
        """How far the value may be from the best, as a share of it; infinite for a value of 0."""
        apart = abs(self.value - self.bound)
        if apart == 0:
            return 0.0
        return apart / abs(self.value) if self.value else math.inf


class SitingSolver(Protocol):
    """What chooses sites."""

    @property
    def name(self) -> str:
        """What it is, in French, as answers name it."""

    def solve(self, problem: Problem, budget: Budget, progress: Progress) -> Sited:
        """Return the best choice found, and a bound.

        Raises TooLarge, with an estimate, before beginning what memory cannot hold.
        """


def _refuse_bad(
    name: str, array: FloatArray, shape: tuple[int, ...], *, infinite: bool = False
) -> None:
    """Refuse what is not numbers of that shape, none negative, finite unless said."""
    if array.shape != shape:
        message = f"{name} must be {shape}, not {array.shape}"
        raise ValueError(message)
    if np.isnan(array).any() or (array < 0).any() or (not infinite and np.isinf(array).any()):
        message = f"{name} must be numbers, not negative" + ("" if infinite else ", finite")
        raise ValueError(message)
