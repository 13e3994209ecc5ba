"""How often the 95 % intervals of surveys hold the truth, over the designs shipped.

Populations are drawn, samples drawn from them, weighted and told by the code that reports use::

    python -m bench.survey_coverage            # the whole grid, some minutes
    python -m bench.survey_coverage --quick    # the grid of the tests
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.survey.estimates.intervals import TAIL, mid_p_above
from maillage.survey.estimates.sampling import Sample
from maillage.survey.estimates.weights import Margin, Weighting, weigh

Floats = NDArray[np.float64]
SHARES = np.array([0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.97, 0.98])
SIZES = (15, 25, 40, 60, 100, 140, 200, 400)
TYPES = (0.25, 0.2, 0.15, 0.1, 0.08, 0.07, 0.06, 0.05, 0.04)
AGES = (0.18, 0.24, 0.25, 0.2, 0.13)
SEXES = (0.52, 0.48)
MEANS = (0.3, 0.4, 0.3)
EFFECTS = (0.0, 1.5)
"""How much answers differ between classes (in log odds, from the middle to the ends)."""


@dataclass(frozen=True, slots=True)
class Design:
    """A population and the margins known of it."""

    name: str
    population: int
    margins: tuple[tuple[float, ...], ...]


DESIGNS = (
    Design("simple, 160 structures", 160, ()),
    Design("simple, 20 000 inhabitants", 20_000, ()),
    Design("post-stratified by kind, 160 structures", 160, (TYPES,)),
    Design("post-stratified by age, 20 000 inhabitants", 20_000, (AGES,)),
    Design("raked by age, sex and means, 20 000 inhabitants", 20_000, (AGES, SEXES, MEANS)),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """How often the interval held the truth, of ``n`` answers where the truth is ``share``."""

    design: str
    n: int
    effect: float
    share: float
    held: float


def cells(n_samples: int, n_populations: int, sizes: tuple[int, ...], seed: int) -> Iterator[Cell]:
    """Give the coverage of each cell of the grid whose truth is from 2 to 98 %.

    The truths that one population draws of a share are those of its own: cells are told by share
    and size, over all populations.
    """
    rng = np.random.default_rng(seed)
    for design in DESIGNS:
        for n in sizes:
            for effect in EFFECTS if design.margins else EFFECTS[:1]:
                if n < design.population:
                    yield from _cells(design, n, effect, (n_samples, n_populations), rng)


def _cells(
    design: Design, n: int, effect: float, repeats: tuple[int, int], rng: np.random.Generator
) -> Iterator[Cell]:
    held = np.zeros(len(SHARES))
    for _ in range(repeats[1]):
        classes, answers = _population(design, effect, rng)
        for _ in range(repeats[0]):
            held += _held(design, classes, answers, n, rng)
    for share, told in zip(SHARES, held / (repeats[0] * repeats[1]), strict=True):
        yield Cell(design.name, n, effect, float(share), float(told))


def _population(
    design: Design, effect: float, rng: np.random.Generator
) -> tuple[list[NDArray[np.int64]], NDArray[np.bool_]]:
    """Return the classes of everybody by margin, and their answers to a question of each share.

    Exactly so many say yes as the share tells, rounded: who does depends on the classes.
    """
    size = design.population
    classes = [rng.choice(len(one), size=size, p=one) for one in design.margins]
    lean = np.zeros(size)
    for one, told in zip(classes, design.margins, strict=True):
        lean += np.linspace(-effect, effect, len(told))[one]
    answers = np.zeros((size, len(SHARES)), dtype=np.bool_)
    for at, share in enumerate(SHARES):
        # The first by a logistic draw around their lean: classes lean, and the count is exact.
        order = np.argsort(-(lean + rng.logistic(size=size)))
        answers[order[: max(round(share * size), 1)], at] = True
    return classes, answers


def _held(
    design: Design,
    classes: list[NDArray[np.int64]],
    answers: NDArray[np.bool_],
    n: int,
    rng: np.random.Generator,
) -> Floats:
    """Return, by share, 1 where the interval of one sample holds the truth: where its tails do."""
    drawn = rng.choice(design.population, n, replace=False)
    margins, told = [], {}
    for at, everybody in enumerate(classes):
        counts = np.bincount(everybody)
        margins.append(Margin(str(at), {str(i): float(c) for i, c in enumerate(counts)}))
        told[str(at)] = [str(i) for i in everybody[drawn]]
    weights = weigh(told, n, Weighting(tuple(margins), design.population))
    shares = Sample(weights).shares(answers[drawn], np.ones(n, dtype=np.bool_))
    above = mid_p_above(shares.shares, shares.n_effective, answers.mean(axis=0))
    return ((above >= TAIL) & (above <= 1 - TAIL)).astype(np.float64)


def main() -> None:
    """Print the coverage by design, and its worst cells."""
    quick = "--quick" in sys.argv
    repeats = (40, 5) if quick else (100, 20)
    sizes = (15, 60, 140) if quick else SIZES
    found = list(cells(*repeats, sizes, seed=8))
    print(f"{len(found)} cells, {repeats[0] * repeats[1]} samples each")
    for design in DESIGNS:
        mine = [one for one in found if one.design == design.name]
        worst = sorted(mine, key=lambda one: one.held)[:3]
        low = ", ".join(f"{one.held:.3f} (n={one.n}, p={one.share:g})" for one in worst)
        mean = np.mean([one.held for one in mine])
        print(f"{design.name:50} mean {mean:.3f}  lowest {low}")
    print(f"{'all':50} mean {np.mean([one.held for one in found]):.3f}")


if __name__ == "__main__":
    main()
