"""An existing round, judged on what is told of it, and beside the best plan with the same means.

Where no hours are told, places alone are judged: people newly able to come if each stop were held
on whichever half-day suits them. It is what the places allow, not what the round does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from maillage.access.model import ServiceKey
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.opening import ranges_on
from maillage.kernel.french import plural
from maillage.kernel.geometry import Point, coordinates, distances_km
from maillage.kernel.language import tr
from maillage.rounds.asked import PREFIX, AskedRound
from maillage.rounds.existing import ExistingRound, ExistingStop
from maillage.rounds.ground import GroundedRound, RoundGround, returns_of
from maillage.rounds.model import Frequency, RoundPlan, RoundProblem
from maillage.rounds.month_dates import HalfDays
from maillage.rounds.newly_able import HeldOn, newly_able
from maillage.rounds.value import at_most, people_of
from maillage.territory.departements import departement

_NOBODY = 0.5  # people: fewer are written « personne »


@dataclass(frozen=True, slots=True)
class JudgedStop:
    """A stop: people newly able thanks to it ``alone``, and that the round loses without it.

    None where it stands nowhere known. ``minutes`` of reception in the four weeks, None = not told.
    """

    stop: ExistingStop
    alone: Bounds[float] | None
    brings: Bounds[float] | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class JudgedRound:
    """A round: ``people`` newly able if each stop were held on any half-day.

    Over the four weeks, where every stop tells its hours (None else): ``minutes`` of reception,
    how many ``sessions``, and the people newly able at those hours (``at_told_hours``).
    """

    round: ExistingRound
    stops: tuple[JudgedStop, ...]
    people: Bounds[float]
    minutes: int | None
    sessions: int | None
    at_told_hours: Bounds[float] | None

    @property
    def people_per_hour(self) -> Bounds[float] | None:
        """People newly able for each hour of reception in the four weeks, None where not told."""
        if not self.minutes or self.at_told_hours is None:
            return None
        hours = self.minutes / 60
        return Bounds(self.at_told_hours.low / hours, self.at_told_hours.high / hours)


@dataclass(frozen=True, slots=True)
class KeptStop:
    """A present stop that the plan holds too, at the same place or within some metres."""

    present: ExistingStop
    planned: str
    metres: float


@dataclass(frozen=True, slots=True)
class DroppedStop:
    """A present stop that the plan does not hold, and why, in a French sentence."""

    present: ExistingStop
    why: str


@dataclass(frozen=True, slots=True)
class BesidePlan:
    """A round beside a plan: both measured alike, on places (``on_places``, any half-day).

    ``planned`` is what the plan does at its own half-days and frequencies. ``added`` are the names
    of stops that the plan holds and the round does not.
    """

    present: JudgedRound
    on_places: Bounds[float]
    planned: Bounds[float]
    kept: tuple[KeptStop, ...]
    dropped: tuple[DroppedStop, ...]
    added: tuple[str, ...]

    @property
    def gap(self) -> Bounds[float]:
        """What the present places miss of the plan's, as a share; below 0 where they do better."""
        present = self.present.people
        return Bounds(
            _missed(present.low, self.on_places.low), _missed(present.high, self.on_places.high)
        )


def judge_round(
    existing: ExistingRound, ground: RoundGround, service: ServiceKey, dates: tuple[dt.date, ...]
) -> JudgedRound:
    """Return what a round is worth; its ``venues()`` are among those whose reach is known.

    ``dates`` are four weeks of days, by which frequencies are told.
    """
    numbers = {venue.id: n for n, venue in enumerate(ground.reach.venues)}
    held = {numbers[s.id]: HeldOn() for s in existing.stops if s.id in numbers}
    everyone = _able(ground, service, held)
    stops = []
    for stop in existing.stops:
        venue, alone, brings = numbers.get(stop.id), None, None
        if venue is not None:
            others = {n: when for n, when in held.items() if n != venue}
            alone = _able(ground, service, {venue: HeldOn()})
            without = _able(ground, service, others)
            brings = Bounds(everyone.low - without.low, everyone.high - without.high)
        stops.append(JudgedStop(stop, alone, brings, stop.minutes_on(dates)))
    told = [_held_on(stop, dates, ground) for stop in existing.stops]
    at_hours, sessions, minutes = None, None, None
    if None not in told:
        known = [one for one in told if one is not None]
        sessions = sum(count for _, count in known)
        minutes = sum(stop.minutes or 0 for stop in stops)
        pairs = zip(existing.stops, known, strict=True)
        at_hours = _able(
            ground, service, {numbers[s.id]: when for s, (when, _) in pairs if s.id in numbers}
        )
    return JudgedRound(existing, tuple(stops), everyone, minutes, sessions, at_hours)


def with_same_means(asked: AskedRound, judged: JudgedRound) -> AskedRound:
    """Return what is asked, held to the sessions of a round.

    Where its hours are not told, each of its stops is supposed to be held once in the four weeks,
    and so are those of the plan.
    """
    if judged.sessions is not None:
        return replace(asked, most_sessions=max(1, judged.sessions))
    n_stops = max(1, len(judged.round.stops))
    return replace(asked, most_sessions=n_stops, frequencies=(Frequency.MONTHLY,))


def beside_plan(
    judged: JudgedRound,
    grounded: GroundedRound,
    plan: RoundPlan,
    ground: RoundGround,
    service: ServiceKey,
) -> BesidePlan:
    """Return a round beside a plan for the same service on the same ground."""
    numbers = {venue.id: n for n, venue in enumerate(ground.reach.venues)}
    held = {numbers[grounded.venues[stop].id]: HeldOn() for stop, _ in plan.frequencies}
    on_places = _able(ground, service, held)
    planned = _able(ground, service, held_by_plan(grounded, plan, ground))
    kept = _kept(judged.round, grounded, plan, ground)
    kept_ids = {one.present.id for one in kept}
    dropped = [
        DroppedStop(one.stop, _why_dropped(one, grounded, plan))
        for one in judged.stops
        if one.stop.id not in kept_ids
    ]
    known = {one.planned for one in kept}
    names = (_words(grounded, stop) for stop, _ in plan.frequencies)
    added = tuple(sorted(name for name in names if name not in known))
    return BesidePlan(judged, on_places, planned, kept, tuple(dropped), added)


def held_by_plan(
    grounded: GroundedRound, plan: RoundPlan, ground: RoundGround
) -> dict[int, HeldOn]:
    """Return when a plan holds each venue of the ground, and the good that its frequency does."""
    numbers = {venue.id: n for n, venue in enumerate(ground.reach.venues)}
    half_days, goods = HalfDays.of(ground.parameters), dict(grounded.problem.returns)
    frequencies, found = dict(plan.frequencies), dict[int, set[int]]()
    for session in plan.sessions:
        half = half_days.number(grounded.problem.dates[session.date], session.start)
        if half is not None:
            found.setdefault(session.stop, set()).add(half)
    return {
        numbers[grounded.venues[stop].id]: HeldOn(frozenset(halves), goods[frequencies[stop]])
        for stop, halves in sorted(found.items())
    }


def added_by(problem: RoundProblem, plan: RoundPlan, stop: int) -> float:
    """Return the people that a stop would add to a plan, held as often as it may be."""
    held, may_be = plan.often, problem.stops[stop].frequencies
    if not may_be:
        return 0.0
    often = at_most(problem, max(may_be, key=lambda one: one.sessions))
    return people_of(problem, {**held, stop: often}) - people_of(problem, held)


def _able(ground: RoundGround, service: ServiceKey, held: Mapping[int, HeldOn]) -> Bounds[float]:
    return newly_able(ground.unreached, ground.reach, service, held)


def _held_on(
    stop: ExistingStop, dates: Sequence[dt.date], ground: RoundGround
) -> tuple[HeldOn, int] | None:
    """Return when a stop is held, and how many times in the four weeks; None where not told."""
    if stop.horaires is None:
        return None
    half_days, where = HalfDays.of(ground.parameters), departement(stop.code_insee)
    found, n_sessions, days = set[int](), 0, set[dt.date]()
    for day in dates:
        ranges = ranges_on(stop.horaires, day, where)
        if ranges is None:
            return None
        for start, _ in ranges:
            n_sessions += 1
            days.add(day)
            half = half_days.number(day, start)
            found |= set() if half is None else {half}
    reached = [one for one in Frequency if len(days) >= one.sessions]
    good = dict(returns_of(ground.parameters))[reached[0]] if reached else 0.0
    return HeldOn(frozenset(found), good), n_sessions


def _missed(present: float, planned: float) -> float:
    return 0.0 if planned <= 0 else 1 - present / planned


def _words(grounded: GroundedRound, stop: int) -> str:
    told = grounded.problem.stops[stop]
    return f"{told.name} ({told.commune})"


def _kept(
    existing: ExistingRound, grounded: GroundedRound, plan: RoundPlan, ground: RoundGround
) -> tuple[KeptStop, ...]:
    """Return the present stops that the plan holds: each planned stop is that of the nearest."""
    near = ground.parameters.number(PREFIX + "same_place_metres")
    placed = [stop for stop in existing.stops if stop.point is not None]
    held = [stop for stop, _ in plan.frequencies]
    at = coordinates([stop.point for stop in placed if stop.point is not None])
    planned = [grounded.problem.stops[stop] for stop in held]
    there = coordinates([Point(stop.lon, stop.lat) for stop in planned])
    metres = 1000 * distances_km(at, there)
    pairs = sorted(
        (float(metres[i, j]), i, j)
        for i, present in enumerate(placed)
        for j, stop in enumerate(planned)
        if present.code_insee == stop.code_insee and metres[i, j] <= near
    )
    kept: dict[int, KeptStop] = {}
    taken = set[int]()
    for far, i, j in pairs:
        if i not in kept and j not in taken:
            kept[i] = KeptStop(placed[i], _words(grounded, held[j]), far)
            taken.add(j)
    return tuple(kept[i] for i in sorted(kept))


def _why_dropped(judged: JudgedStop, grounded: GroundedRound, plan: RoundPlan) -> str:
    """Return why a plan does without a present stop; people are counted as the plan's own."""
    if judged.alone is None:
        return tr("son adresse n'est pas située : il n'a pas pu être proposé")
    numbers = {stop.id: n for n, stop in enumerate(grounded.problem.stops)}
    number_of = numbers.get(judged.stop.id)
    if number_of is None:
        return tr("il ne peut pas être tenu aux jours et aux heures demandés")
    if max(judged.alone.low, judged.alone.high) < _NOBODY:
        return tr("personne de ceux qui n'ont pas d'aide à portée n'y pourrait venir de plus")
    return _adds_words(grounded.problem, plan, number_of)


def _adds_words(problem: RoundProblem, plan: RoundPlan, stop: int) -> str:
    """Return what a stop that is not held would add, in words: beside the plan, or alone."""
    if added_by(problem, replace(plan, frequencies=()), stop) < _NOBODY:
        return tr(
            "avec les moyens de transport que le plan suppose, il n'y amènerait personne de plus"
        )
    adds = added_by(problem, plan, stop)
    if adds < _NOBODY:
        return tr("ceux qu'il aide peuvent déjà venir à un arrêt du plan")
    message = tr("il ajouterait {people}, s'il restait une venue à lui donner")
    return message.format(people=plural(round(adds), tr("personne")))
