"""How often one connection may report, and when what was reported is forgotten."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest

from maillage.kernel.parameters import Parameters
from maillage.storage.accounts.limits import Limit, forget_before, is_too_many
from maillage.storage.imports.keep import forget_old_files
from maillage.storage.reported_errors.keep import forget_old
from maillage.storage.structures.retention import forget_old as forget_structures
from maillage.web.headers import network_of

_HOUR = 3600


def reports_too_much(request: HttpRequest, parameters: Parameters, moment: dt.datetime) -> bool:
    """Count one more report of the connection of who asks, and say whether it is one too many."""
    return is_too_many(_limit(parameters), network_of(request), moment)


def forget(parameters: Parameters, moment: dt.datetime) -> int:
    """Delete reports and files brought past their time, everywhere, and counts of before this hour.

    Return how many reports there were.
    """
    forget_before(_limit(parameters), moment)
    forget_old_files(parameters, moment)
    forget_structures(parameters)
    return forget_old(parameters)


def _limit(parameters: Parameters) -> Limit:
    return Limit("report", int(parameters.number("reported_errors.per_hour")), _HOUR)
