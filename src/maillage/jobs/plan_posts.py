"""The verb « où renforcer »: the half-days of new posts, and all that is told to defend them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from maillage.access.travel import TravelTimes
from maillage.access.unreached.model import Venue
from maillage.access.visits.bounds import Bounds
from maillage.jobs.asked_posts import PostsAsked, demand_of
from maillage.jobs.kept_plan import HeldAt, held_of, known_held
from maillage.jobs.move_posts import PlanMoved, PresentPlan, moved_plan, told_moves
from maillage.kernel.budget import Budget
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress
from maillage.siting.posts.floor import out_of_floor
from maillage.siting.posts.judge import better, plan_of, value
from maillage.siting.posts.model import Goal, Held, PostPlan, PostProblem, PostSolver
from maillage.siting.posts.sharing import shared_near, shared_out
from maillage.siting.scenarios.allowed import why_no_plan
from maillage.siting.scenarios.explain import Explanation, explain
from maillage.siting.scenarios.floor_where_possible import floor_where_possible
from maillage.siting.scenarios.line_ends import KnownLines, LineEnds, end_lines
from maillage.siting.scenarios.marginal import Marginal, Step, marginal
from maillage.siting.scenarios.means import Around, MeansCompared
from maillage.siting.scenarios.means_compared import compare_means
from maillage.siting.scenarios.moves import left_of
from maillage.siting.scenarios.pareto import Front, pareto
from maillage.siting.scenarios.present import Compared, compare
from maillage.siting.scenarios.rates import yearly_cost
from maillage.siting.scenarios.robust import Robustness, other_weights, robust
from maillage.siting.scenarios.survive import Survival, survive
from maillage.siting.scenarios.worlds import Asked, Search, Setting, worlds

MOST_IN_MEANS = 3
"""At the cost of how many posts other means are compared: beyond, the search takes minutes."""

MOST_CLOSED = 8
"""How many venues of a plan are closed in turn, the most useful first: one search each."""


@dataclass(frozen=True, slots=True, eq=False)
class PostsGround:
    """Where posts are to be placed: the setting, where its means leave from, and travel by car.

    ``lines`` are the settings without some lines of the timetables, None where none is known.
    ``posts_adopted``: the present offer holds the half-days of some plan of posts already.
    """

    setting: Setting
    base: Point
    base_name: str
    travel: TravelTimes
    lines: KnownLines | None = None
    posts_adopted: bool = False


@dataclass(frozen=True, slots=True)
class Scenarios:
    """The plan under other suppositions; None: not searched, for want of time or of demand.

    ``lines`` is None too where no timetable is known, or where a bus is supposed in the plan.
    """

    survival: Survival | None = None
    robustness: Robustness | None = None
    lines: LineEnds | None = None
    front: Front | None = None
    means: MeansCompared | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PostsAnswer:
    """A plan of posts, and all that is told of it.

    ``both`` are the problems of the two worlds, ``main`` the one that was planned for. ``posts``
    tells the half-days of each post. ``received`` are the people that the hours allow in a year,
    in each world, and ``received_by_step`` those of each number of posts in ``marginal``, in the
    world planned for. ``out_of_floor`` are the communes (numbers) that no plan brings to the floor,
    with the best share possible. ``earlier`` says in French what became of a plan to beat;
    ``moved`` what the plan changes of a present one, None where it was made anew.
    ``lines_known`` tells whether there is a timetable, ``posts_adopted`` as in ``PostsGround``;
    ``interrupted`` that somebody ended the search.
    """

    asked: PostsAsked
    demand: Asked
    setting: Setting
    both: Bounds[PostProblem]
    plan: PostPlan
    posts: tuple[tuple[Held, ...], ...]
    received: Bounds[float]
    compared: Compared
    explanation: Explanation
    marginal: Marginal | None
    received_by_step: tuple[float, ...]
    scenarios: Scenarios
    out_of_floor: tuple[tuple[int, float], ...]
    post_cost: float
    base_name: str
    earlier: str | None = None
    moved: PlanMoved | None = None
    lines_known: bool = False
    posts_adopted: bool = False
    interrupted: bool = False

    @property
    def main(self) -> PostProblem:
        """The problem of the world that was planned for."""
        return self.both.high if self.asked.high else self.both.low

    @property
    def venues(self) -> tuple[Venue, ...]:
        """The venues, in the order in which plans number them."""
        return self.setting.venues

    @property
    def nobody_lacks(self) -> Bounds[bool]:
        """Whether nobody lacks the service today, in each world."""
        return Bounds(not self.both.low.wanting.any(), not self.both.high.wanting.any())


@dataclass(slots=True)
class Remembering:
    """A solver that answers a problem again as it did the first time: scenarios share many.

    What it remembers keeps the arrays of a problem alive, so that their identity stands for them.
    """

    solver: PostSolver
    _known: list[tuple[PostProblem, PostPlan]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is, in French."""
        return self.solver.name

    def solve(self, problem: PostProblem, budget: Budget, progress: Progress) -> PostPlan:
        """Return the best plan found, and a bound. Raises what the solver raises."""
        for known, plan in self._known:
            if _same(known, problem):
                return plan
        plan = self.solver.solve(problem, budget, progress)
        self._known.append((problem, plan))
        return plan


def _same(one: PostProblem, other: PostProblem) -> bool:
    arrays = ("wanting", "reached", "minutes", "may_open", "zone", "zone_people", "zone_reached")
    scalars = (
        "goal", "n_posts", "half_days_each", "returns", "people_per_half_day", "rules", "floor",
        "spared", "unreached_minutes",
    )  # fmt: skip
    return all(getattr(one, name) is getattr(other, name) for name in arrays) and all(
        getattr(one, name) == getattr(other, name) for name in scalars
    )


def plan_posts(
    ground: PostsGround,
    asked: PostsAsked,
    search: Search,
    parameters: Parameters,
    earlier: Iterable[HeldAt] = (),
    present: PresentPlan | None = None,
) -> PostsAnswer:
    """Return the best plan found and all that is told of it; never worse than an ``earlier`` one.

    With a ``present`` plan, the best that keeps all of it but so many half-days; then what would be
    made from nothing is told only as far as it is asked. What time does not allow is not told: the
    plan comes first. Raises ImpossibleDemand, with every contradiction; TooLarge.
    """
    searching = replace(search, solver=Remembering(search.solver))
    demand = demand_of(asked, ground.setting.venues, parameters)
    both = floor_where_possible(worlds(ground.setting, demand), searching, high=asked.high)
    main = both.high if asked.high else both.low
    if present is None:
        plan, said = _anew(main, searching, tuple(earlier), ground.setting.venues)
        moved = None
    else:
        plan = _near(main, present, ground.setting.venues, searching, parameters)
        said, moved = None, told_moves(main, present, plan, ground.setting.venues, searching)
    answer = PostsAnswer(
        asked=asked,
        demand=demand,
        setting=ground.setting,
        both=both,
        plan=plan,
        posts=_posts(plan.held, demand, present, ground.setting.venues),
        received=Bounds(_received(both.low, plan.held), _received(both.high, plan.held)),
        compared=compare(both, plan.held, None if moved is None else moved.held),
        explanation=explain(main, plan.held),
        marginal=None,
        received_by_step=(),
        scenarios=Scenarios(),
        out_of_floor=out_of_floor(main),
        post_cost=yearly_cost(parameters),
        base_name=ground.base_name,
        earlier=said,
        moved=moved,
        lines_known=ground.lines is not None,
        posts_adopted=ground.posts_adopted,
    )
    if not main.wanting.any():
        return answer
    return _told_more(answer, ground, searching, parameters)


def _anew(
    problem: PostProblem, search: Search, earlier: tuple[HeldAt, ...], venues: tuple[Venue, ...]
) -> tuple[PostPlan, str | None]:
    """Return the best plan found or an earlier one, and what became of the earlier one."""
    best, said = _beaten(problem, search.solve(problem), earlier, venues)
    return _filled(problem, best, search), said


def _near(
    problem: PostProblem,
    present: PresentPlan,
    venues: tuple[Venue, ...],
    search: Search,
    parameters: Parameters,
) -> PostPlan:
    """Return the best plan found within some moves of a present one."""
    best = moved_plan(problem, present, venues, search, parameters)
    fuller = _filled(problem, best, search)
    n_gone = len(left_of(known_held(present.plan, venues), fuller.held))
    return fuller if n_gone <= present.moves else best


def _posts(
    held: tuple[Held, ...],
    demand: Asked,
    present: PresentPlan | None,
    venues: tuple[Venue, ...],
) -> tuple[tuple[Held, ...], ...]:
    """Return the half-days of each post; those of a present plan stay with who holds them."""
    if present is None:
        return shared_out(held, demand.n_posts)
    before = tuple(held_of(one, venues)[0] for one in present.plan.posts)
    return shared_near(held, before, demand.n_posts, demand.half_days_each)


def _filled(problem: PostProblem, plan: PostPlan, search: Search) -> PostPlan:
    """Return the plan with the half-days that its goal has no use for, held for more choice.

    They change neither its value nor its proof; only REACHED leaves some over.
    """
    left = len(plan.held) < problem.budget
    if problem.goal is not Goal.REACHED or not left or search.budget.ended:
        return plan
    rules = replace(problem.rules, kept=problem.rules.kept | frozenset(plan.held))
    wider = search.solve(replace(problem, goal=Goal.CHOICE, rules=rules))
    fuller = plan_of(problem, wider.held, plan.bound, plan.stopped, plan.engine)
    return plan if better(problem, plan.value, fuller.value) else fuller


def _filled_step(answer: PostsAnswer, step: Step, search: Search) -> Step:
    """Return so many posts with all their half-days held, or as the plan itself has them."""
    if step.n_posts == answer.asked.n_posts and step.plan.value == answer.plan.value:
        return replace(step, plan=replace(step.plan, held=answer.plan.held))
    problem = replace(answer.main, n_posts=step.n_posts)
    return replace(step, plan=_filled(problem, step.plan, search))


def _told_more(
    answer: PostsAnswer, ground: PostsGround, search: Search, parameters: Parameters
) -> PostsAnswer:
    """Return the answer with each further post and the scenarios asked for, as time allows."""
    asked, both = answer.asked, answer.both
    steps = None
    if asked.up_to and not search.budget.ended:
        search.progress.step(tr("Ce que vaut chaque poste de plus"))
        turned = Bounds(both.high, both.low) if asked.high else both
        steps = marginal(turned, search, n_most=asked.up_to, yearly_cost=answer.post_cost)
    told = answer
    if steps is not None:
        steps = replace(
            steps, steps=tuple(_filled_step(answer, step, search) for step in steps.steps)
        )
        told = replace(answer, marginal=steps)
        received = (_received(answer.main, step.plan.held) for step in steps.steps)
        told = replace(told, received_by_step=tuple(received))
    if not asked.scenarios:
        return told
    return replace(told, scenarios=_scenarios(told, ground, search, parameters))


def _scenarios(
    answer: PostsAnswer, ground: PostsGround, search: Search, parameters: Parameters
) -> Scenarios:
    """Return what time allows, one scenario after the other."""
    done = Scenarios()
    told_of_any_plan = (
        (tr("Si l'autre borne est la vraie"), _survival),
        (tr("Le nombre de personnes contre l'équité et le coût"), _front),
    )
    for label, told in (
        *(told_of_any_plan if answer.moved is None else ()),
        (tr("Si un lieu ferme, si la fragilité est pesée autrement"), _robustness),
        (tr("Si une ligne de transport disparaît"), _lines),
        (tr("Les autres moyens, à coût égal"), _means),
    ):
        if search.budget.ended:
            break
        search.progress.step(label)
        done = told(done, answer, (ground, search, parameters))
    return done


_With = tuple[PostsGround, Search, Parameters]


def _survival(done: Scenarios, answer: PostsAnswer, by: _With) -> Scenarios:
    return replace(done, survival=survive(answer.both, by[1]))


def _robustness(done: Scenarios, answer: PostsAnswer, by: _With) -> Scenarios:
    ground, search, parameters = by
    contrasts = parameters.numbers("means.weights.contrasts")
    variants = () if answer.asked.high else other_weights(ground.setting, answer.demand, contrasts)
    useful = sorted(answer.explanation.chosen, key=lambda one: (-one.loss, one.venue))
    closing = [one.venue for one in useful[:MOST_CLOSED]]
    found = robust(answer.main, answer.plan.held, search, variants, closing)
    return replace(done, robustness=found)


def _lines(done: Scenarios, answer: PostsAnswer, by: _With) -> Scenarios:
    ground, search, parameters = by
    if ground.lines is None or answer.asked.high:
        return done
    sure, at_most = (answer.main, answer.demand), round(parameters.number("posts.lines_told"))
    return replace(
        done, lines=end_lines(sure, answer.plan.held, ground.lines, search, at_most=at_most)
    )


def _front(done: Scenarios, answer: PostsAnswer, by: _With) -> Scenarios:
    _, search, parameters = by
    sizes = {1, answer.asked.n_posts, max(answer.asked.up_to, answer.asked.n_posts)}
    found = pareto(
        answer.main,
        search,
        n_posts=sorted(sizes),
        floors=parameters.numbers("posts.front_floors"),
        yearly_cost=answer.post_cost,
    )
    return replace(done, front=found)


def _means(done: Scenarios, answer: PostsAnswer, by: _With) -> Scenarios:
    ground, search, parameters = by
    found = compare_means(answer.both, _around(answer, ground), search, parameters)
    return replace(done, means=found)


def _around(answer: PostsAnswer, ground: PostsGround) -> Around:
    carried = ground.setting.unreached.carried_to(answer.asked.service)
    return Around(
        yearly_budget=min(answer.asked.n_posts, MOST_IN_MEANS) * answer.post_cost,
        post_cost=answer.post_cost,
        points=ground.setting.unreached.points,
        base=ground.base,
        travel=ground.travel,
        carried=None if carried is None else Bounds(carried, carried),
    )


def _received(problem: PostProblem, held: tuple[Held, ...]) -> float:
    """Return the people whom the hours of a plan allow in a year, whatever its goal."""
    return value(replace(problem, goal=Goal.SERVED), held)


def _beaten(
    problem: PostProblem, found: PostPlan, earlier: tuple[HeldAt, ...], venues: tuple[Venue, ...]
) -> tuple[PostPlan, str | None]:
    """Return the better of two plans, and what became of the earlier one."""
    if not earlier:
        return found, None
    held, lost = held_of(earlier, venues)
    reasons = [*(tr("le lieu « {id} » n'y est plus").format(id=one) for one in lost[:3])]
    reasons += why_no_plan(problem, held)
    if reasons:
        told = tr("Le plan repris ne répond pas à ce qui est demandé : {why}. Il est laissé.")
        return found, told.format(why=" ; ".join(reasons))
    worth = value(problem, held)
    if not better(problem, worth, found.value):
        return found, tr("Le plan repris ne valait pas mieux : celui-ci est au moins aussi bon.")
    kept = plan_of(problem, held, found.bound, found.stopped, found.engine)
    return kept, tr("Le plan repris n'a pas été dépassé dans le temps donné : il est gardé.")
