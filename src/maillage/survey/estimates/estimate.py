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
from maillage.survey.estimates.sampling import Sample, Shares
from maillage.survey.estimates.weights import Weighting, weigh
from maillage.survey.forms.model import Form, QuestionKind

Flags = NDArray[np.bool_]


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
    silent = _silent(len(answers), asked)
    return Estimated(
        form=form.id,
        wave=wave,
        n=len(answers),
        population=weighting.population,
        margins=tuple(margins),
        effect=sample.effect(),
        questions=tuple(_question(one, sample, policy, silent) for one in columns),
        crossed=tuple(_crossings(columns, asked.by, sample, policy)),
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


def _question(column: Column, sample: Sample, policy: Policy, silent: float) -> QuestionTold:
    n_asked, n_answered = int(column.asked.sum()), int(column.answered.sum())
    several = column.question.kind is QuestionKind.SELECT_MULTIPLE
    head = (column.question.name, column.question.label, several, n_asked)
    if 0 < n_answered < policy.least or 0 < n_asked - n_answered < policy.least <= n_answered:
        # The silent are few, or those who answered: neither is told, shares are where they may.
        shown_answered = None
    else:
        shown_answered = n_answered
    if column.chosen is None:
        told = _mean(column, sample, n_answered) if n_answered >= policy.least else None
        return QuestionTold(*head, shown_answered, mean=told)
    shares = sample.shares(column.chosen, column.answered)
    shown = _shown(shares, several, policy.least)
    n_silent = silent + n_asked - n_answered
    choices = tuple(
        ChoiceTold(
            name,
            label,
            one,
            None if one.share is None else bounds_of(one.share, n_answered, n_silent, policy.delta),
        )
        for (name, label), one in zip(column.choices, shown, strict=True)
    )
    return QuestionTold(*head, shown_answered, choices)


def _shown(told: Shares, several: bool, least: int) -> list[Share]:  # noqa: FBT001 - a flag of the question
    """Return the shares of a question that may be told."""
    counts = [int(one) for one in told.counts]
    if told.n < least:
        return [HIDDEN] * len(counts)
    if several:
        # Whoever did not choose is a class too: neither side may be of few.
        kept = [n == 0 or (n >= least and (told.n - n == 0 or told.n - n >= least)) for n in counts]
    else:
        kept = [n is not None for n in masked(counts, least)]
    low, high = told.intervals()
    columns = zip(counts, told.shares, low, high, told.effect, strict=True)
    every = [Share(n, *map(float, rest)) for n, *rest in columns]
    return [one if keep else HIDDEN for one, keep in zip(every, kept, strict=True)]


def _mean(column: Column, sample: Sample, n: int) -> MeanTold:
    assert column.numbers is not None  # noqa: S101 - a column has choices or numbers
    numbers = np.where(column.answered, column.numbers, 0.0)
    return MeanTold(
        n, *sample.mean(numbers, column.answered), *sample.median(numbers, column.answered)
    )


def _crossings(
    columns: Sequence[Column], by: Sequence[str], sample: Sample, policy: Policy
) -> Iterator[Crossed]:
    named = {one.question.name: one for one in columns}
    for name in by:
        classes = named.get(name)
        if classes is None or classes.chosen is None:
            continue
        for column in columns:
            if column is not classes and column.chosen is not None:
                yield _crossed(column, classes, sample, policy.least)


def _crossed(column: Column, classes: Column, sample: Sample, least: int) -> Crossed:
    assert column.chosen is not None and classes.chosen is not None  # noqa: S101 - both have choices
    told = [
        sample.shares(column.chosen, column.answered & classes.chosen[:, at])
        for at in range(len(classes.choices))
    ]
    several = column.question.kind is QuestionKind.SELECT_MULTIPLE
    rows = [_shown(one, several, least) for one in told]
    if not several:
        table = masked_table([[int(n) for n in one.counts] for one in told], least)
        rows = [
            [share if n is not None else HIDDEN for share, n in zip(row, kept, strict=True)]
            for row, kept in zip(rows, table, strict=True)
        ]
    return Crossed(
        column.question.name,
        classes.question.name,
        tuple(label for _, label in column.choices),
        tuple(
            (label, one.n if one.n >= least or one.n == 0 else None, tuple(row))
            for (_, label), one, row in zip(classes.choices, told, rows, strict=True)
        ),
    )
