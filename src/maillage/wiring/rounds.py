"""A month of mobile rounds, in a few calls, for notebooks and for the terminal alike.

``ready_round`` puts what is asked on the ground, ``planned_month`` plans the four weeks,
``round_products`` makes the files, ``adopted`` and ``withdrawn`` change the directory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress
from maillage.wiring.unreached import Brought, GroundAsked, SitingGround, siting_ground

if TYPE_CHECKING:
    from maillage.access.model import ServiceKey
    from maillage.jobs.ports import PublicSources, TerritoryWork
    from maillage.jobs.unmet import UnmetDemand
    from maillage.kernel.budget import Budget
    from maillage.rounds.asked import AskedRound
    from maillage.rounds.existing import ExistingRound
    from maillage.rounds.ground import GroundedRound, RoundGround
    from maillage.rounds.intake.told_plan import ToldPlan
    from maillage.rounds.judged import JudgedRound
    from maillage.rounds.keeping import KeptTo
    from maillage.rounds.model import RoundPlan, RoundSolver
    from maillage.rounds.month import Changes, RoundMonth
    from maillage.territory.model import Territory


@dataclass(frozen=True, slots=True)
class RoundWanted:
    """What a plan is asked for.

    ``asked`` is the file of the round, ``existing`` a table of the present one (None: the one of
    the directory that has most stops), ``venues`` candidate places and ``needs`` requests that
    nobody could answer, as for siting, ``recorded`` those of the house, where they are to be
    counted (``count_recorded``). ``most_sessions`` goes before ``same_means``, which holds
    the plan to the sessions of the present round. ``kept`` is a month to keep to, what falls of it
    told (None: the month is made anew).
    """

    asked: Path | None = None
    existing: Path | None = None
    venues: Path | None = None
    needs: Path | None = None
    recorded: UnmetDemand | None = None
    count_recorded: bool = True
    service: ServiceKey = None
    high: bool = False
    most_sessions: int | None = None
    same_means: bool = True
    kept: KeptTo | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ReadyRound:
    """All that a plan stands on: the ground, what is asked of it, the present round judged."""

    territory: Territory
    ground: RoundGround
    asked: AskedRound
    grounded: GroundedRound
    judged: JudgedRound | None
    wanted: RoundWanted


@dataclass(frozen=True, slots=True)
class Product:
    """One file of a plan, or why it is not made."""

    name: str
    content: bytes | None
    why: str = ""


def ready_round(
    work: TerritoryWork,
    wanted: RoundWanted,
    brought: Brought,
    sources: PublicSources,
    parameters: Parameters,
    progress: Progress,
) -> ReadyRound:
    """Return what a plan stands on; four weeks are those after the date of the parameters.

    The present round is not counted among the help that there is: it is what is being planned.
    Raises UnusableFile, SourceUnavailable, and ImpossibleDemand where the file of the round speaks
    of what is not there.
    """
    from maillage.rounds.asked_stops import asked_venues

    territory = work.territory
    existing, asked = _asked(work, wanted, parameters)
    own = () if existing is None else existing.venues()
    ground_asked = GroundAsked(
        venues=wanted.venues,
        needs=wanted.needs,
        recorded=wanted.recorded,
        stops=(*own, *asked_venues(asked, territory)),
    )
    progress.step(tr("Qui n'a pas d'aide joignable"))
    left = work if existing is None else without_round(work, existing)
    stands = siting_ground(left, ground_asked, brought, sources, parameters, progress)
    progress.step(tr("Arrêts possibles, routes et calendriers"))
    return ready_on(stands, existing, asked, wanted, parameters)


def ready_on(
    stands: SitingGround,
    existing: ExistingRound | None,
    asked: AskedRound,
    wanted: RoundWanted,
    parameters: Parameters,
) -> ReadyRound:
    """Return what a plan stands on, of a ground that is at hand. Raises ImpossibleDemand."""
    from maillage.rounds.ground import RoundGround, ground_round
    from maillage.rounds.judged import judge_round, with_same_means
    from maillage.rounds.keeping import asked_again
    from maillage.rounds.month_dates import DAYS, first_monday

    territory, today = stands.work.territory, parameters.on
    ground = RoundGround(territory, stands.unreached, stands.reach, stands.roads, parameters)
    judged = None
    if existing is not None:
        monday = first_monday(asked, today)
        month = tuple(monday + dt.timedelta(days=n) for n in range(DAYS))
        judged = judge_round(existing, ground, wanted.service, month)
    if wanted.most_sessions is not None:
        asked = replace(asked, most_sessions=wanted.most_sessions)
    if wanted.kept is not None:
        asked = asked_again(asked, wanted.kept, today)
    elif judged is not None and wanted.same_means and asked.most_sessions is None:
        asked = with_same_means(asked, judged)
    grounded = ground_round(ground, asked, wanted.service, today, high=wanted.high)
    return ReadyRound(territory, ground, asked, grounded, judged, wanted)


def without_round(work: TerritoryWork, existing: ExistingRound) -> TerritoryWork:
    """Return the work whose directory has not the permanences of a round."""
    stops = {stop.id for stop in existing.stops}
    left = tuple(one for one in work.directory.permanences if one.id not in stops)
    return replace(work, directory=replace(work.directory, permanences=left))


def _asked(
    work: TerritoryWork, wanted: RoundWanted, parameters: Parameters
) -> tuple[ExistingRound | None, AskedRound]:
    """Return the present round where one is known, and what is asked."""
    from maillage.rounds.asked import Operator, default_asked
    from maillage.rounds.intake.asked import read_asked
    from maillage.rounds.intake.existing import rounds_of_directory
    from maillage.rounds.intake.given_round import read_round

    # one stop alone is as often the address of an office: it is not compared with
    known = (one for one in rounds_of_directory(work.directory) if len(one.stops) > 1)
    existing = next(known, None)
    operator = Operator(tr("Bus numérique"))
    if wanted.kept is not None:
        operator = wanted.kept.operator
    elif existing is not None:
        operator = Operator(existing.operator, existing.telephone)
    asked = default_asked(operator, parameters)
    if wanted.asked is not None:
        asked = read_asked(wanted.asked, parameters, operator)
    if wanted.existing is not None:
        existing = read_round(wanted.existing, asked.operator.name, work.territory)
    return existing, asked


def round_budget(seed: int, seconds_left: Callable[[], float], parameters: Parameters) -> Budget:
    """Return the budget of a search: its effort is that of the parameters."""
    from maillage.kernel.budget import Budget

    memory = parameters.number("siting.memory_gib") * 2**30
    iterations = int(parameters.number("rounds.iterations"))
    return Budget(seed, iterations, memory_bytes=memory, seconds_left=seconds_left)


def planned_month(
    ready: ReadyRound, budget: Budget, progress: Progress, earlier: ToldPlan | None = None
) -> RoundMonth:
    """Return the four weeks planned, never worse than what an earlier plan still holds.

    Where a month is kept to, the plan that changes least of it, with what it changes. Raises
    ImpossibleDemand, telling what contradicts; TooLarge.
    """
    from maillage.rounds.judged import beside_plan
    from maillage.rounds.month import Told, month_of
    from maillage.rounds.resumed import better_of
    from maillage.wiring.round_solver import round_solver

    parameters = ready.ground.parameters
    solver = round_solver(parameters)
    service, changes = ready.wanted.service, None
    if ready.wanted.kept is not None:
        plan, changes = _kept(ready, ready.wanted.kept, solver, budget, progress)
    else:
        plan = solver.solve(ready.grounded.problem, budget, progress)
    if earlier is not None:
        plan = better_of(ready.grounded.problem, plan, earlier.stops, _habits(parameters))
    beside = None
    if ready.judged is not None:
        beside = beside_plan(ready.judged, ready.grounded, plan, ready.ground, service)
    told = Told(ready.asked.operator, service, ready.wanted.high, beside, changes)
    return month_of(ready.grounded, plan, ready.ground, told)


def _kept(
    ready: ReadyRound, kept: KeptTo, solver: RoundSolver, budget: Budget, progress: Progress
) -> tuple[RoundPlan, Changes]:
    """Return the plan that changes least of a month, beside the one that a search makes anew."""
    from maillage.rounds.keeping import before_of, brought_to, kept_plan, what_is_left
    from maillage.rounds.month_dates import first_monday

    parameters, problem = ready.ground.parameters, ready.grounded.problem
    kept = brought_to(kept, first_monday(ready.asked, parameters.on))
    before = before_of(problem, kept)
    left = what_is_left(problem, before, kept, parameters.on)
    anew = solver.solve(left, budget, progress)
    return kept_plan(left, before, anew, (kept.moves, parameters.on), _habits(parameters))


def _habits(parameters: Parameters) -> tuple[float, int]:
    return parameters.number("rounds.odd_day_km"), int(parameters.number("rounds.hour_step"))


def lieux_of_stops(ready: ReadyRound, month: RoundMonth) -> dict[str, str]:
    """Return the lieu of the directory where each stop of a plan stands, where one is known."""
    lieux = {venue.id: venue.lieu_id for venue in ready.grounded.venues}
    held = ((one.stop.id, lieux.get(one.stop.id)) for one in month.stops)
    return dict(sorted((stop, lieu) for stop, lieu in held if lieu is not None))


def round_products(month: RoundMonth, territory: Territory, on: dt.date) -> tuple[Product, ...]:
    """Return the page, the table, the diary and the flyers of a month, stamped with a date.

    What asks for an optional part that is not installed says so in its stead; a month without any
    session has no flyer.
    """
    from maillage.reports.rounds.month_csv import month_csv
    from maillage.reports.rounds.month_page import month_page

    made = [
        Product("tournee.html", month_page(month, territory, on).encode()),
        Product("tournee.csv", month_csv(month)),
        _product("tournee.ics", lambda: _diary(month, on)),
    ]
    if month.sessions:
        made.append(_product("affichettes.pdf", lambda: _flyers(month, on)))
    return tuple(made)


def _product(name: str, make: Callable[[], bytes]) -> Product:
    from maillage.kernel.errors import MissingExtra

    try:
        return Product(name, make())
    except MissingExtra as error:
        return Product(name, None, str(error))


def _diary(month: RoundMonth, on: dt.date) -> bytes:
    from maillage.engines.calendar_files import month_calendar

    return month_calendar(month, on)


def _flyers(month: RoundMonth, on: dt.date) -> bytes:
    from maillage.engines.typst_pdf import TypstTypesetter
    from maillage.reports.rounds.flyer import flyers_pdf

    return flyers_pdf(month, on, TypstTypesetter())
