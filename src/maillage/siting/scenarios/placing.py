"""Half-days put elsewhere by hand: what is free, what each would add, what the rules forbid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from maillage.access.timetable.model import IntArray
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.siting.posts.judge import half_days_reached, minutes_paid, received, willing
from maillage.siting.posts.model import Goal, Held, PostProblem
from maillage.siting.scenarios.worlds import venues_of


def room_left(problem: PostProblem, held: tuple[Held, ...]) -> IntArray:
    """Return (12, v) how many more helpers could be at each venue then, beside those there.

    Every post may be at one place at once; forbidden venues have no room.
    """
    left = np.where(problem.usable, problem.may_open, 0).astype(np.int32)
    at_once = np.full(len(left), problem.n_posts, dtype=np.int32)
    for one in held:
        left[one.half_day, one.venue] -= 1
        at_once[one.half_day] -= 1
    room: IntArray = np.clip(np.minimum(left, at_once[:, None]), 0, None)
    return room


def added_at(problem: PostProblem, held: tuple[Held, ...], venue: int) -> FloatArray:
    """Return (12,) what one more half-day at a venue would add, in the unit of the goal.

    Exact for REACHED, CHOICE and NEAR. For SERVED people sent from one venue to another are left
    out; for WORST it is what NEAR would gain: both only serve to choose a half-day.
    """
    if not problem.goal.is_of_people:
        return _nearer(problem, held, venue)
    return _people_added(problem, held, venue)


def _nearer(problem: PostProblem, held: tuple[Held, ...], venue: int) -> FloatArray:
    paid = minutes_paid(problem, held)
    there = np.where(np.isnan(problem.minutes[venue]), np.inf, problem.minutes[venue])
    saved = float(problem.wanting @ np.clip(paid - there, 0.0, None))
    return np.full(len(problem.reached), saved)


def _people_added(problem: PostProblem, held: tuple[Held, ...], venue: int) -> FloatArray:
    counts = half_days_reached(problem, held)
    if problem.goal is Goal.REACHED:
        alone: FloatArray = _summed(problem, venue) @ np.where(counts == 0, problem.wanting, 0.0)
        return alone
    served_now = willing(problem, counts)
    fresh = problem.reached[:, venue].copy()
    for half_day in {one.half_day for one in held}:
        there = [one.venue for one in held if one.half_day == half_day]
        fresh[half_day] &= ~problem.reached[half_day, there].any(axis=0)
    more: FloatArray = fresh.astype(np.float64) @ (willing(problem, counts + 1) - served_now)
    if problem.goal is not Goal.SERVED:
        return more
    waiting = served_now - received(problem, held, served_now)
    capped: FloatArray = np.minimum(
        more + _summed(problem, venue) @ waiting, problem.people_per_half_day
    )
    return capped


def _summed(problem: PostProblem, venue: int) -> FloatArray:
    """Return (12, p) 1 where a point reaches a venue then, 0 elsewhere."""
    return problem.reached[:, venue].astype(np.float64)


def settled(
    problem: PostProblem, rest: tuple[Held, ...], venue: int, leaving: tuple[Held, ...]
) -> tuple[Held, ...]:
    """Return the half-days ``rest``, and those ``leaving`` held at a venue as far as it has room.

    They are put one by one on the half-day that adds the most; of equal ones on the half-day that
    one of them had, then on the earliest. Fewer where there is no room for all.
    """
    held = rest
    liked = Counter(one.half_day for one in leaving)
    for _ in leaving:
        room = room_left(problem, held)[:, venue]
        if not room.any():
            break
        added = added_at(problem, held, venue)
        free = [half_day for half_day in range(len(room)) if room[half_day] > 0]
        most = max(added[free])
        best = [half_day for half_day in free if added[half_day] >= most - 1e-9]
        then = min(best, key=lambda half_day: (liked[half_day] <= 0, half_day))
        liked[then] -= 1
        held = tuple(sorted((*held, Held(venue, then))))
    return held


def against_rules(problem: PostProblem, held: tuple[Held, ...]) -> Iterator[str]:
    """Tell, in French clauses, what is decided about venues that these half-days do not follow."""
    rules, calendar = problem.rules, problem.calendar
    there = frozenset(venues_of(held))
    missing = rules.kept - set(held)
    if missing:
        yield tr("une demi-journée à maintenir manque à {venues}").format(
            venues=calendar.names({one.venue for one in missing})
        )
    if rules.forced - there:
        yield tr("{venues} : imposé, et laissé de côté").format(
            venues=calendar.names(rules.forced - there)
        )
    if rules.forbidden & there:
        yield tr("{venues} : interdit").format(venues=calendar.names(rules.forbidden & there))
    for group in rules.paired:
        if group & there and group - there:
            yield tr("{venues} : à tenir ensemble").format(venues=calendar.names(group))
    for group in sorted(rules.apart, key=sorted):
        if len(group & there) > 1:
            yield tr("{venues} : à ne pas tenir ensemble").format(
                venues=calendar.names(group & there)
            )
