"""Small territories drawn for the properties: people, venues, and what reaches what."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from maillage.access.offer import SERVICE_KEYS
from maillage.access.timetable.model import FlagArray
from maillage.access.unreached.model import N_HALF_DAYS, NewReach, Unreached, Venue, VenueKind
from maillage.access.visits.bounds import Bounds
from maillage.kernel.budget import Budget
from maillage.kernel.geometry import FloatArray
from maillage.kernel.progress import Silent
from maillage.siting.posts.exhaustive import ExhaustivePosts
from maillage.siting.posts.model import Goal
from maillage.siting.posts.twin import PostTwin
from maillage.siting.scenarios.worlds import Asked, Search, Setting

COMMUNES = ("Auchel", "Béthune", "Lillers", "Nœux-les-Mines")
EXACT = Search(ExhaustivePosts(), Budget(), Silent())
TWIN = Search(PostTwin(), Budget(tries=4), Silent())


def venue(number: int, half_days: frozenset[int] | None, room: int | None = None) -> Venue:
    """Return a town hall of a commune of its own."""
    name = COMMUNES[number % len(COMMUNES)]
    return Venue(
        f"v{number}", f"Mairie {number}", f"6200{number}", name, 2.5, 50.5,
        VenueKind.TOWN_HALL, half_days, room,
    )  # fmt: skip


def setting(seed: int, n_points: int = 8, n_venues: int = 4, n_half_days: int = 2) -> Setting:
    """Return a territory where the high world reaches all that the low one does, and more."""
    generator = np.random.default_rng(seed)
    n_zones = min(3, n_points)
    people = generator.integers(0, 30, n_points).astype(np.float64)
    fragile = np.floor(people * generator.random(n_points))
    lacks_low = np.tile(generator.random(n_points) < 0.8, (len(SERVICE_KEYS), 1))
    lacks_high = lacks_low & (generator.random(n_points) < 0.7)
    reached_low = generator.random((N_HALF_DAYS, n_venues, n_points)) < 0.3
    reached_high = reached_low | (generator.random(reached_low.shape) < 0.2)
    half_days = frozenset(range(n_half_days))
    unreached = Unreached(
        zone_ids=tuple(f"z{zone}" for zone in range(n_zones)),
        zone_names=COMMUNES[:n_zones],
        points=np.column_stack([2.5 + generator.random(n_points) / 5, np.full(n_points, 50.5)]),
        zone=np.sort(np.arange(n_points, dtype=np.int32) % n_zones),
        people=people,
        fragile=fragile,
        lacks=Bounds(lacks_low, lacks_high),
        unmet=np.zeros((len(SERVICE_KEYS), n_points)),
    )
    reach = NewReach(
        tuple(venue(number, half_days) for number in range(n_venues)),
        Bounds(reached_low, reached_high),
        Bounds(_minutes(generator, reached_low), _minutes(generator, reached_high)),
    )
    return Setting(unreached, reach)


def _minutes(generator: np.random.Generator, reached: FlagArray) -> FloatArray:
    told = generator.integers(10, 90, reached.shape[1:]).astype(np.float64)
    return np.where(reached.any(axis=0), told, np.nan)


def asked(goal: Goal = Goal.REACHED, n_posts: int = 1, half_days_each: int = 2) -> Asked:
    """Return a demand for few half-days, any service."""
    return Asked(
        service=None,
        goal=goal,
        n_posts=n_posts,
        half_days_each=half_days_each,
        returns=(0.6, 0.9, 1.0),
        people_per_half_day=12.0,
        worked=frozenset(range(10)),
    )


settings: st.SearchStrategy[Setting] = st.integers(0, 10_000).map(setting)
goals: st.SearchStrategy[Goal] = st.sampled_from(tuple(Goal))
goals_of_people: st.SearchStrategy[Goal] = st.sampled_from((Goal.REACHED, Goal.CHOICE, Goal.SERVED))
