"""One person's journey in words, there and back, and why another can make none: in French.

The person is the one whose best visit by public transport keeps away from home the longest, within
the budget: the hardest journey that is still counted as possible.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bench.reach_cases import ANY_SERVICE, Asked
from maillage.access.journeys.footpaths import footpaths, on_foot
from maillage.access.journeys.legs import replay
from maillage.access.timetable.day import day_timetable
from maillage.access.visits.find import VisitMeans
from maillage.access.visits.find_sheet import SheetAsked, find_sheet
from maillage.access.visits.kinds import noon_of
from maillage.access.visits.model import Certainty, Obstacle
from maillage.access.visits.sheet import SheetPlace, SheetVisit
from maillage.access.visits.sheet_words import SheetText, sheet_text
from maillage.access.visits.week import CERTAINTIES
from maillage.kernel import french
from maillage.wiring import reach

_CERTAIN = CERTAINTIES.index(Certainty.CERTAIN)


def hardest_sheet(asked: Asked) -> tuple[str, ...]:
    """Return the sheet of the longest visit by public transport, at told hours, in paragraphs.

    Raises ValueError where every visit is made on foot, one way or both, or where the timetable
    contradicts a journey.
    """
    for home in _longest_first(asked):
        sheet = find_sheet(_asked_by(asked, home), _means(asked), asked.ground.progress)
        visit = sheet.visit
        if visit is not None and visit.there.journey and visit.back.journey:
            _check(asked, visit)
            return tuple(_paragraphs(sheet_text(sheet)))
    raise ValueError("every visit is made on foot")


def why_not(asked: Asked, obstacle: Obstacle) -> str:
    """Return the French reason of a home that an obstacle stops; "" where there is none.

    The first of those whose reason has facts; where none has, the bare reason.
    """
    week, told = asked.counter.low, asked.found.why_not
    stopped = np.flatnonzero(week.obstacles.number[ANY_SERVICE, _CERTAIN] == obstacle.number)
    if told is None or not len(stopped):
        return ""
    for home in stopped.tolist():
        sentence = told.sentence(week, ANY_SERVICE, _CERTAIN, home)
        if sentence != obstacle.label:
            lieu = week.presences[int(week.obstacles.presence[ANY_SERVICE, _CERTAIN, home])].lieu_id
            day = week.days[int(week.obstacles.day[ANY_SERVICE, _CERTAIN, home])]
            return f"{asked.places.names[lieu]}, {french.weekday(day)} : {sentence}"
    return obstacle.label


def _longest_first(asked: Asked) -> Iterator[int]:
    best = asked.counter.low.best
    leave, back = (part[ANY_SERVICE, _CERTAIN] for part in (best.leave, best.back))
    away = np.where(leave >= 0, back - leave, -1)
    for home in np.argsort(-away, kind="stable").tolist():
        if away[home] < 0:
            return
        yield home


def _asked_by(asked: Asked, home: int) -> SheetAsked:
    week = asked.counter.low
    return SheetAsked(
        home=asked.homes.points[home],
        to=asked.places.presences,
        days=week.days,
        n_wanted=len(week.days),
        kind=week.kind,
        service=None,
        noon=noon_of(asked.ground.parameters),
        places={one: SheetPlace(one, name) for one, name in asked.places.names.items()},
    )


def _means(asked: Asked) -> VisitMeans:
    parameters = asked.ground.parameters
    streets = reach.walkable(asked.streets, parameters)
    return VisitMeans(streets, asked.week.network, reach.searches(), parameters, "")


def _check(asked: Asked, visit: SheetVisit) -> None:
    network = asked.week.network
    walking = on_foot(asked.ground.parameters)
    between = footpaths(network.stops, network.transfers, _means(asked).streets, walking)
    day = day_timetable(network, visit.opening.date)
    for way in (visit.there, visit.back):
        wrong = () if way.journey is None else replay(way.journey, network, day, between)
        if wrong:
            raise ValueError(f"the timetable contradicts a journey: {wrong}")


def _paragraphs(text: SheetText) -> Iterator[str]:
    yield " ".join((f"{text.over} **{text.title}**, {text.when.lower()}.", *text.about))
    for part in text.parts:
        yield f"*{part.title}.* " + " ".join(step.sentence() for step in part.steps)
