"""Needs by commune, from what residents say and what the fragility score says, each as far as sure.

The score is known everywhere but only says where people are more likely in difficulty; answers say
it themselves, but few are of one commune. Each commune keeps a mean of both, weighted by how sure
each is (an area-level model after Fay and Herriot): a commune of few answers leans on its score,
and one of too few keeps it alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage.kernel.geometry import FloatArray
from maillage.kernel.intervals import Z_975
from maillage.kernel.parameters import Parameters

_STEPS = 60  # of a search by halves: to the last bit of a share


@dataclass(frozen=True, slots=True)
class Resident:
    """One answer: where, in difficulty or not, and for how many it counts (``weight`` > 0)."""

    code_insee: str
    in_difficulty: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class CommuneHeard:
    """What is kept of a commune where enough answered; shares are 0-1, of adults in difficulty.

    ``survey`` is the share among the ``n`` who answered (``n_yes`` of them, unweighted),
    ``model`` what the fragility score says, ``kept`` their mean with its 95 % interval, in which
    the survey counts for ``pull`` (0-1).
    """

    code_insee: str
    n: int
    n_yes: int
    survey: float
    model: float
    pull: float
    kept: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class NeedsHeard:
    """How residents' answers move the needs of communes.

    ``n`` answers told both where and whether; ``share`` (0-1) is theirs, weighted. ``spread`` is
    the standard deviation kept between true shares and those of the score, ``measured`` where the
    answers tell it. ``communes`` are those of ``least_n`` answers or more, most answers first;
    ``n_alone`` others keep their score.
    """

    n: int
    share: float
    least_n: int
    spread: float
    measured: bool
    communes: tuple[CommuneHeard, ...]
    n_alone: int


@dataclass(frozen=True, slots=True)
class _Direct:
    """What answers alone say of a commune: ``effective`` answers of one weight are worth its n."""

    code_insee: str
    n: int
    n_yes: int
    share: float
    effective: float


def needs_heard(
    residents: Sequence[Resident], model: dict[str, tuple[float, float]], parameters: Parameters
) -> NeedsHeard | None:
    """Return what is kept of each commune; None where no commune has enough answers.

    ``model`` tells the people of each commune, by INSEE code, and its weight of need a head, of
    which only proportions mean anything: both 0 or more. Answers from elsewhere do not count.
    """
    placed = [one for one in residents if one.code_insee in model]
    least = round(parameters.number("heard.least_by_commune"))
    direct = sorted(
        (one for one in map(_direct, _by_commune(placed)) if one.n >= least),
        key=lambda one: (-one.n, one.code_insee),
    )
    whole = _direct(placed) if placed else None
    people = sum(each for each, _ in model.values())
    weighed = sum(each * head for each, head in model.values())
    if whole is None or not direct or weighed <= 0.0 or whole.share in {0.0, 1.0}:
        return None
    level = whole.share * people / weighed
    said = np.minimum([model[one.code_insee][1] * level for one in direct], 1.0)
    shares = np.array([one.share for one in direct])
    # The variance of few answers is that of the share expected, for none of ten would tell of none.
    expected = np.clip(0.5 * (said + whole.share), 0.01, 0.99)
    variances = expected * (1.0 - expected) / np.array([one.effective for one in direct])
    measured = len(direct) >= parameters.number("heard.least_communes")
    spread = _spread(shares - said, variances, parameters) if measured else None
    usual = parameters.number("heard.usual_model_spread")
    kept = _Kept(variances, spread, usual, whole)
    return NeedsHeard(
        n=len(placed),
        share=whole.share,
        least_n=least,
        spread=kept.spread,
        measured=kept.measured,
        communes=tuple(kept.commune(at, one, float(said[at])) for at, one in enumerate(direct)),
        n_alone=len(model) - len(direct),
    )


def _by_commune(residents: Sequence[Resident]) -> list[list[Resident]]:
    found: dict[str, list[Resident]] = {}
    for one in residents:
        found.setdefault(one.code_insee, []).append(one)
    return list(found.values())


def _direct(residents: Sequence[Resident]) -> _Direct:
    weights = np.array([one.weight for one in residents])
    yes = np.array([one.in_difficulty for one in residents])
    total = float(weights.sum())
    return _Direct(
        residents[0].code_insee,
        len(residents),
        int(yes.sum()),
        float(weights[yes].sum()) / total,
        total * total / float((weights * weights).sum()),
    )


def _spread(apart: FloatArray, variances: FloatArray, parameters: Parameters) -> float:
    """Return the spread at which distances to the model are as large as they should be.

    Moments of Fay and Herriot: the sum of squared distances, each over its variance, is the number
    of communes, one less for the level taken from the same answers.
    """
    expected = max(len(apart) - 1, 1)

    def excess(squared: float) -> float:
        """Say how far distances are too large for a spread, whose square is given."""
        return float((apart * apart / (squared + variances)).sum()) - expected

    least = parameters.number("heard.least_model_spread")
    low, high = 0.0, 1.0
    if excess(low) <= 0.0:
        return least
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if excess(middle) > 0.0 else (low, middle)
    return max(least, float(np.sqrt(high)))


class _Kept:
    """How the two are put together: the mean squared error holds what is itself estimated.

    ``spread`` None = it could not be measured, and is the ``usual`` one.
    """

    def __init__(
        self, variances: FloatArray, spread: float | None, usual: float, whole: _Direct
    ) -> None:
        self.measured = spread is not None
        self.spread = usual if spread is None else spread
        self._variances = variances
        self._squared = self.spread * self.spread
        self._level = whole.share * (1.0 - whole.share) / whole.effective
        inverse = float((1.0 / (self._squared + variances)).sum())
        self._unsure = 2.0 * len(variances) / (inverse * inverse) if self.measured else 0.0

    def commune(self, at: int, direct: _Direct, model: float) -> CommuneHeard:
        """Return what is kept of the commune of that rank."""
        variance = float(self._variances[at])
        whole = self._squared + variance
        pull = self._squared / whole
        kept = pull * direct.share + (1.0 - pull) * model
        error = (
            pull * variance
            + (1.0 - pull) ** 2 * self._level
            + 2.0 * variance * variance / whole**3 * self._unsure
        )
        # The score never makes a share less sure than its answers alone make it.
        error = min(error, variance)
        half = Z_975 * float(np.sqrt(error))
        return CommuneHeard(
            code_insee=direct.code_insee,
            n=direct.n,
            n_yes=direct.n_yes,
            survey=direct.share,
            model=model,
            pull=pull,
            kept=kept,
            low=max(0.0, kept - half),
            high=min(1.0, kept + half),
        )
