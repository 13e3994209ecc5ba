"""A desk made ready: one directory opened on some days, and by what people go there.

Made once a territory and a day, then asked as often as people come; what it finds is a function of
what it was made of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from maillage.access.timetable.model import IntArray
from maillage.access.visits.each_place import EachPlace, PlacesOpen
from maillage.access.visits.find import VisitMeans
from maillage.access.visits.kinds import noon_of, visit_kind
from maillage.access.visits.open_windows import open_windows
from maillage.access.visits.public_holidays import is_public_holiday
from maillage.directory.model import Directory
from maillage.kernel.geometry import FloatArray, Point, coordinates, distances_km
from maillage.kernel.parameters import Parameters
from maillage.orientation.candidates import Candidates, candidates_of
from maillage.orientation.model import Going, Situation

_SUNDAY = 6
_KM_PER_DEGREE = 111.2  # of latitude: the box is only a first cut, distances decide


@dataclass(frozen=True, slots=True, eq=False)
class DeskGround:
    """What a desk knows: the directory, and each commune's name and centre by INSEE code.

    ``served`` tells, by permanence, the communes where help comes to people's homes;
    ``answer_rates``, by structure, the share (0-1) of the requests sent there that were answered
    in time; ``full``, by permanence, the last day for which it takes nobody more.
    """

    directory: Directory
    communes: Mapping[str, tuple[str, Point]]
    served: Mapping[str, frozenset[str]] = field(default_factory=dict)
    answer_rates: Mapping[str, float] = field(default_factory=dict)
    full: Mapping[str, dt.date] = field(default_factory=dict)


class Desk:
    """One directory made ready on ``days``, in order; ``means`` says by what people go there."""

    def __init__(self, ground: DeskGround, days: tuple[dt.date, ...], means: VisitMeans) -> None:
        """Make ready what no question changes; raises ParameterError for an unknown visit."""
        self.ground, self.days, self.means = ground, days, means
        self.parameters: Parameters = means.parameters
        self.kind = visit_kind(
            str(self.parameters["orientation.visit.kind"].value), means.parameters
        )
        noon = noon_of(means.parameters)
        self.candidates: Candidates = candidates_of(
            ground.directory, days, means.parameters, ground.served, ground.full
        )
        opened = [one.opened for one in self.candidates.each]
        self.windows = open_windows(self.candidates.lieux, opened, self.kind, noon)
        self._open = PlacesOpen(self.candidates.places, self.windows, days, self.kind, noon)
        self._ready: dict[tuple[Going, bool], EachPlace] = {}

    def where_full(self, full: Mapping[str, dt.date]) -> Desk:
        """Return this desk where these permanences are full until these days, others not."""
        if full == self.ground.full:
            return self
        return Desk(replace(self.ground, full=full), self.days, self.means)

    def where_answering(self, rates: Mapping[str, float]) -> Desk:
        """Return this desk where these structures answered these shares of their requests."""
        return Desk(replace(self.ground, answer_rates=rates), self.days, self.means)

    @property
    def on(self) -> dt.date:
        """The day on which it stands."""
        return self.parameters.on

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """The weight of each criterion, by its code."""
        names = [one.name for one in self.parameters.under("orientation.weight")]
        return {name.rpartition(".")[2]: self.parameters.number(name) for name in names}

    def value(self, name: str) -> float:
        """Return one number of ``parameters/orientation.yaml``."""
        return self.parameters.number(f"orientation.{name}")

    def each_place(self, going: Going, *, reduced_mobility: bool) -> EachPlace:
        """Return what finds the visits of one home by one way of moving, made ready once."""
        key = going, reduced_mobility
        if key not in self._ready:
            means = replace(self.means, mode=going.mode, reduced_mobility=reduced_mobility)
            self._ready[key] = EachPlace(self._open, means)
        return self._ready[key]

    def home(self, situation: Situation) -> FloatArray:
        """Return the (2,) lon/lat degrees one leaves from. Raises LookupError: unknown commune."""
        point = situation.point or self.ground.communes[situation.code_insee][1]
        home: FloatArray = coordinates((point,))[0]
        return home

    def commune(self, code_insee: str) -> str:
        """Return the name of a commune, its code where it is not known."""
        return (
            self.ground.communes[code_insee][0]
            if code_insee in self.ground.communes
            else code_insee
        )

    def next_open_days(self, *, today: bool = False) -> tuple[dt.date, ...]:
        """Return the days looked at where none is asked: no day of rest, and today if it is so."""
        most = int(self.value("days.asked"))
        after = [day for day in self.days if day > self.on and self._is_open(day)][:most]
        return (self.on, *after) if today and self._is_open(self.on) else tuple(after)

    def _is_open(self, day: dt.date) -> bool:
        return day.weekday() != _SUNDAY and not is_public_holiday(day, self.means.departement)

    def near(self, home: FloatArray) -> tuple[IntArray, FloatArray]:
        """Return the permanences to look at, by position, and their km from home, inf = nowhere.

        Where there are too many, the nearest.
        """
        points, most = self.candidates.points, self.value("candidates.farthest_km")
        north = np.abs(points[:, 1] - home[1]) > most / _KM_PER_DEGREE
        chosen = np.flatnonzero(~north)
        km = distances_km(home[None, :], points[chosen])[0]
        km = np.where(np.isnan(km), np.inf, km)
        kept = np.flatnonzero((km <= most) | np.isinf(km))
        nearest = kept[np.lexsort((kept, km[kept]))][: int(self.value("candidates.most"))]
        kept = np.sort(nearest)
        return chosen[kept].astype(np.int32), km[kept]


def desk_days(
    on: dt.date, wanted: tuple[dt.date, ...], parameters: Parameters
) -> tuple[dt.date, ...]:
    """Return the days a desk opens: from the day it stands on, unless another is wanted, on.

    Days wanted among those change nothing: the standing desk of a site answers as this one does.
    """
    ahead = dt.timedelta(days=int(parameters.number("orientation.days.ahead")))
    if all(on <= day <= on + ahead for day in wanted):
        wanted = ()
    first, last = min(wanted, default=on), max((on, *wanted)) + ahead
    return tuple(first + dt.timedelta(days=n) for n in range((last - first).days + 1))
