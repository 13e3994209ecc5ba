"""One person's question made for tests: a home, some places, some runs, several weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from tests.access.journeys.timetables import Run
from tests.access.visits.towns import COMPILED, MONDAY, PARAMETERS, STRAIGHT, at_km, network_at
from tests.builders import DEMARCHES

from maillage.access.model import ServiceKey
from maillage.access.timetable.model import Network, Services
from maillage.access.visits.find import VisitMeans
from maillage.access.visits.find_sheet import SheetAsked, find_sheet
from maillage.access.visits.kinds import visit_kind
from maillage.access.visits.model import Certainty, OpeningOn
from maillage.access.visits.sheet import JourneySheet, SheetPlace
from maillage.access.visits.territory_visits import Presences
from maillage.access.visits.week import Presence
from maillage.kernel.french import FIXED, THIN
from maillage.kernel.progress import Silent

N_DAYS = 21
DAYS = tuple(MONDAY + dt.timedelta(days=n) for n in range(N_DAYS))


@dataclass(frozen=True)
class Counter:
    """A place to go to: so many km east, open in the same ranges each day of ``days``."""

    km: float
    ranges: tuple[tuple[int, int], ...] = ((540, 720),)
    certainty: Certainty | None = Certainty.CERTAIN
    days: tuple[int, ...] = tuple(range(N_DAYS))
    phone: str | None = None


def every_day(network: Network, n_days: int = N_DAYS) -> Network:
    """Return a network that runs each day of the weeks asked."""
    runs = np.ones((len(network.services.ids), n_days), dtype=np.bool_)
    services = Services(network.services.ids, MONDAY, runs)
    last = MONDAY + dt.timedelta(days=n_days - 1)
    feeds = tuple(replace(one, first_day=MONDAY, last_day=last) for one in network.feeds)
    return replace(network, services=services, feeds=feeds)


def running(*runs: Run, kms: Sequence[float] = (0.0, 8.0)) -> Network:
    """Return runs over stops so many km east, each day."""
    return every_day(network_at(at_km(*kms), runs))


def means_of(network: Network | None = None, **changed: object) -> VisitMeans:
    """Return walking in straight lines, and these timetables."""
    found = VisitMeans(STRAIGHT, network, None if network is None else COMPILED, PARAMETERS, "62")
    return replace(found, **changed)  # type: ignore[arg-type]


def asked_of(
    counters: Sequence[Counter],
    *,
    visit: str = "comptoir",
    service: ServiceKey = None,
    days: Sequence[dt.date] = DAYS[:7],
    until: dt.date = DAYS[-1],
) -> SheetAsked:
    """Return what a person at 0 km asks of some places."""
    spots = at_km(*(one.km for one in counters))
    horizon = (*days, *(day for day in DAYS if days[-1] < day <= until))
    opened = {
        f"p{n}": tuple(
            OpeningOn(day, one.ranges, one.certainty)
            if (day - MONDAY).days in one.days
            else OpeningOn(day, (), one.certainty)
            for day in horizon
        )
        for n, one in enumerate(counters)
    }
    presences = tuple(
        Presence(f"p{n}", f"l{n}", frozenset({DEMARCHES})) for n in range(len(counters))
    )
    return SheetAsked(
        home=at_km(0.0)[0],
        to=Presences(presences, {f"l{n}": spot for n, spot in enumerate(spots)}, opened),
        days=horizon,
        n_wanted=len(days),
        kind=visit_kind(visit, PARAMETERS),
        service=service,
        noon=780,
        places={
            f"l{n}": SheetPlace(f"l{n}", f"Lieu {n}", one.phone) for n, one in enumerate(counters)
        },
    )


def sheet_of(asked: SheetAsked, means: VisitMeans) -> JourneySheet:
    """Return the sheet."""
    return find_sheet(asked, means, Silent())


def plain_spaces(text: str) -> str:
    """Return a text with plain spaces alone."""
    return text.replace(FIXED, " ").replace(THIN, " ")
