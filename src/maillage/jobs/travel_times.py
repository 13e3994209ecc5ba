"""Times between points: by the streets, or by the streets and the timetables of one day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from maillage.access.journeys.footpaths import OnFoot, footpaths, on_foot, walks_to_stops
from maillage.access.journeys.model import DaySearch
from maillage.access.matrix import Departure, TransitPlan, transit_matrix
from maillage.access.points import Points
from maillage.access.times import TimesTable
from maillage.access.timetable.day import day_timetable
from maillage.access.timetable.model import Network
from maillage.access.timetable.on_week import network_on_day
from maillage.access.travel import Mode, TravelTimes, Trip
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress


@dataclass(frozen=True, slots=True)
class Leaving:
    """When one leaves: a day and a time, or any minute of a window that begins then."""

    at: dt.datetime
    window_minutes: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class ByTransit:
    """What journeys by public transport are made of: walks, timetables, engine, parameters."""

    streets: TravelTimes
    network: Network
    search: DaySearch
    parameters: Parameters
    reduced_mobility: bool = False


def times_by_street(
    origins: Points, destinations: Points, streets: TravelTimes, mode: Mode, progress: Progress
) -> TimesTable:
    """Return the times from each origin to each destination by one mode."""
    progress.step(tr("Temps de trajet {mode}").format(mode=mode.label))
    minutes = streets.matrix(origins.places, destinations.places, Trip(mode))
    findings = (*origins.findings, *destinations.findings)
    how = (streets.describe((mode,)),)
    ends = origins.places, destinations.places
    return TimesTable(origins.ids, destinations.ids, minutes, how, None, findings, ends)


def times_by_transit(
    origins: Points, destinations: Points, by: ByTransit, leaving: Leaving, progress: Progress
) -> TimesTable:
    """Return the times by public transport, walking included; over a window, their median.

    Where a timetable does not cover the day, the nearest week of it that does is read, and told.
    """
    # 1. the timetable of the day
    day = leaving.at.date()
    week = network_on_day(by.network, day, by.parameters)
    hops = day_timetable(week.network, day, only_step_free=by.reduced_mobility)

    # 2. the walks: to stops, between them, and all the way
    progress.step(tr("Marche vers les arrêts"))
    walking = on_foot(by.parameters, reduced_mobility=by.reduced_mobility)
    stops = week.network.stops
    between = footpaths(stops, week.network.transfers, by.streets, walking)
    walks = [
        walks_to_stops(points.places, stops.places, by.streets, walking)
        for points in (origins, destinations)
    ]
    walked = by.streets.matrix(
        origins.places, destinations.places, Trip(Mode.WALK, step_free=walking.step_free)
    )
    walked *= walking.pace
    all_the_way = np.where(walked * 60.0 <= walking.all_the_way, walked, np.inf)

    # 3. the journeys, from the side that has fewer points
    begin = leaving.at.hour * 3600 + leaving.at.minute * 60
    longest = round(by.parameters.number("matrix.longest_minutes"))
    departure = Departure(begin, leaving.window_minutes, longest)
    fewer = min(len(origins.ids), len(destinations.ids))
    progress.step(tr("Trajets en transport en commun"), total=fewer)
    plan = TransitPlan(by.search, hops, between)
    minutes = transit_matrix(plan, (walks[0], walks[1]), all_the_way, departure, progress)
    findings = (*origins.findings, *destinations.findings, *week.findings)
    how = (by.streets.describe((Mode.WALK,)), _limits(walking, longest), *week.how)
    ends = origins.places, destinations.places
    return TimesTable(origins.ids, destinations.ids, minutes, how, day, findings, ends)


def _limits(walking: OnFoot, longest: int) -> str:
    """Return one French sentence: how far one walks, and how long a journey may last."""
    return tr(
        "On marche au plus {all} d'un bout à l'autre et {stop} jusqu'à un arrêt ; au-delà de "
        "{longest}, le trajet est dit impossible."
    ).format(
        all=french.minutes(walking.all_the_way / 60),
        stop=french.minutes(walking.to_stop / 60),
        longest=french.minutes(longest),
    )
