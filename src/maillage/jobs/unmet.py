"""What desks could not answer in the last months, corrected: a demand for plans, and its counts."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from maillage.access.unreached.model import UnmetNeed
from maillage.diagnosis.unanswered import Counted, MonthAsked, Unanswered, gathered, indicators
from maillage.jobs.ports import NeedLog
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.orientation.reported import APART, RecordedNeed, Reported, as_demand, reported
from maillage.orientation.reported_words import reported_words
from maillage.territory.model import Territory
from maillage.territory.tiles import codes_told_for

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class UnmetDemand:
    """The requests of ``since``–``until`` (both included), how many there may be, and as a demand.

    ``demand`` are the same requests, each weighing as many as it stands for; ``months`` all those
    that the days touch, in order, and ``before`` as many months before them.
    """

    since: dt.date
    until: dt.date
    recorded: tuple[RecordedNeed, ...]
    found: Reported
    demand: tuple[UnmetNeed, ...]
    months: tuple[MonthAsked, ...] = ()
    before: tuple[MonthAsked, ...] = ()
    sentences: tuple[str, ...] = ()


def demand_days(parameters: Parameters) -> tuple[dt.date, dt.date]:
    """Return the first and the last day whose requests count, up to the date of the parameters."""
    return (
        months_before(parameters.on, int(parameters.number("reported.window_months"))),
        parameters.on,
    )


def unmet_demand(log: NeedLog, siren: str, parameters: Parameters) -> UnmetDemand:
    """Return what the desks of a territory could not answer, up to the date of the parameters."""
    n_months = int(parameters.number("reported.window_months"))
    since, until = demand_days(parameters)
    desks = log.desks(siren)
    recorded, found, months = _told(log, siren, (since, until), desks, parameters)
    earlier = (months_before(since, n_months), since - dt.timedelta(days=1))
    before = _told(log, siren, earlier, desks, parameters)
    return UnmetDemand(
        since,
        until,
        recorded,
        found,
        as_demand(recorded, found),
        months,
        before[2],
        reported_words(found, n_months),
    )


def unanswered_of(
    told: UnmetDemand, territory: Territory, parameters: Parameters
) -> Unanswered | None:
    """Return the requests as a report tells them, small counts put together; None: there are none.

    No desk is named.
    """
    if not told.recorded:
        return None
    least = int(parameters.number("reported.least_shown"))
    names = commune_names(territory)
    found = told.found
    services = [("" if n.service is None else n.service.value, n) for n in told.demand]
    communes = [(names.get(need.code_insee, need.code_insee), need) for need in told.demand]
    return Unanswered(
        since=told.since,
        until=told.until,
        n_recorded=found.n_recorded,
        n_desks=found.n_desks,
        n_reporting=found.n_reporting,
        n_apart=found.n_apart,
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        least_shown=least,
        by_service=gathered(_counted(services), least, _other_services),
        by_commune=gathered(_counted(communes), least, _other_communes),
        indicators=indicators(told.months, told.before),
        sentences=told.sentences,
    )


def commune_names(territory: Territory) -> dict[str, str]:
    """Return the name of each commune in and around a territory, by every code it may be told."""
    names = {one.code_insee: one.name for one in territory.neighbours}
    inside = {zone.code_insee: zone.name for zone in territory.zones}
    return names | {code: inside[today] for code, today in codes_told_for(territory).items()}


def _told(
    log: NeedLog,
    siren: str,
    days: tuple[dt.date, dt.date],
    accounts: frozenset[str],
    parameters: Parameters,
) -> tuple[tuple[RecordedNeed, ...], Reported, tuple[MonthAsked, ...]]:
    """Return the requests of some days, how many there may be, and month by month."""
    since, until = days
    recorded, activity = log.needs(siren, since, until), log.months(siren, since, until)
    known = {one.desk for one in recorded} | {one.desk for one in activity}
    desks = (known | accounts) - APART
    found = reported(recorded, activity, len(desks), parameters)
    noted = Counter((one.desk, one.need.date.replace(day=1)) for one in recorded)
    sought = Counter({(one.desk, one.month): one.n_asked for one in activity})
    weights = defaultdict[dt.date, float](float)
    for one in as_demand(recorded, found):
        weights[one.date.replace(day=1)] += one.weight
    every = noted | sought  # the greater of both: whoever recorded a request was asked it
    months = tuple(
        MonthAsked(
            month=month,
            n_asked=sum(n for (_, at), n in every.items() if at == month),
            n_recorded=sum(n for (_, at), n in noted.items() if at == month),
            estimate=weights[month],
            whole=months_before(month, -1) <= until + dt.timedelta(days=1),
        )
        for month in _months_of(since, until)
    )
    return recorded, found, months


def _counted(told: Iterable[tuple[str, UnmetNeed]]) -> list[Counted]:
    counts, weights = Counter[str](), defaultdict[str, float](float)
    for label, need in told:
        counts[label] += 1
        weights[label] += need.weight
    return [
        Counted(label or tr("Tous besoins"), n, weights[label])
        for label, n in sorted(counts.items())
    ]


def _other_services(n: int) -> str:
    return french.plural(n, tr("autre besoin"), tr("autres besoins"))


def _other_communes(n: int) -> str:
    return french.plural(n, tr("autre commune"), tr("autres communes"))


def _months_of(since: dt.date, until: dt.date) -> Iterable[dt.date]:
    month = since.replace(day=1)
    while month <= until:
        yield month
        month = months_before(month, -1)


def months_before(day: dt.date, n: int) -> dt.date:
    """Return the first day of the month that many months before.

    >>> months_before(dt.date(2026, 11, 23), 12)
    datetime.date(2025, 11, 1)
    """
    year, month = divmod(day.year * _MONTHS + day.month - 1 - n, _MONTHS)
    return dt.date(year, month + 1, 1)
