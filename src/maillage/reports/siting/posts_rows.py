"""The tables of a plan of posts, as texts that are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from maillage.access.visits.bounds import Bounds
from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.siting.mode_words import said_first
from maillage.reports.siting.scenario_words import closure_words
from maillage.reports.siting.value_words import SEEN, loss_words, place_words, worth_words
from maillage.siting.posts.rules import half_day_name
from maillage.siting.scenarios.explain import Explained
from maillage.siting.scenarios.means import MeansServed

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class HalfDayRow:
    """One half-day of a post; ``sign`` is the number of its venue on the map."""

    half_day: str
    sign: str
    commune: str
    place: str


@dataclass(frozen=True, slots=True)
class PostTable:
    """The week of one post."""

    title: str
    rows: tuple[HalfDayRow, ...]


@dataclass(frozen=True, slots=True)
class VenueRow:
    """Why one venue is there."""

    sign: str
    place: str
    commune: str
    half_days: str
    brings: str
    from_where: str
    of_where: str
    without: str
    instead: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """So many posts in all."""

    posts: str
    worth: str
    added: str
    received: str
    cost: str
    each: str
    proof: str


@dataclass(frozen=True, slots=True)
class FrontRow:
    """One plan of the front of people, equity and cost."""

    posts: str
    floor: str
    people: str
    worst_tenth: str
    cost: str


@dataclass(frozen=True, slots=True)
class MeansRow:
    """One means at equal cost."""

    label: str
    size: str
    within_reach: str
    served: str
    each: str
    supposes: str


def post_tables(answer: PostsAnswer) -> tuple[PostTable, ...]:
    """Return the week of each post that holds some half-day."""
    signs = venue_signs(answer)
    tables = []
    for number, held in enumerate(answer.posts, 1):
        rows = tuple(
            HalfDayRow(
                half_day=half_day_name(one.half_day),
                sign=signs[one.venue],
                commune=answer.venues[one.venue].commune,
                place=answer.venues[one.venue].name,
            )
            for one in held
        )
        if rows:
            title = tr("Conseiller n° {n}").format(n=number)
            tables.append(PostTable(title if len(answer.posts) > 1 else tr("La semaine"), rows))
    return tuple(tables)


def venue_signs(answer: PostsAnswer) -> dict[int, str]:
    """Return the number on the map of each venue of the plan: the most useful first."""
    order = [one.venue for one in ranked(answer)]
    return {venue: str(number) for number, venue in enumerate(order, 1)}


def ranked(answer: PostsAnswer) -> list[Explained]:
    """Return the venues of the plan, those that it could do the least without first."""
    return sorted(answer.explanation.chosen, key=lambda one: (-one.loss, one.venue))


def venue_rows(answer: PostsAnswer) -> tuple[VenueRow, ...]:
    """Return why each venue is there, in the order of the map."""
    signs = venue_signs(answer)
    return tuple(_venue(answer, one, signs[one.venue]) for one in ranked(answer))


def _venue(answer: PostsAnswer, one: Explained, sign: str) -> VenueRow:
    venue, problem = answer.venues[one.venue], answer.main
    zones = [
        f"{problem.zone_name(each.zone)} ({french.number(each.people)})"
        for each in one.from_communes
        if each.people >= SEEN
    ]
    half_days = [half_day_name(each.half_day) for each in one.held]
    told = french.plural(one.people, tr("personne")) if one.people >= SEEN else tr("personne seul")
    return VenueRow(
        sign=sign,
        place=venue.name,
        commune=venue.commune,
        half_days=french.listed(list(dict.fromkeys(half_days))),
        brings=told,
        from_where=french.listed(zones),
        of_where=french.listed([french.of(zone) for zone in zones]),
        without=tr("Sans lui : {worth} ({loss}).").format(
            worth=worth_words(problem, one.without.value), loss=loss_words(problem, one.loss)
        ),
        instead=" ".join(_instead(answer, one)),
    )


def _instead(answer: PostsAnswer, one: Explained) -> Iterator[str]:
    if one.replacement is not None and one.replacement.loss > one.loss - SEEN:
        yield tr("Aucun autre lieu ne rendrait à ces personnes ce qu'il leur apporte.")
    elif one.replacement is not None:
        yield tr("À sa place, au mieux {venue} : {loss}.").format(
            venue=place_words(answer.venues[one.replacement.venue]),
            loss=loss_words(answer.main, one.replacement.loss),
        )
    told = None if one.replacement is None else one.replacement.loss
    closed = closure_words(answer, one.venue, told)
    if closed is not None:
        yield closed


def step_rows(answer: PostsAnswer) -> tuple[StepRow, ...]:
    """Return what each further post brings; nothing where it was not searched."""
    if answer.marginal is None:
        return ()
    rows = []
    for step, received in zip(answer.marginal.steps, answer.received_by_step, strict=True):
        each = step.yearly_cost / received if received >= SEEN else None
        rows.append(
            StepRow(
                posts=french.number(step.n_posts),
                worth=worth_words(answer.main, step.plan.value),
                added=_added(answer, step.added),
                received=french.number(received),
                cost=euros(step.yearly_cost),
                each="—" if each is None else euros(each),
                proof=tr("prouvé") if step.plan.proved else _bound(answer, step.plan.bound),
            )
        )
    return tuple(rows)


def _added(answer: PostsAnswer, added: float) -> str:
    if answer.asked.goal.is_of_people and added < SEEN:
        return tr("rien de plus")
    return loss_words(answer.main, -added)


def _bound(answer: PostsAnswer, bound: float) -> str:
    return tr("au mieux {worth}").format(worth=worth_words(answer.main, bound))


def front_rows(answer: PostsAnswer) -> tuple[FrontRow, ...]:
    """Return the plans that no other betters in people, equity and cost at once."""
    front = answer.scenarios.front
    if front is None:
        return ()
    return tuple(
        FrontRow(
            posts=french.number(one.n_posts),
            floor=tr("aucun") if one.floor is None else french.percent(one.floor),
            people=french.number(one.lived.people),
            worst_tenth=french.percent(one.evenness.worst_tenth),
            cost=euros(one.yearly_cost),
        )
        for one in front.points
    )


def means_rows(answer: PostsAnswer) -> tuple[MeansRow, ...]:
    """Return the means at the same yearly cost, in the world planned for."""
    means = answer.scenarios.means
    if means is None:
        return ()
    return tuple(_means(one, high=answer.asked.high) for one in means.means)


def _means(one: MeansServed, *, high: bool) -> MeansRow:
    each = _of(one.cost_per_person, high=high)
    label = said_first(one.label)
    return MeansRow(
        label=label,
        size=one.size,
        within_reach=french.number(_of(one.within_reach, high=high)),
        served=french.number(_of(one.served, high=high)),
        each="—" if each is None else euros(each),
        supposes=tr("{means} : {supposes}").format(means=label, supposes=" ".join(one.supposes)),
    )


def _of(bounds: Bounds[_T], *, high: bool) -> _T:
    return bounds.high if high else bounds.low


def euros(value: float) -> str:
    """Return a sum of money in whole euros."""
    return f"{french.number(value)}{french.FIXED}€"
