"""How a plan stands when a line of the timetables ends: who loses help, and the best plan then."""

from __future__ import annotations

from dataclasses import dataclass, replace

from maillage.siting.posts.model import Held, PostProblem
from maillage.siting.scenarios.present import in_reach
from maillage.siting.scenarios.robust import UnderVariant, Variant, under
from maillage.siting.scenarios.worlds import Asked, Search, Setting, worlds

_NOBODY = 1e-6
"""Under so many people nobody loses: sums are rounded."""


@dataclass(frozen=True, slots=True, eq=False)
class WithoutLine:
    """A line as its riders know it, and the setting without it: in both worlds, what is sure."""

    label: str
    setting: Setting


@dataclass(frozen=True, slots=True, eq=False)
class KnownLines:
    """The lines that call in a territory: how many, and the settings without some of them."""

    n_calling: int
    ended: tuple[WithoutLine, ...] = ()


@dataclass(frozen=True, slots=True)
class LineEnd:
    """One line ends: ``losing`` people with help in reach, new or present, would have none.

    ``under`` is the plan then, beside the best one.
    """

    losing: float
    under: UnderVariant


@dataclass(frozen=True, slots=True)
class LineEnds:
    """What the end of lines would change: of ``n_calling``, ``n_tried`` were tried.

    ``n_losing`` of those would take help out of somebody's reach; ``worst`` are the first of them,
    those that the most people lose by first.
    """

    n_calling: int
    n_tried: int
    n_losing: int
    worst: tuple[LineEnd, ...]


def end_lines(
    sure: tuple[PostProblem, Asked],
    held: tuple[Held, ...],
    lines: KnownLines,
    search: Search,
    *,
    at_most: int,
) -> LineEnds:
    """Return what the end of each line would change to a plan; ``at_most`` are searched again.

    ``sure`` is the problem of what runs for sure, and what is asked of it. Lines by whose end
    people lose alike stand in the order in which they are told.
    """
    problem, asked = sure
    same = replace(asked, unreached_minutes=problem.unreached_minutes)
    now = in_reach(problem, held)
    found = []
    for line in lines.ended:
        variant = Variant(line.label, worlds(line.setting, same).low)
        found.append((now - in_reach(variant.problem, held), variant))
    losing = [one for one in found if one[0] > _NOBODY]
    worst = sorted(losing, key=lambda one: -one[0])[:at_most]
    ends = tuple(
        LineEnd(loss, under(variant, held, search, problem.n_venues)) for loss, variant in worst
    )
    return LineEnds(lines.n_calling, len(lines.ended), len(losing), ends)
