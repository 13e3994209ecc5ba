"""What is doubtful in a network, whatever it was read from: told, never changed.

One finding for each kind and feed, with their number and a few examples.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from maillage.access.timetable.check_stops import OnLand, check_changes, check_stops
from maillage.access.timetable.check_trips import check_repeats, check_speeds, speeds_kmh
from maillage.access.timetable.doubts import N_EXAMPLES, Doubts
from maillage.access.timetable.feed_part import FeedPart, feed_parts
from maillage.access.timetable.model import Network
from maillage.access.timetable.select import trip_of_calls
from maillage.access.timetable.weeks import FeedWeek
from maillage.kernel import french
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.parameters import Parameters

CALENDAR_OVER = FindingKind(
    "timetable-calendar-over",
    Severity.WARNING,
    "Ces horaires s'arrêtent le {last} ; jours demandés qu'ils ne couvrent pas : {n} "
    "(ainsi {value}).",
    "Téléchargez les horaires en cours ; à défaut, la semaine la plus proche du même type est lue "
    "et dite à côté du chiffre.",
)
CALENDAR_NOT_BEGUN = FindingKind(
    "timetable-calendar-not-begun",
    Severity.WARNING,
    "Ces horaires ne commencent que le {first} ; jours demandés qu'ils ne couvrent pas : {n} "
    "(ainsi {value}).",
    "Téléchargez les horaires qui précèdent ; à défaut, la semaine la plus proche du même type est "
    "lue et dite à côté du chiffre.",
)
THINNED_OUT = FindingKind(
    "timetable-thinned-out",
    Severity.WARNING,
    "Dans la semaine du {value}, {share} des courses ordinaires ne circulent plus à cette date : "
    "ces horaires ont sans doute pris fin plus tôt que leur calendrier.",
    "Téléchargez les horaires en cours ; à défaut, la semaine la plus proche du même type est lue "
    "et dite à côté du chiffre, ou deux bornes sont données s'il n'y en a pas.",
)
CALENDAR_HOLE = FindingKind(
    "timetable-calendar-hole",
    Severity.WARNING,
    "Dans la période que ces horaires couvrent, jours où rien ne roule, d'affilée : {n} "
    "(à partir du {value}).",
    "Demandez au producteur si le réseau s'arrête vraiment, ou s'il manque un calendrier.",
)
SERVICE_NEVER_RUNS = FindingKind(
    "timetable-service-never-runs",
    Severity.INFO,
    "Calendriers qui ne font rouler aucun jour : {n} (ainsi {value}).",
    "Rien à faire, sauf si une ligne que vous connaissez n'apparaît jamais.",
)
STEP_FREE_UNTOLD = FindingKind(
    "timetable-step-free-untold",
    Severity.INFO,
    "On ne sait pas si un fauteuil peut monter : {stops} des arrêts desservis et {trips} des "
    "courses n'en disent rien.",
    "Les trajets sans marche sont donnés entre deux bornes : seulement ce qui est dit accessible, "
    "ou tout ce qui n'est pas dit inaccessible.",
)


def check_network(
    network: Network, parameters: Parameters, *, on_land: OnLand | None = None
) -> tuple[Finding, ...]:
    """Return what is doubtful in the stops, the calendars and the trips of each feed.

    ``parameters`` are those named ``timetable.`` and ``journeys.``; without ``on_land`` nothing is
    said of the sea.
    """
    speeds = speeds_kmh(network, parameters.number("timetable.rounding_seconds"))
    found: list[Finding] = []
    for part in feed_parts(network):
        doubts = Doubts(part.feed.name)
        check_stops(part, parameters, doubts, on_land)
        check_changes(part, parameters, doubts)
        check_speeds(part, speeds, parameters, doubts)
        check_repeats(part, doubts)
        _check_services(part, doubts)
        found += doubts.findings()
        found += _holes(part, parameters)
        found += _untold(part)
    return tuple(found)


def check_days(network: Network, days: Sequence[dt.date]) -> tuple[Finding, ...]:
    """Return, for each feed, that it is over or has not begun on some of the days asked."""
    found = []
    for feed in network.feeds:
        late = sorted(day for day in days if day > feed.last_day)
        early = sorted(day for day in days if day < feed.first_day)
        ends = {"first": french.date(feed.first_day), "last": french.date(feed.last_day)}
        for kind, missing in ((CALENDAR_OVER, late), (CALENDAR_NOT_BEGUN, early)):
            if missing:
                shown = ", ".join(french.date(day) for day in missing[:N_EXAMPLES])
                counted = french.number(len(missing))
                found.append(kind.at(Where(feed.name), value=shown, n=counted, **ends))
    return tuple(found)


def check_weeks(weeks: Sequence[FeedWeek]) -> tuple[Finding, ...]:
    """Return, for each feed, that hardly anything is left of it in the week asked."""
    return tuple(
        THINNED_OUT.at(
            Where(week.feed), value=french.date(week.asked), share=french.percent(week.gone)
        )
        for week in weeks
        if week.gone > 0
    )


def _check_services(part: FeedPart, doubts: Doubts) -> None:
    services = part.network.services
    idle = np.flatnonzero(part.services & ~services.runs.any(axis=1))
    doubts.tell_all(SERVICE_NEVER_RUNS, "", [services.ids[service] for service in idle])


def _holes(part: FeedPart, parameters: Parameters) -> list[Finding]:
    """Return the finding that nothing runs for many days on end inside the feed's validity."""
    services = part.network.services
    used = np.unique(part.network.trips.services[part.trips])
    begin = (part.feed.first_day - services.first_day).days
    end = (part.feed.last_day - services.first_day).days
    if not used.size:
        return []
    runs = services.runs[used, begin : end + 1].any(axis=0)
    edges = np.flatnonzero(np.diff(runs.astype(np.int8), prepend=1, append=1))
    starts, stops = edges[::2], edges[1::2]
    long = np.flatnonzero(stops - starts >= parameters.number("timetable.hole_days"))
    shown = [
        french.date(part.feed.first_day + dt.timedelta(days=int(starts[at])))
        for at in long[:N_EXAMPLES]
    ]
    if not shown:
        return []
    n_days = french.number(int((stops - starts)[long].sum()))
    return [CALENDAR_HOLE.at(Where(part.feed.name), value=", ".join(shown), n=n_days)]


def _untold(part: FeedPart) -> list[Finding]:
    network = part.network
    of_trip = trip_of_calls(network.trips)
    stops = np.unique(network.calls.stops[part.trips[of_trip]])
    if not stops.size:
        return []
    at_stops = float((network.stops.step_free[stops] < 0).mean())
    on_trips = float((network.trips.step_free[part.trips] < 0).mean())
    if max(at_stops, on_trips) == 0:
        return []
    untold = {"stops": french.percent(at_stops), "trips": french.percent(on_trips)}
    return [STEP_FREE_UNTOLD.at(Where(part.feed.name), **untold)]
