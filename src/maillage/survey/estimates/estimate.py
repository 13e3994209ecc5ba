"""The verb: answers and a form → what they tell of everybody, with how sure, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from maillage.kernel.masking import masked, masked_table
from maillage.kernel.parameters import Parameters
from maillage.survey.answers.model import Answer
from maillage.survey.estimates.bounds import bounds_of
from maillage.survey.estimates.columns import Column, asked_by, columns_of, told_of
from maillage.survey.estimates.model import (
    HIDDEN,
    ChoiceTold,
    Crossed,
    Estimated,
    MeanTold,
    QuestionTold,
    Share,
)
from maillage.survey.estimates.sampling import Sample, Shares, intervals_of
from maillage.survey.estimates.weights import Weighting, weigh
from maillage.survey.forms.model import Form, QuestionKind

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Policy:
    """What is told of few, and how different the silent may be; from dated parameters.

    A count under ``least`` is hidden; ``delta`` (0-1): see ``bounds_of``.
    """

    least: int
    delta: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be estimated: how answers weigh, and by which questions others are crossed.

    ``census``: all of the population was to be heard, so that whoever did not answer is silent.
    """

    weighting: Weighting = field(default_factory=Weighting)
    by: tuple[str, ...] = ()
    census: bool = False


def policy_of(parameters: Parameters) -> Policy:
    """Return the policy in force on the day of the parameters."""
    return Policy(
        least=round(parameters.number("survey.least_shown")),
        delta=parameters.number("survey.silent_difference"),
    )


def weighting_of(parameters: Parameters, told: Weighting) -> Weighting:
    """Return a weighting with the limits in force on the day of the parameters."""
    return Weighting(
        told.margins,
        told.population,
        least=round(parameters.number("survey.least_in_class")),
        most=parameters.number("survey.most_weight"),
    )


def estimate(
    answers: Sequence[Answer], form: Form, asked: Asked, parameters: Parameters, wave: str = ""
) -> Estimated:
    """Return what answers to a form tell of everybody.

    Answers stand for as many draws at random; weights follow ``asked.weighting`` within the limits
    of the parameters.
    """
    policy, weighting = policy_of(parameters), weighting_of(parameters, asked.weighting)
    margins = [one.question for one in weighting.margins]
    weights = weigh(told_of(answers, margins), len(answers), weighting)
    sample = Sample(weights)
    columns = columns_of(form, answers, asked_by(form))
    counted = [_counted(one, sample) for one in columns]
    crossings = list(_crossings(columns, asked.by, sample))
    every = [*counted, *(row for one in crossings for row in one.rows)]
    # All intervals at once: each costs little more than one.
    ends = iter(intervals_of([one.shares for one in every if one.shares is not None]))
    silent = _silent(len(answers), asked)
    return Estimated(
        form=form.id,
        wave=wave,
        n=len(answers),
        population=weighting.population,
        margins=tuple(margins),
        effect=sample.effect(),
        questions=tuple(_question(one, ends, policy, silent) for one in counted),
        crossed=tuple(_crossed(one, ends, policy.least) for one in crossings),
        parameters={
            one.name: float(one.value)
            for one in parameters.under("survey")
            if isinstance(one.value, int | float)
        },
        findings=weights.findings,
    )


def _silent(n: int, asked: Asked) -> float:
    """Return how many of the population were to be heard and did not answer at all."""
    population = asked.weighting.population
    return max(population - n, 0.0) if asked.census and population is not None else 0.0


Ends = Iterator[tuple[Floats, Floats]]
"""The intervals of shares, in the order in which they were counted."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A question counted among some answers: its shares, or its mean; None where it has none."""

    column: Column
    n_asked: int
    n_answered: int
    shares: Shares | None
    mean: MeanTold | None = None

    @property
    def several(self) -> bool:
        """Whether one may choose several."""
        return self.column.question.kind is QuestionKind.SELECT_MULTIPLE


@dataclass(frozen=True, slots=True)
class _Crossing:
    """A question counted in each class of another."""

    column: Column
    classes: Column
    rows: tuple[_Counted, ...]


def _counted(column: Column, sample: Sample, among: Flags | None = None) -> _Counted:
    asked = column.asked if among is None else column.asked & among
    answered = column.answered if among is None else column.answered & among
    n_asked, n_answered = int(asked.sum()), int(answered.sum())
    if column.chosen is not None:
        return _Counted(column, n_asked, n_answered, sample.shares(column.chosen, answered))
    if column.numbers is None or not n_answered:
        return _Counted(column, n_asked, n_answered, None)
    numbers = np.where(answered, column.numbers, 0.0)
    mean = MeanTold(n_answered, *sample.mean(numbers, answered), *sample.median(numbers, answered))
    return _Counted(column, n_asked, n_answered, None, mean)


def _crossings(columns: Sequence[Column], by: Sequence[str], sample: Sample) -> Iterator[_Crossing]:
    named = {one.question.name: one for one in columns}
    for classes in (named[name] for name in by if name in named):
        flags = classes.chosen
        for column in columns:
            if flags is not None and column is not classes and column.chosen is not None:
                among = range(len(classes.choices))
                rows = tuple(_counted(column, sample, flags[:, at]) for at in among)
                yield _Crossing(column, classes, rows)


def _question(told: _Counted, ends: Ends, policy: Policy, silent: float) -> QuestionTold:
    question, n, n_silent = told.column.question, told.n_answered, told.n_asked - told.n_answered
    # Where the silent are few, or those who answered, how many they are is not told.
    few = 0 < n < policy.least or (0 < n_silent < policy.least <= n)
    head = (question.name, question.label, told.several, told.n_asked, None if few else n)
    if told.shares is None:
        return QuestionTold(*head, mean=told.mean if n >= policy.least else None)
    shown = _shown(told, next(ends), policy.least)
    choices = tuple(
        ChoiceTold(
            name,
            label,
            one,
            None if one.share is None else bounds_of(one.share, n, silent + n_silent, policy.delta),
        )
        for (name, label), one in zip(told.column.choices, shown, strict=True)
    )
    return QuestionTold(*head, choices)


def _shown(told: _Counted, ends: tuple[Floats, Floats], least: int) -> list[Share]:
    """Return the shares of a question that may be told."""
    shares = told.shares
    if shares is None or shares.n < least:
        return [HIDDEN] * len(told.column.choices)
    counts = [int(one) for one in shares.counts]
    if told.several:
        # Whoever did not choose is a class too: neither side may be of few.
        kept = [n == 0 or (n >= least and not 0 < shares.n - n < least) for n in counts]
    else:
        kept = [n is not None for n in masked(counts, least)]
    columns = zip(counts, shares.shares, *ends, shares.effect, strict=True)
    every = [Share(n, *map(float, rest)) for n, *rest in columns]
    return [one if keep else HIDDEN for one, keep in zip(every, kept, strict=True)]


def _crossed(told: _Crossing, ends: Ends, least: int) -> Crossed:
    rows = [_shown(one, next(ends), least) for one in told.rows]
    counts = [[int(n) for n in one.shares.counts] for one in told.rows if one.shares is not None]
    if not told.rows[0].several:
        rows = [
            [share if n is not None else HIDDEN for share, n in zip(row, kept, strict=True)]
            for row, kept in zip(rows, masked_table(counts, least), strict=True)
        ]
    return Crossed(
        told.column.question.name,
        told.classes.question.name,
        tuple(label for _, label in told.column.choices),
        tuple(
            (label, None if 0 < one.n_answered < least else one.n_answered, tuple(row))
            for (_, label), one, row in zip(told.classes.choices, told.rows, rows, strict=True)
        ),
    )
