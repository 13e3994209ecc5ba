"""A week by one mode that leaves at any time, and who a ride by car would bring to help.

On foot, by bicycle or by car nothing waits for a timetable: both bounds are one.
"""

from __future__ import annotations

import numpy as np

from maillage.access.timetable.model import FlagArray
from maillage.access.travel import Mode, Trip
from maillage.access.visits.any_time import minutes_both_ways, whole_seconds
from maillage.access.visits.find import ReadyWeek, Searched, VisitMeans
from maillage.access.visits.half_days import half_days_by_mode
from maillage.access.visits.model import Certainty
from maillage.access.visits.territory_visits import (
    AskedWeek,
    Movement,
    WeekGround,
    walks_both_ways,
)
from maillage.access.visits.week import CERTAINTIES
from maillage.kernel.language import tr


def ready_by_mode(asked: AskedWeek, means: VisitMeans, mode: Mode) -> ReadyWeek:
    """Return a week made ready for who goes by one mode all the way, whatever timetables tell.

    Both bounds of what is searched in it are one.
    """
    by = Movement(means.streets, None, None, means.parameters, means.reduced_mobility)
    searched = Searched(asked, by, direct_ground(asked, by, mode), a_bus_is_missing=False)
    return ReadyWeek(searched, (means.streets.describe((mode,)), _supposed(mode)), ())


def direct_ground(asked: AskedWeek, by: Movement, mode: Mode) -> WeekGround:
    """Return the ways of a week by one mode all the way; who walks goes no farther than one can."""
    ids = tuple(sorted({presence.lieu_id for presence in asked.to.presences}))
    places = np.array([asked.to.places[one] for one in ids], dtype=np.float64).reshape(-1, 2)
    if mode is Mode.WALK:
        out, back = walks_both_ways(asked.homes, by, places)
    else:
        ways = minutes_both_ways(by.streets, asked.homes, places, Trip(mode))
        out, back = (whole_seconds(way) for way in ways)
    return WeekGround(ids, places, out, back, None, {}, None)


def carried_by_car(ready: ReadyWeek, certainty: Certainty = Certainty.POSSIBLE) -> FlagArray:
    """Return (10, p) whether a ride by car makes a half-day work, in a week made ready.

    For its first kind of visit, from its homes to its own places while they are open, in the order
    of ``SERVICE_KEYS``; ``certainty`` as in ``unreached_of``.
    """
    found = half_days_by_mode(ready.searched.asked, ready.searched.by, Mode.CAR)[0]
    carried: FlagArray = found.half_days[:, CERTAINTIES.index(certainty)] > 0
    return carried


def _supposed(mode: Mode) -> str:
    """Return one French sentence: who is counted as going by that mode."""
    told = {
        Mode.WALK: tr(
            "Chacun va à pied, et pas plus loin que l'on ne marche : aucun transport n'est compté, "
            "même où il en passe."
        ),
        Mode.BICYCLE: tr(
            "Chacun est supposé aller à vélo : qui ne le peut pas est compté comme s'il le pouvait."
        ),
        Mode.CAR: tr(
            "Chacun est supposé aller en voiture : qui n'en a pas est compté comme s'il en avait "
            "une."
        ),
    }
    return told[mode]
