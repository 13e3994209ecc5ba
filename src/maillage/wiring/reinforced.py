"""Where the next posts would stand, for the report of a diagnosis."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.access.travel import TravelTimes
    from maillage.diagnosis.visits import Journeys
    from maillage.jobs.plan_posts import PostsAnswer
    from maillage.jobs.ports import TerritoryWork
    from maillage.kernel.parameters import Parameters
    from maillage.wiring.siting import Search
    from maillage.wiring.unreached import GroundAsked


def reinforced(
    work: TerritoryWork,
    by: tuple[TravelTimes, Journeys],
    n_posts: int,
    parameters: Parameters,
    search: Search,
    whom: GroundAsked,
) -> PostsAnswer:
    """Return the half-days of so many posts, on the streets and journeys of the diagnosis.

    Only what the chapter tells is searched: the plan, each further post, and what stands under
    both bounds of access, for ``whom`` the diagnosis counts. Raises TooLarge.
    """
    from maillage.jobs.asked_posts import PostsAsked
    from maillage.jobs.plan_posts import PostsGround, Scenarios, plan_posts
    from maillage.siting.scenarios.survive import survive
    from maillage.siting.scenarios.worlds import Search as PlanSearch
    from maillage.siting.scenarios.worlds import Setting
    from maillage.wiring.posts import post_solver
    from maillage.wiring.unreached import ground_on

    roads, journeys = by
    unreached, reach = ground_on(work, whom, journeys, parameters)
    base = max(work.territory.zones, key=lambda zone: (zone.population or 0, zone.id))
    ground = PostsGround(Setting(unreached, reach), base.point, base.name, roads)
    searching = PlanSearch(post_solver(), search.budget, search.progress)
    up_to = round(parameters.number("posts.report_up_to"))
    asked = PostsAsked(n_posts=n_posts, up_to=max(up_to, n_posts), scenarios=False)
    answer = plan_posts(ground, asked, searching, parameters)
    if not answer.both.high.wanting.any():
        return answer
    return replace(answer, scenarios=Scenarios(survival=survive(answer.both, searching)))
