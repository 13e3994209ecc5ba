"""A small plan of posts in the communes of a territory."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
from tests.siting.scenarios.fields import TWIN, setting

from maillage.access.travel import StraightLine
from maillage.access.visits.bounds import Bounds
from maillage.jobs.asked_posts import PostsAsked
from maillage.jobs.plan_posts import PostsAnswer, PostsGround, plan_posts
from maillage.kernel.parameters import load_parameters
from maillage.siting.scenarios.worlds import Setting
from maillage.territory.model import Territory

PARAMETERS = load_parameters(dt.date(2026, 9, 1))


def plan_of(territory: Territory, *, nobody_lacks: bool = False, n_posts: int = 1) -> PostsAnswer:
    """Return where posts would hold two half-days each; ``nobody_lacks``: all have help already."""
    found = setting(3)
    lacks = found.unreached.lacks
    if nobody_lacks:
        lacks = Bounds(np.zeros_like(lacks.low), np.zeros_like(lacks.high))
    zones = tuple(zone.id for zone in territory.zones[: len(found.unreached.zone_ids)])
    unreached = replace(found.unreached, zone_ids=zones, lacks=lacks)
    base = territory.zones[0]
    ground = PostsGround(
        Setting(unreached, found.reach), base.point, base.name, StraightLine(PARAMETERS)
    )
    asked = PostsAsked(n_posts=n_posts, half_days_each=2, up_to=max(n_posts, 2), scenarios=False)
    return plan_posts(ground, asked, TWIN, PARAMETERS)
