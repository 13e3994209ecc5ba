"""Where to put new posts, and one place rather than another, in a few calls.

``made_ground`` makes the ground and keeps it in the cache, ``planned_posts`` plans on it;
``ready_ground`` takes the one kept, where nothing that it is made of has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.wiring.unreached import Brought, GroundAsked

if TYPE_CHECKING:
    import datetime as dt

    from maillage.access.unreached.model import Venue
    from maillage.jobs.asked_posts import PostsAsked
    from maillage.jobs.kept_plan import HeldAt
    from maillage.jobs.move_posts import PresentPlan
    from maillage.jobs.plan_posts import PostsAnswer, PostsGround
    from maillage.jobs.ports import PublicSources
    from maillage.kernel.parameters import Parameters
    from maillage.kernel.progress import Progress
    from maillage.territory.model import Territory
    from maillage.wiring.house import SourceChoice
    from maillage.wiring.kept_ground import KeptGround
    from maillage.wiring.siting import Search


Check = Callable[[tuple["Venue", ...]], object]
"""What raises where a name means no venue: asked before the long work, not after."""


@dataclass(frozen=True, slots=True)
class Where:
    """The territory asked about: its SIREN, its workspace if any, and what is brought of it.

    ``recorded``: what desks recorded without an answer in the workspace counts too.
    """

    siren: str
    workspace: Path | None = None
    ground: GroundAsked = field(default_factory=GroundAsked)
    brought: Brought = field(default_factory=Brought)
    recorded: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class MadeGround:
    """A territory, and where posts are to be placed in it."""

    territory: Territory
    ground: PostsGround


def made_ground(
    where: Where,
    sources: PublicSources,
    parameters: Parameters,
    progress: Progress,
    *,
    line_ends: bool = False,
    check: Check | None = None,
) -> MadeGround:
    """Return the ground of a territory, made anew and kept; means leave from its largest commune.

    With ``line_ends``, also what it would be without some lines of the timetables. Raises what
    ``siting_ground`` and ``check`` raise.
    """
    from maillage.directory.adopted_plans import is_of_posts
    from maillage.jobs.plan_posts import PostsGround
    from maillage.siting.scenarios.worlds import Setting
    from maillage.wiring import house
    from maillage.wiring.kept_ground import KeptGround, keep, who_of
    from maillage.wiring.line_ends import known_lines
    from maillage.wiring.unreached import siting_ground, venues_asked

    where = _with_recorded(where, parameters)
    with house.work_of(where.siren, where.workspace, sources, parameters, progress) as work:
        if check is not None:
            check(venues_asked(work, where.ground, parameters))
        made = siting_ground(work, where.ground, where.brought, sources, parameters, progress)
    territory = made.work.territory
    kept = KeptGround(who_of(territory), made.unreached, made.reach)
    keep(_file(where, sources, parameters), kept)
    base = max(territory.zones, key=lambda zone: (zone.population or 0, zone.id))
    ground = PostsGround(
        setting=Setting(made.unreached, made.reach),
        base=base.point,
        base_name=base.name,
        travel=made.roads,
        lines=known_lines(made, where.ground, parameters, progress) if line_ends else None,
        posts_adopted=any(is_of_posts(one.sources) for one in made.work.directory.permanences),
    )
    return MadeGround(territory, ground)


def ready_ground(
    where: Where,
    choice: SourceChoice,
    parameters: Parameters,
    progress: Progress,
    check: Check | None = None,
) -> KeptGround:
    """Return the ground kept, or make it and keep it. Raises what ``made_ground`` raises."""
    from maillage.wiring import house
    from maillage.wiring.kept_ground import KeptGround, kept, who_of

    where = _with_recorded(where, parameters)
    known = kept(_file(where, house.public_sources(choice, progress), parameters))
    if known is not None:
        return known
    # Sources tell what they lack once: those asked above would have nothing left to tell.
    sources = house.public_sources(choice, progress)
    made = made_ground(where, sources, parameters, progress, check=check)
    setting = made.ground.setting
    return KeptGround(who_of(made.territory), setting.unreached, setting.reach)


def planned_posts(
    made: MadeGround,
    asked: PostsAsked,
    parameters: Parameters,
    search: Search,
    earlier: Iterable[HeldAt] = (),
    present: PresentPlan | None = None,
) -> PostsAnswer:
    """Return the best plan found, never worse than an ``earlier`` one, near a present one.

    Raises ImpossibleDemand, TooLarge.
    """
    from maillage.jobs.plan_posts import plan_posts
    from maillage.siting.scenarios.worlds import Search as ScenarioSearch
    from maillage.wiring.posts import post_solver

    by = ScenarioSearch(post_solver(), search.budget, search.progress)
    return plan_posts(made.ground, asked, by, parameters, earlier, present)


def posts_products(
    answer: PostsAnswer, territory: Territory, on: dt.date
) -> tuple[tuple[str, bytes], ...]:
    """Return the files of a plan by name, but its JSON; same arguments, same bytes."""
    from maillage.reports.plain_data import utf8
    from maillage.reports.siting.posts_files import posts_csv, posts_geojson
    from maillage.reports.siting.posts_page import posts_page

    return (
        ("ou-renforcer.html", utf8(posts_page(answer, territory, on))),
        ("plan.csv", posts_csv(answer)),
        ("plan.geojson", posts_geojson(answer)),
    )


def _with_recorded(where: Where, parameters: Parameters) -> Where:
    """Return the same with what desks recorded, where that counts and is not read yet."""
    from maillage.wiring.unmet import recorded_demand

    if not where.recorded or where.ground.recorded is not None:
        return where
    told = recorded_demand(where.siren, where.workspace, parameters)
    return replace(where, ground=replace(where.ground, recorded=told))


def _file(where: Where, sources: PublicSources, parameters: Parameters) -> Path:
    from maillage.wiring.kept_ground import fingerprint, ground_file

    asked = (where.ground, where.brought)
    key = fingerprint(where.siren, where.workspace, asked, sources, parameters)
    return ground_file(where.siren, key, where.brought.cache)
