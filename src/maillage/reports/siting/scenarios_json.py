"""A plan of posts under other suppositions, and what it moves of a present one, for programs."""

from __future__ import annotations

from typing import Any

from maillage.access.visits.bounds import Bounds
from maillage.jobs.plan_posts import PostsAnswer
from maillage.reports.plain_data import number, plain
from maillage.reports.siting.plain_plan import both_json, half_day_json
from maillage.siting.posts.model import Held
from maillage.siting.scenarios.robust import UnderVariant


def moved_json(answer: PostsAnswer) -> dict[str, Any] | None:
    """Return what the plan changes of a present one; None where it was made anew."""
    moved, state = answer.moved, answer.compared.held_now
    if moved is None or state is None:
        return None
    best = moved.best_of_all
    return {
        "present": moved.name,
        "allowed": moved.allowed,
        "half_days": [half_day_json(answer.venues[one.venue], one) for one in moved.held],
        "value": number(moved.value),
        "people": both_json(Bounds(state.lived.low.people, state.lived.high.people)),
        "flaws": list(moved.flaws),
        "moves": [
            {"from": _held(answer, one.left), "to": _held(answer, one.came)} for one in moved.moves
        ],
        "better_by": number(moved.better_by),
        "best_of_all": {
            "value": number(best.value),
            "bound": number(best.bound),
            "proved": best.proved,
            "better_by": number(moved.short_of_best),
        },
    }


def _held(answer: PostsAnswer, one: Held | None) -> dict[str, Any] | None:
    return None if one is None else half_day_json(answer.venues[one.venue], one)


def survival_json(answer: PostsAnswer) -> dict[str, Any] | None:
    """Return which choices stand in both worlds; None where it was not searched."""
    found = answer.scenarios.survival
    if found is None:
        return None
    ids = {number: venue.id for number, venue in enumerate(answer.venues)}
    return {
        "in_both": [ids[one] for one in found.venues_in_both],
        "in_low_alone": [ids[one] for one in found.venues_in_one.low],
        "in_high_alone": [ids[one] for one in found.venues_in_one.high],
        "defended": found.defended.made_for,
        "tried": [
            {
                "made_for": one.made_for,
                "people": both_json(Bounds(one.lived.low.people, one.lived.high.people)),
                "regret": both_json(one.regret),
            }
            for one in found.tried
        ],
    }


def robustness_json(answer: PostsAnswer) -> dict[str, Any] | None:
    """Return how the plan stands when a venue closes or fragility is weighed otherwise."""
    found = answer.scenarios.robustness
    if found is None:
        return None
    ids = {number: venue.id for number, venue in enumerate(answer.venues)}
    return {
        "closures": [
            {
                "venue": ids[one.venue],
                "lost": number(one.lost),
                "still_lost": number(one.still_lost),
            }
            for one in found.closures
        ],
        "variants": [_variant(answer, one) for one in found.variants],
    }


def _variant(answer: PostsAnswer, one: UnderVariant) -> dict[str, Any]:
    ids = answer.venues
    return {
        "label": one.label,
        "regret": number(one.regret),
        "staying": [ids[venue].id for venue in one.venues_staying],
        "leaving": [ids[venue].id for venue in one.venues_leaving],
        "coming": [ids[venue].id for venue in one.venues_coming],
    }


def line_ends_json(answer: PostsAnswer) -> dict[str, Any] | None:
    """Return what the end of some lines would change; None where it was not searched."""
    found = answer.scenarios.lines
    if found is None:
        return None
    return {
        "calling": found.n_calling,
        "tried": found.n_tried,
        "losing": found.n_losing,
        "worst": [
            {"people": number(one.losing), **_variant(answer, one.under)} for one in found.worst
        ],
    }


def front_json(answer: PostsAnswer) -> dict[str, Any] | None:
    """Return the plans that no other betters in people, equity and cost; None if not searched."""
    found = answer.scenarios.front
    if found is None:
        return None
    return {
        "points": [
            {
                "posts": one.n_posts,
                "floor": plain(one.floor),
                "people": number(one.lived.people),
                "worst_tenth": plain(one.evenness.worst_tenth),
                "gini": plain(one.evenness.gini),
                "yearly_cost": number(one.yearly_cost, 2),
            }
            for one in found.points
        ],
        "impossible": [
            {"posts": posts, "floor": number(floor), "why": list(why)}
            for posts, floor, why in found.impossible
        ],
    }


def means_json(answer: PostsAnswer) -> dict[str, Any] | None:
    """Return what other means would do at equal cost; None where it was not searched."""
    found = answer.scenarios.means
    if found is None:
        return None
    return {
        "yearly_budget": number(found.yearly_budget, 2),
        "base": answer.base_name,
        "means": [
            {
                "means": one.means.code,
                "label": one.label,
                "size": one.size,
                "yearly_cost": number(one.yearly_cost, 2),
                "hours": number(one.hours, 1),
                "within_reach": both_json(one.within_reach),
                "served": both_json(one.served),
                "supposes": list(one.supposes),
            }
            for one in found.means
        ],
        "left_out": list(found.left_out),
        "supposes": list(found.supposes),
    }
