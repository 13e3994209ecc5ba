"""What in a demand contradicts itself, told before any search."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from maillage.kernel import french
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.language import tr
from maillage.rounds.calendar import Ground, Place
from maillage.rounds.model import FixedSession, Range, RoundProblem


def refuse_impossible(ground: Ground) -> None:
    """Raise ImpossibleDemand, telling each contradiction, where no plan can be made."""
    told = contradictions(ground)
    if told:
        raise ImpossibleDemand(told)


def contradictions(ground: Ground) -> tuple[str, ...]:
    """Return what contradicts, as French clauses; empty where nothing is seen to.

    All that contradict by themselves are told; not what only follows from one that is told.
    """
    problem = ground.problem
    of_month = [*_of_the_month(problem)]
    told = [*of_month, *_of_the_number(ground)]
    wrong: dict[Place, list[str]] = {}
    for fixed in problem.fixed:
        wrong.setdefault((fixed.vehicle, fixed.date), []).extend(_of_commitment(problem, fixed))
    for place, clause in _of_pairs(problem):
        wrong[place].append(clause)
    for place, clauses in wrong.items():
        told += clauses or _of_committed_day(ground, *place)
    if not of_month:
        told += _of_must(ground, alone=bool(told))
    if not told and not any(ground.rhythms):
        told.append(_why_none(problem))
    return tuple(dict.fromkeys(told))


def _of_the_month(problem: RoundProblem) -> Iterator[str]:
    open_dates = {date for stop in problem.stops for date, told in stop.windows if told}
    out_dates = {date for vehicle in problem.vehicles for date, _ in vehicle.shifts}
    if not problem.dates:
        yield tr("aucune date n'est donnée")
    elif not problem.vehicles or not out_dates:
        yield tr("aucun véhicule ne sort à aucune de ces dates")
    elif not problem.stops or not open_dates:
        yield tr("aucun arrêt n'est ouvert à aucune de ces dates")
    elif not open_dates & out_dates:
        yield tr("aucun arrêt n'est ouvert aux dates où un véhicule sort")


def _of_the_number(ground: Ground) -> Iterator[str]:
    problem = ground.problem
    most = problem.most_sessions
    if most is None:
        return
    if most < 1:
        yield tr("{n} séance demandée : il en faut au moins une").format(n=most)
        return
    if len(problem.fixed) > most:
        yield tr("{fixed} séances fixées, mais {most} en tout").format(
            fixed=len(problem.fixed), most=most
        )
        return
    needed = sum(
        min((len(rhythm.weeks) for rhythm in ground.rhythms[stop]), default=0)
        for stop in ground.must
    )
    if needed > most:
        yield tr(
            "les arrêts imposés et les séances fixées demandent {needed} séances, mais {most} sont "
            "permises en tout"
        ).format(needed=needed, most=most)


def _of_commitment(problem: RoundProblem, fixed: FixedSession) -> Iterator[str]:
    name = _named(problem, fixed)
    vehicle = problem.vehicles[fixed.vehicle]
    begin, end = fixed.start - problem.setup_minutes, fixed.end + problem.packing_minutes
    shift = dict(vehicle.shifts).get(fixed.date)
    if shift is None:
        yield tr("{session} : {vehicle} ne sort pas ce jour-là").format(
            session=name, vehicle=vehicle.name
        )
    elif begin < shift.start or end > shift.end:
        yield tr("{session} : hors des heures {vehicle} ({range})").format(
            session=name, vehicle=french.of(vehicle.name), range=_hours(shift)
        )
    windows = dict(problem.stops[fixed.stop].windows).get(fixed.date, ())
    if not windows:
        yield tr("{session} : le lieu est fermé ce jour-là").format(session=name)
    elif not any(w.start <= fixed.start and fixed.end <= w.end for w in windows):
        yield tr("{session} : hors des heures du lieu ({ranges})").format(
            session=name, ranges=french.listed([_hours(w) for w in windows])
        )


def _of_pairs(problem: RoundProblem) -> Iterator[tuple[Place, str]]:
    """Yield the commitments of one vehicle that overlap, or that no road joins in time."""
    ordered = sorted(problem.fixed, key=lambda f: (f.date, f.vehicle, f.start, f.stop))
    for one, other in combinations(ordered, 2):
        if (one.vehicle, one.date) != (other.vehicle, other.date):
            continue
        between = other.start - one.end
        needed = problem.packing_minutes + problem.setup_minutes
        needed_by_road = needed + float(problem.minutes[one.stop, other.stop])
        if between < 0:
            words = tr("{one} et {other} se chevauchent")
        elif between < needed_by_road:
            words = tr("pas le temps d'aller de {one} à {other}")
        else:
            continue
        names = {"one": _named(problem, one), "other": _named(problem, other)}
        yield (one.vehicle, one.date), words.format(**names)


def _of_committed_day(ground: Ground, vehicle: int, date: int) -> Iterator[str]:
    problem = ground.problem
    if ground.planner.is_impossible(vehicle, date, frozenset()):
        yield tr(
            "{vehicle}, le {date} : les séances fixées ne tiennent pas avec la route et la pause"
        ).format(vehicle=problem.vehicles[vehicle].name, date=french.date(problem.dates[date]))


def _of_must(ground: Ground, *, alone: bool) -> Iterator[str]:
    """Yield why a stop that must be held cannot be; ``alone``: whatever is promised elsewhere."""
    for number in ground.must:
        if not (ground.rhythms_alone(number) if alone else ground.rhythms[number]):
            reachable = (ground.weeks if alone else ground.places)[number]
            yield _shut(ground.problem, number) or _never(ground, number, bool(reachable))


def _shut(problem: RoundProblem, number: int) -> str | None:
    """Return how the windows of a stop keep it from being held, None where they do not."""
    stop = problem.stops[number]
    told = [(date, window) for date, windows in stop.windows for window in windows]
    out = {date for vehicle in problem.vehicles for date, _ in vehicle.shifts}
    longest = max((w.end - w.start for date, w in told if date in out), default=0)
    if not told:
        clause = tr("{stop} est imposé, mais fermé à toutes ces dates")
    elif not longest:
        clause = tr("{stop} est imposé, mais fermé chaque fois qu'un véhicule sort")
    elif longest < problem.session_minutes and number not in {f.stop for f in problem.fixed}:
        clause = tr(
            "{stop} est imposé, mais n'ouvre jamais {n} minutes de suite, durée d'une séance"
        )
    else:
        return None
    return clause.format(stop=stop.name, n=problem.session_minutes)


def _never(ground: Ground, number: int, reachable: bool) -> str:  # noqa: FBT001
    """Return why no rhythm can hold a stop that is open."""
    stop, dates = ground.problem.stops[number], ground.commitments.get(number, ())
    if len({ground.week[date] for _, date in dates}) < len(dates):
        clause = tr(
            "{stop} a plusieurs séances fixées dans une même semaine : une fréquence n'en tient "
            "qu'une"
        )
    elif not reachable:
        clause = tr(
            "{stop} est imposé, mais aucun véhicule n'a le temps d'y aller, d'y recevoir et d'en "
            "revenir"
        )
    else:
        clause = tr(
            "{stop} doit être tenu, mais à aucune des fréquences permises ({frequencies}) : il y "
            "manque trop de semaines, ou les séances fixées ne suivent aucun rythme"
        )
    frequencies = french.listed([f.label for f in stop.frequencies]) or tr("aucune")
    return clause.format(stop=stop.name, frequencies=frequencies)


def _why_none(problem: RoundProblem) -> str:
    """Return why no stop at all can be held."""
    windows = [w for stop in problem.stops for _, told in stop.windows for w in told]
    longest = max(w.end - w.start for w in windows)
    if longest < problem.session_minutes:
        return tr(
            "une séance dure {n} minutes, mais aucun arrêt n'ouvre plus de {longest} minutes de "
            "suite"
        ).format(n=problem.session_minutes, longest=longest)
    return tr(
        "aucun arrêt ne peut être tenu à une fréquence permise : ses heures, la route et les "
        "heures des équipes ne se rencontrent pas assez souvent"
    )


def _hours(told: Range) -> str:
    return tr("{start} - {end}").format(
        start=french.clock(told.start * 60), end=french.clock(told.end * 60)
    )


def _named(problem: RoundProblem, fixed: FixedSession) -> str:
    return tr("la séance fixée à {stop}, le {date} à {time}").format(
        stop=problem.stops[fixed.stop].name,
        date=french.date(problem.dates[fixed.date]),
        time=french.clock(fixed.start * 60),
    )
