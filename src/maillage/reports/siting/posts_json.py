"""A plan of posts for programs: the same facts as the page, and the same words."""

from __future__ import annotations

from typing import Any

from maillage.access.visits.bounds import Bounds
from maillage.jobs.plan_posts import PostsAnswer
from maillage.reports.plain_data import number, plain, service_code
from maillage.reports.siting.mode_words import mode_code
from maillage.reports.siting.plain_plan import both_json, half_day_json, venue_json
from maillage.reports.siting.posts_words import posts_text
from maillage.reports.siting.scenarios_json import (
    front_json,
    line_ends_json,
    means_json,
    moved_json,
    robustness_json,
    survival_json,
)
from maillage.reports.siting.unfinished_words import missing_sections
from maillage.siting.posts.floor import within_reach
from maillage.siting.scenarios.explain import Explained
from maillage.siting.scenarios.floor_where_possible import shares_under
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
        "stopped": "interrupted" if answer.interrupted else plain(plan.stopped),
        "missing": list(missing_sections(answer)),
        "half_days": _half_days(answer),
        "people": both_json(Bounds(state.lived.low.people, state.lived.high.people)),
        "received": both_json(answer.received),
        "left_out": both_json(state.left_out),
        "beyond_all_venues": number(
            float((problem.zone_people - problem.zone_reached - within_reach(problem)).sum())
        ),
        **_under_the_floor(answer),
        "venues": [_chosen(answer, one) for one in answer.explanation.chosen],
        "runners_up": _runners_up(answer),
        "equity": {
            "before": _even(answer, answer.compared.nothing.evenness),
            "after": _even(answer, state.evenness),
        },
        "marginal": _marginal(answer),
        "survival": survival_json(answer),
        "robustness": robustness_json(answer),
        "line_ends": line_ends_json(answer),
        "front": front_json(answer),
        "means": means_json(answer),
        "earlier": answer.earlier,
        "moved": moved_json(answer),
        "text": plain(posts_text(answer)),
    }


def _under_the_floor(answer: PostsAnswer) -> dict[str, Any]:
    problem = answer.main
    return {
        "out_of_floor": [
            {"zone": problem.zone_name(zone), "best_share": number(share)}
            for zone, share in answer.out_of_floor
        ],
        "floor_not_held": [
            {"zone": problem.zone_name(zone), "share": number(share)}
            for zone, share in shares_under(problem, answer.plan.held)
        ],
    }


def _half_days(answer: PostsAnswer) -> list[dict[str, Any]]:
    return [
        {"post": post, **half_day_json(answer.venues[held.venue], held)}
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


def _asked(answer: PostsAnswer) -> dict[str, Any]:
    asked = answer.asked
    return {
        "goal": asked.goal.code,
        "posts": asked.n_posts,
        "half_days_each": answer.demand.half_days_each,
        "service": service_code(asked.service),
        "floor": None if asked.floor is None else number(asked.floor),
        "rules": plain(asked.rules),
        "mode": mode_code(answer.setting.unreached.mode),
    }


def _unit(answer: PostsAnswer) -> str:
    if answer.asked.goal.is_of_people:
        return "people"
    return "people-minutes" if answer.asked.goal.code == "near" else "minutes"


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
