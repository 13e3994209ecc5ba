"""A floor held where it can be: everywhere if the means allow it, but for some communes if not."""

from __future__ import annotations

from dataclasses import replace

from maillage.access.visits.bounds import Bounds
from maillage.siting.posts.floor import FloorTooHigh, newly_reached
from maillage.siting.posts.model import PostProblem
from maillage.siting.posts.rules import Held
from maillage.siting.scenarios.worlds import Search


def floor_where_possible(
    both: Bounds[PostProblem], search: Search, *, high: bool
) -> Bounds[PostProblem]:
    """Return both problems, some communes spared where no plan of one world holds the floor.

    ``high`` tells which world is planned for. Spared are the communes that a plan of the fewest
    people under the floor leaves there. Raises what the solver raises.
    """
    spared: frozenset[int] = frozenset()
    while True:
        told = Bounds(replace(both.low, spared=spared), replace(both.high, spared=spared))
        main = told.high if high else told.low
        if main.floor is None:
            return both
        try:
            search.solve(main)
        except FloorTooHigh as error:
            if spared >= frozenset(error.zones):
                raise
            spared |= frozenset(error.zones)
        else:
            return told if spared else both


def shares_under(problem: PostProblem, held: tuple[Held, ...]) -> tuple[tuple[int, float], ...]:
    """Return the communes spared that a plan leaves under the floor, with their share 0-1."""
    if problem.floor is None:
        return ()
    reached = problem.zone_reached + newly_reached(problem, held)
    return tuple(
        (zone, float(reached[zone] / problem.zone_people[zone]))
        for zone in sorted(problem.spared)
        if reached[zone] < problem.floor * problem.zone_people[zone] * (1 - 1e-9)
    )
