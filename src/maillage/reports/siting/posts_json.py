"""A plan of posts for programs: the same facts as the page, and the same words."""

from __future__ import annotations

from typing import Any

from maillage.access.unreached.model import Venue
from maillage.access.visits.bounds import Bounds
from maillage.jobs.plan_posts import PostsAnswer
from maillage.reports.plain_data import number, plain, service_code
from maillage.reports.siting.posts_words import posts_text
from maillage.siting.posts.floor import within_reach
from maillage.siting.posts.model import Held
from maillage.siting.posts.rules import half_day_name
from maillage.siting.scenarios.explain import Explained
from maillage.siting.scenarios.pareto import Evenness


def posts_document(answer: PostsAnswer) -> dict[str, Any]:
    """Return a plan as JSON can hold it; ``half_days`` is what a later search takes up again."""
    plan, problem, state = answer.plan, answer.main, answer.compared.plan
    return {
        "asked": _asked(answer),
        "access_bound": "high" if answer.asked.high else "low",
        "counted": "fragile" if answer.setting.unreached.fragile_told else "people",
        "public": number(float(problem.zone_people.sum())),
        "wanting": {
            "low": number(float(answer.both.low.wanting.sum())),
            "high": number(float(answer.both.high.wanting.sum())),
        },
        "unit": _unit(answer),
        "value": number(plan.value),
        "bound": number(plan.bound),
        "gap": number(plan.gap, 6),
        "proved": plan.proved,
        "stopped": plain(plan.stopped),
        "half_days": _half_days(answer),
        "people": both_json(Bounds(state.lived.low.people, state.lived.high.people)),
        "received": both_json(answer.received),
        "left_out": both_json(state.left_out),
        "beyond_all_venues": number(
            float((problem.zone_people - problem.zone_reached - within_reach(problem)).sum())
        ),
        "out_of_floor": [
            {"zone": problem.zone_name(zone), "best_share": number(share)}
            for zone, share in answer.out_of_floor
        ],
        "venues": [_chosen(answer, one) for one in answer.explanation.chosen],
        "runners_up": _runners_up(answer),
        "equity": {
            "before": _even(answer, answer.compared.nothing.evenness),
            "after": _even(answer, state.evenness),
        },
        "marginal": _marginal(answer),
        "survival": _survival(answer),
        "robustness": _robustness(answer),
        "front": _front(answer),
        "means": _means(answer),
        "earlier": answer.earlier,
        "text": plain(posts_text(answer)),
    }


def _half_days(answer: PostsAnswer) -> list[dict[str, Any]]:
    return [
        {"post": post, **_half_day(answer, held)}
        for post, half_days in enumerate(answer.posts, 1)
        for held in half_days
    ]


def _runners_up(answer: PostsAnswer) -> list[dict[str, Any]]:
    return [
        {
            "venue": answer.venues[one.venue].id,
            "instead_of": answer.venues[one.instead_of].id,
            "loss": number(one.loss),
        }
        for one in answer.explanation.runners_up
    ]


def both_json(bounds: Bounds[float]) -> dict[str, float | int | None]:
    """Return both bounds of a number."""
    return {"low": number(bounds.low), "high": number(bounds.high)}


def venue_json(venue: Venue) -> dict[str, Any]:
    """Return a venue as every answer of siting names it."""
    return {
        "venue": venue.id,
        "name": venue.name,
        "code_insee": venue.code_insee,
        "commune": venue.commune,
        "lon": number(venue.lon, 6),
        "lat": number(venue.lat, 6),
    }


def _asked(answer: PostsAnswer) -> dict[str, Any]:
    asked = answer.asked
    return {
        "goal": asked.goal.code,
        "posts": asked.n_posts,
        "half_days_each": answer.demand.half_days_each,
        "service": service_code(asked.service),
        "floor": None if asked.floor is None else number(asked.floor),
        "rules": plain(asked.rules),
    }


def _unit(answer: PostsAnswer) -> str:
    if answer.asked.goal.is_of_people:
        return "people"
    return "people-minutes" if answer.asked.goal.code == "near" else "minutes"


def _half_day(answer: PostsAnswer, held: Held) -> dict[str, Any]:
    told = {"half_day": held.half_day, "when": half_day_name(held.half_day)}
    return {**told, **venue_json(answer.venues[held.venue])}


def _chosen(answer: PostsAnswer, one: Explained) -> dict[str, Any]:
    venue, swap = answer.venues[one.venue], one.replacement
    return {
        **venue_json(venue),
        "half_days": [held.half_day for held in one.held],
        "hours_known": venue.half_days is not None,
        "loss": number(one.loss),
        "people": number(one.people),
        "from": [
            {"zone": answer.main.zone_name(each.zone), "people": number(each.people)}
            for each in one.from_communes
        ],
        "value_without": number(one.without.value),
        "replacement": None
        if swap is None
        else {"venue": answer.venues[swap.venue].id, "loss": number(swap.loss)},
    }


def _even(answer: PostsAnswer, evenness: Bounds[Evenness]) -> dict[str, Any]:
    one = evenness.high if answer.asked.high else evenness.low
    zone = one.worst_zone
    return {
        "worst_zone": None if zone is None else answer.main.zone_name(zone),
        "worst_share": plain(one.worst_share),
        "worst_tenth": plain(one.worst_tenth),
        "gini": plain(one.gini),
    }


def _marginal(answer: PostsAnswer) -> list[dict[str, Any]] | None:
    if answer.marginal is None:
        return None
    turned = answer.asked.high
    return [
        {
            "posts": step.n_posts,
            "value": number(step.plan.value),
            "bound": number(step.plan.bound),
            "proved": step.plan.proved,
            "added": number(step.added),
            "people": both_json(
                Bounds(
                    (step.lived.high if turned else step.lived.low).people,
                    (step.lived.low if turned else step.lived.high).people,
                )
            ),
            "received": number(received),
            "yearly_cost": number(step.yearly_cost, 2),
            "half_days": [
                {"venue": answer.venues[held.venue].id, "half_day": held.half_day}
                for held in step.plan.held
            ],
        }
        for step, received in zip(answer.marginal.steps, answer.received_by_step, strict=True)
    ]


def _survival(answer: PostsAnswer) -> dict[str, Any] | None:
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


def _robustness(answer: PostsAnswer) -> dict[str, Any] | None:
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
        "variants": [
            {
                "label": one.label,
                "regret": number(one.regret),
                "staying": [ids[venue] for venue in one.venues_staying],
                "leaving": [ids[venue] for venue in one.venues_leaving],
                "coming": [ids[venue] for venue in one.venues_coming],
            }
            for one in found.variants
        ],
    }


def _front(answer: PostsAnswer) -> dict[str, Any] | None:
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


def _means(answer: PostsAnswer) -> dict[str, Any] | None:
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
