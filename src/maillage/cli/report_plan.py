"""The plan of posts that stands in the reports of ``diagnose`` and ``demo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.access.travel import TravelTimes
    from maillage.diagnosis.visits import Journeys
    from maillage.jobs.plan_posts import PostsAnswer
    from maillage.jobs.ports import TerritoryWork
    from maillage.jobs.unmet import UnmetDemand
    from maillage.kernel.parameters import Parameters
    from maillage.kernel.progress import Progress


def plan_for_report(
    work: TerritoryWork,
    by: tuple[TravelTimes, Journeys],
    posts: int | None,
    parameters: Parameters,
    progress: Progress,
    recorded: UnmetDemand | None = None,
) -> PostsAnswer | None:
    """Return where so many posts would stand, None = the usual number; None for 0 of them.

    What desks ``recorded`` without an answer counts among who lacks help.
    """
    from maillage.wiring.reinforced import reinforced
    from maillage.wiring.siting import Search

    n_posts = round(parameters.number("posts.report_posts")) if posts is None else posts
    if n_posts == 0:
        return None
    search = Search(parameters.on, progress=progress)
    return reinforced(work, by, n_posts, parameters, search, recorded)
