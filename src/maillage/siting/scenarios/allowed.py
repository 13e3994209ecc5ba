"""Whether some half-days are a plan of a problem, and in French why they are none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from maillage.kernel.french import plural
from maillage.kernel.language import tr
from maillage.siting.posts.model import Held, PostProblem
from maillage.siting.posts.rules import told_half_day
from maillage.siting.scenarios.placing import against_rules
from maillage.siting.scenarios.valued import lived


def why_no_plan(problem: PostProblem, held: tuple[Held, ...]) -> tuple[str, ...]:
    """Return why half-days are no plan of a problem, in French clauses; nothing where they are."""
    return tuple(_why_not(problem, held))


def _why_not(problem: PostProblem, held: tuple[Held, ...]) -> Iterator[str]:
    yield from against_rules(problem, held)
    if len(held) > problem.budget:
        yield tr("{n} demi-journées sont tenues, pour {budget} en tout").format(
            n=len(held), budget=problem.budget
        )
    yield from _overfull(problem, held)
    if lived(problem, held).under_floor:
        yield tr("une commune y reste sous le plancher demandé")


def _overfull(problem: PostProblem, held: tuple[Held, ...]) -> Iterator[str]:
    """Tell where more helpers stand than a venue has room for, or than there are posts."""
    for one, n in sorted(Counter(held).items()):
        room = int(problem.may_open[one.half_day, one.venue])
        told = problem.calendar.name(one.venue), told_half_day(one.half_day)
        if room == 0:
            yield tr("{venue} n'est pas ouvert {then}").format(venue=told[0], then=told[1])
        elif n > room:
            yield tr("{venue} n'a pas de place pour {n} postes {then}").format(
                venue=told[0], n=n, then=told[1]
            )
    for half_day, n in sorted(Counter(one.half_day for one in held).items()):
        if n > problem.n_posts:
            yield tr("{n} permanences sont tenues {then}, pour {posts}").format(
                n=n, then=told_half_day(half_day), posts=plural(problem.n_posts, tr("poste"))
            )
