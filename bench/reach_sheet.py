"""One person's journey in words, there and back, and why another can make none: in French.

The person is the one whose best visit by public transport keeps away from home the longest, within
the budget: the hardest journey that is still counted as possible.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bench.reach_cases import ANY_SERVICE, Asked
from maillage.access.journeys.footpaths import footpaths, on_foot, walks_to_stops
from maillage.access.journeys.legs import Journey, JourneyFinder, Place, replay
from maillage.access.journeys.model import DayTimetable, Walks
from maillage.access.journeys.telling import clock, tell
from maillage.access.timetable.day import day_timetable
from maillage.access.visits.model import Certainty, Obstacle, OpeningOn, VisitKind
from maillage.access.visits.week import CERTAINTIES
from maillage.kernel import french
from maillage.kernel.geometry import FloatArray

_CERTAIN = CERTAINTIES.index(Certainty.CERTAIN)
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True)
class Visit:
    """The best visit of one home: seconds of the day, what it goes to, when that opens."""

    home: int
    presence: int
    leave: int
    start: int
    back: int
    spare: int
    opening: OpeningOn
    kind: VisitKind


@dataclass(frozen=True)
class Sheet:
    """A visit with the way there and the way back, both found again leg by leg."""

    place: str
    visit: Visit
    there: Journey
    home: Journey

    def lines(self) -> tuple[str, ...]:
        """Return the sheet in French sentences, one a paragraph."""
        visit = self.visit
        opened = ", ".join(
            f"de {clock(start * 60)} à {clock(end * 60)}" for start, end in visit.opening.ranges
        )
        day = f"{_DAYS[visit.opening.date.weekday()]} {french.date(visit.opening.date)}"
        served = -(-visit.start // 60) * 60  # to the minute ended, as arrivals are told
        done = served + visit.kind.minutes * 60
        away, spare = (
            french.minutes(each / 60) for each in (visit.back - visit.leave, visit.spare)
        )
        last = (
            f"En tout {away} hors de chez vous. La visite pourrait durer {spare} de plus sans "
            "manquer ni la fermeture ni le dernier retour."
        )
        return (
            f"**{self.place}**, {day} (ouvert {opened} : horaires connus), {visit.kind.label}.",
            f"*Aller.* {tell(self.there)}",
            f"*Sur place.* Vous êtes reçu à {clock(served)} et sortez à {clock(done)}.",
            f"*Retour.* {tell(self.home)}",
            last,
        )


class Searcher:
    """Finds the journeys of the homes of one case again, one day at a time."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._network = asked.week.network
        self._walking = on_foot(asked.ground.parameters)
        self._between: Walks = footpaths(
            self._network.stops, self._network.transfers, asked.streets, self._walking
        )
        self._days: dict[dt.date, tuple[DayTimetable, JourneyFinder]] = {}

    def sheet(self, visit: Visit) -> Sheet | None:
        """Return the sheet of a visit; None where it is made on foot, one way or both."""
        presence = self._asked.counter.low.presences[visit.presence]
        door = self._near(self._asked.homes.points[visit.home])
        place = self._near(self._asked.places.presences.places[presence.lieu_id])
        day, finder = self._on(visit.opening.date)
        done = visit.start + visit.kind.minutes * 60
        there = finder.leaving_at(door, place, visit.leave)
        home = finder.leaving_at(place, door, done)
        if there is None or home is None:
            return None
        if there.arrive > visit.start or home.arrive != visit.back:
            return None
        for journey in (there, home):
            wrong = replay(journey, self._network, day, self._between)
            if wrong:
                raise ValueError(f"the timetable contradicts a journey: {wrong}")
        return Sheet(self._asked.places.names[presence.lieu_id], visit, there, home)

    def _near(self, point: FloatArray) -> Place:
        walks = walks_to_stops(
            point[None, :], self._network.stops.places, self._asked.streets, self._walking
        )
        return walks.stops, walks.seconds

    def _on(self, date: dt.date) -> tuple[DayTimetable, JourneyFinder]:
        if date not in self._days:
            day = day_timetable(self._network, date)
            self._days[date] = day, JourneyFinder(self._network, day, self._between)
        return self._days[date]


def hardest_sheet(asked: Asked) -> Sheet:
    """Return the sheet of the longest visit by public transport, at told hours.

    Raises ValueError where every visit is made on foot.
    """
    searcher = Searcher(asked)
    for visit in _longest_first(asked):
        sheet = searcher.sheet(visit)
        if sheet is not None:
            return sheet
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
            return f"{asked.places.names[lieu]}, {_DAYS[day.weekday()]} : {sentence}"
    return obstacle.label


def _longest_first(asked: Asked) -> Iterator[Visit]:
    week = asked.counter.low
    best = week.best
    leave, start, back, spare, presence, day = (
        part[ANY_SERVICE, _CERTAIN]
        for part in (best.leave, best.start, best.back, best.spare, best.presence, best.day)
    )
    away = np.where(leave >= 0, back - leave, -1)
    for home in np.argsort(-away, kind="stable").tolist():
        if away[home] < 0:
            return
        to = week.presences[int(presence[home])].permanence_id
        yield Visit(
            home,
            int(presence[home]),
            int(leave[home]),
            int(start[home]),
            int(back[home]),
            int(spare[home]),
            asked.places.presences.opened[to][int(day[home])],
            week.kind,
        )
