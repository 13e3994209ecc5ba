"""What desks could not answer in the last months, corrected, as a demand that plans can meet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillage.access.unreached.model import UnmetNeed
from maillage.jobs.ports import NeedLog
from maillage.kernel.parameters import Parameters
from maillage.orientation.reported import RecordedNeed, Reported, as_demand, reported

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class UnmetDemand:
    """The requests of ``since``–``until`` (both included), how many there may be, and as a demand.

    ``demand`` are the same requests, each weighing as many as it stands for.
    """

    since: dt.date
    until: dt.date
    recorded: tuple[RecordedNeed, ...]
    found: Reported
    demand: tuple[UnmetNeed, ...]


def unmet_demand(log: NeedLog, siren: str, n_desks: int, parameters: Parameters) -> UnmetDemand:
    """Return what the desks of a territory could not answer, up to the date of the parameters.

    ``n_desks`` are all those that could report, whether they did or not.
    """
    until = parameters.on
    since = _months_before(until, int(parameters.number("reported.window_months")))
    recorded = log.needs(siren, since, until)
    found = reported(recorded, log.months(siren, since, until), n_desks, parameters)
    return UnmetDemand(since, until, recorded, found, as_demand(recorded, found))


def _months_before(day: dt.date, n: int) -> dt.date:
    """Return the first day of the month that many months before.

    >>> _months_before(dt.date(2026, 11, 23), 12)
    datetime.date(2025, 11, 1)
    """
    year, month = divmod(day.year * _MONTHS + day.month - 1 - n, _MONTHS)
    return dt.date(year, month + 1, 1)
