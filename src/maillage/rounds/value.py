"""What a plan is worth: people, kilometres by road, regularity. The one measure that all use.

*People*: each point counts those wanting who would come to the best stop for them, as often as it
is held, and be received where a capacity is told. *Kilometres*: each vehicle's day from its depot
by its sessions in order of time and back. *Regularity*: the share of the sessions that stand on the
weekday and at the minute at which most sessions of their stop stand; a stop held once is regular;
1 where there is no session.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from maillage.kernel.geometry import FloatArray
from maillage.rounds.calendar import week_numbers
from maillage.rounds.model import Break, Frequency, Often, RoundPlan, RoundProblem, Session

PROVED_WITHIN = 1e-7
"""A plan is proved when nothing can be better by more than this share of its value."""


def served(problem: RoundProblem, held: Mapping[int, Often]) -> FloatArray:
    """Return (p,) the share of those wanting at each point that the stops held serve."""
    best = np.zeros(len(problem.wanting))
    for stop, often in held.items():
        good = problem.good(often.frequency) * problem.received(stop, often)
        np.maximum(best, problem.reach[stop] * good, out=best)
    return best


def people_of(problem: RoundProblem, held: Mapping[int, Often]) -> float:
    """Return the people that the stops held serve, summed without rounding."""
    return math.fsum(problem.wanting * served(problem, held))


def at_most(problem: RoundProblem, frequency: Frequency) -> Often:
    """Return how often a frequency is held in the month, no week being lost."""
    n_weeks = week_numbers(problem.dates)[-1] + 1 if problem.dates else 0
    most = {Frequency.WEEKLY: n_weeks, Frequency.FORTNIGHTLY: (n_weeks + 1) // 2}
    return Often(frequency, most.get(frequency, min(1, n_weeks)))


def kilometres_of(problem: RoundProblem, sessions: Iterable[Session]) -> float:
    """Return the kilometres by road of all days."""
    days: dict[tuple[int, int], list[Session]] = {}
    for session in sorted(sessions, key=_order):
        days.setdefault((session.date, session.vehicle), []).append(session)
    roads = []
    for (_, vehicle), held in sorted(days.items()):
        depot = problem.vehicles[vehicle].depot
        way = [depot, *(session.stop for session in held), depot]
        roads += [problem.kilometres[a, b] for a, b in pairwise(way)]
    return math.fsum(roads)


def regularity_of(problem: RoundProblem, sessions: Iterable[Session]) -> float:
    """Return the share 0-1 of the sessions that stand where most of their stop's do."""
    usual: dict[int, Counter[tuple[int, int]]] = {}
    for session in sessions:
        weekday = problem.dates[session.date].weekday()
        usual.setdefault(session.stop, Counter())[weekday, session.start] += 1
    n_sessions = sum(counts.total() for counts in usual.values())
    n_regular = sum(max(counts.values()) for counts in usual.values())
    return n_regular / n_sessions if n_sessions else 1.0


def plan_of(
    problem: RoundProblem,
    sessions: Sequence[Session],
    breaks: Sequence[Break],
    frequencies: Mapping[int, Frequency],
    answer: tuple[float, str | None, str],
) -> RoundPlan:
    """Return the plan, weighed; ``answer``: its bound, why the search stopped, the engine."""
    bound, stopped, engine = answer
    counts = Counter(session.stop for session in sessions)
    held = {stop: Often(often, counts[stop]) for stop, often in frequencies.items()}
    people = people_of(problem, held)
    bound = max(bound, people)
    proved = bound - people <= PROVED_WITHIN * max(1.0, bound)
    return RoundPlan(
        tuple(sorted(sessions, key=_order)),
        tuple(sorted(breaks, key=lambda b: (b.date, b.vehicle, b.start))),
        tuple(sorted(frequencies.items())),
        people,
        kilometres_of(problem, sessions),
        regularity_of(problem, sessions),
        bound,
        proved,
        None if proved else stopped,
        engine,
    )


def most_people(problem: RoundProblem) -> float:
    """Return what all stops held as often as they may be would be worth: no plan does better."""
    often = {
        number: at_most(problem, max(stop.frequencies, key=lambda one: one.sessions))
        for number, stop in enumerate(problem.stops)
        if stop.frequencies
    }
    return people_of(problem, often)


def _order(session: Session) -> tuple[int, int, int]:
    return session.date, session.vehicle, session.start
