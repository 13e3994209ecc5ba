"""Answers weighted so that they count as the population does, by the margins that are known.

Raking (Deming and Stephan 1940): one margin after another until all hold; of one margin alone it
is post-stratification.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.kernel.findings import Finding, FindingKind, Severity, Where

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

UNKNOWN_CHOICE = FindingKind(
    "weights-unknown-choice",
    Severity.WARNING,
    "La marge « {margin} » ne dit rien de « {value} » : qui a répondu cela garde son poids.",
    "Ajoutez cette modalité à la marge, ou vérifiez son orthographe.",
)
NO_ANSWER_IN_CLASS = FindingKind(
    "weights-empty-class",
    Severity.WARNING,
    "Personne n'a répondu parmi « {value} » ({margin}) : aucun poids ne peut les représenter.",
    "Interrogez-en quelques-uns, ou lisez les résultats sans eux.",
)
MERGED_CLASS = FindingKind(
    "weights-merged-class",
    Severity.INFO,
    "« {value} » ({margin}) a moins de {n} réponses : comptée avec « {other} ».",
    "Avec plus de réponses, elle serait pesée à part.",
)
NOT_HELD = FindingKind(
    "weights-not-held",
    Severity.WARNING,
    "Les marges ne peuvent pas être tenues toutes ensemble (écart de {value} % au plus).",
    "Vérifiez que les marges disent la même population, ou retirez-en une.",
)
TRIMMED = FindingKind(
    "weights-trimmed",
    Severity.INFO,
    "Des réponses pesaient plus de {value} fois le poids du milieu : leur poids est limité.",
    "Une réponse qui pèse trop rend le résultat incertain ; la limite est un paramètre.",
)


@dataclass(frozen=True, slots=True)
class Margin:
    """What is known of the population by the answer to one question: people, or shares."""

    question: str
    totals: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weighting:
    """How answers are weighted; ``population``: of whom they speak, None = so many nobody counts.

    A class of fewer than ``least`` answers is counted with another; no weight is over ``most``
    times the middle one.
    """

    margins: tuple[Margin, ...] = ()
    population: float | None = None
    least: int = 5
    most: float = 5.0


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each answer (their sum is the population, else the answers), and by what.

    ``design``: answers × columns, what each weight was drawn from (a constant, then classes);
    ``left``: of each answer, what of its people was not asked (0-1): nothing is left to chance of
    who was all asked.
    """

    values: Floats
    design: Floats
    left: Floats
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Classes:
    """A margin made ready: the class of each answer (-1 = not told), and what each must weigh."""

    margin: str
    codes: Codes
    totals: Floats


def weigh(told: Mapping[str, Sequence[str]], n: int, asked: Weighting) -> Weights:
    """Return the weights of ``n`` answers whose answers to margins' questions are ``told``."""
    findings: list[Finding] = []
    size = asked.population or float(n)
    classes = [_classes(one, told[one.question], asked, findings) for one in asked.margins]
    classes = [one for one in classes if len(one.totals) > 1]
    values = np.full(n, size / n) if n else np.zeros(0)
    values = _raked(values, classes)
    values = _trimmed(values, classes, asked.most, findings)
    _tell_if_not_held(values, classes, findings)
    left = np.zeros(n)
    if n:
        left = np.ones(n) if asked.population is None else 1 - np.minimum(1 / values, 1.0)
    return Weights(values, _design(classes, n), left, tuple(findings))


_MOST_TRIMS = 40


def _classes(
    margin: Margin, told: Sequence[str], asked: Weighting, findings: list[Finding]
) -> _Classes:
    """Return the classes of one margin: those of too few answers with the largest of the few."""
    where = Where(field=margin.question)
    names = [name for name, total in margin.totals.items() if total > 0]
    place = {name: at for at, name in enumerate(names)}
    codes = np.array([place.get(one, -1) for one in told], dtype=np.int64)
    findings += (
        UNKNOWN_CHOICE.at(where, margin=margin.question, value=value)
        for value in sorted({one for one in told if one and one not in place})
    )
    totals = np.array([margin.totals[name] for name in names], dtype=np.float64)
    counts = np.bincount(codes[codes >= 0], minlength=len(names))
    goes = _merged(counts, asked.least)
    for at, name in enumerate(names):
        if counts[at] == 0:
            findings.append(NO_ANSWER_IN_CLASS.at(where, margin=margin.question, value=name))
        elif goes[at] != at:
            findings.append(
                MERGED_CLASS.at(
                    where,
                    margin=margin.question,
                    value=name,
                    n=asked.least,
                    other=names[goes[at]],
                )
            )
    kept = np.unique(goes)
    again = np.full(len(names) + 1, -1)
    again[kept] = np.arange(len(kept))
    merged = again[goes]
    sums = np.bincount(merged, totals, minlength=len(kept)) if names else np.zeros(0)
    told_codes = np.where(codes >= 0, merged[codes], -1) if names else codes
    share = sums / sums.sum() if sums.sum() > 0 else sums
    return _Classes(margin.question, told_codes, np.asarray(share, dtype=np.float64))


def _merged(counts: Codes, least: int) -> Codes:
    """Return with which class each is counted: small ones with each other, then the next smallest.

    Classes of nobody go with the small ones: their people are told of by the nearest there is.
    """
    goes = np.arange(len(counts))
    small = [at for at in np.argsort(counts, kind="stable") if counts[at] < least]
    if not small or len(counts) == 1:
        return goes
    total = int(counts[small].sum())
    if total < least:
        others = [at for at in np.argsort(counts, kind="stable") if counts[at] >= least]
        if others:
            small.append(others[0])
    head = max(small, key=lambda at: (counts[at], -at))
    goes[small] = head
    return goes


def _raked(values: Floats, classes: Sequence[_Classes], most_rounds: int = 200) -> Floats:
    """Return the weights that hold every margin, as near as they can be held together."""
    values = values.copy()
    for _ in range(most_rounds):
        far = 0.0
        for one in classes:
            factors = _factors(values, one)
            far = max(far, float(np.abs(factors - 1).max(initial=0.0)))
            known = one.codes >= 0
            values[known] *= factors[one.codes[known]]
        if far < 1e-9:
            break
    return values


def _factors(values: Floats, one: _Classes) -> Floats:
    """Return by what each class is to be multiplied; those who told no class keep their part."""
    known = one.codes >= 0
    sums = np.bincount(one.codes[known], values[known], minlength=len(one.totals))
    target = one.totals * sums.sum()
    return np.where(sums > 0, target / np.where(sums > 0, sums, 1.0), 1.0)


def _trimmed(
    values: Floats, classes: Sequence[_Classes], most: float, findings: list[Finding]
) -> Floats:
    """Return the weights none of which is over ``most`` times the middle one."""
    if not len(values) or not classes:
        return values
    size, ever = values.sum(), np.zeros(len(values), dtype=bool)
    for step in range(_MOST_TRIMS):
        limit = most * float(np.median(values))
        over = values > limit * (1 + 1e-9)
        if not over.any():
            break
        ever |= over
        values = np.minimum(values, limit)
        if step < _MOST_TRIMS // 2:  # what the limit takes, others of the class may give back
            values = _raked(values, classes, most_rounds=1)
        values *= size / values.sum()
    if ever.any():
        findings.append(TRIMMED.at(Where(), value=f"{most:g}"))
    return values


def _tell_if_not_held(values: Floats, classes: Sequence[_Classes], findings: list[Finding]) -> None:
    far = max(
        (float(np.abs(_factors(values, one) - 1).max(initial=0.0)) for one in classes),
        default=0.0,
    )
    if far > 0.01:
        findings.append(NOT_HELD.at(Where(), value=f"{100 * far:.0f}"))


def _design(classes: Sequence[_Classes], n: int) -> Floats:
    """Return what weights are drawn from: a constant, then each class but the first."""
    columns = [np.ones(n)]
    for one in classes:
        columns += [(one.codes == at).astype(np.float64) for at in range(1, len(one.totals))]
    return np.stack(columns, axis=1)
