"""The moment that pages take as now, and the parameters in force then."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from maillage.kernel.parameters import Parameters, load_parameters


def now() -> dt.datetime:
    """Return the local moment (Europe/Paris): the one that the settings fix, else the clock's."""
    fixed: dt.datetime | None = settings.MAILLAGE_CLOCK
    if fixed is None:
        return timezone.localtime()
    return timezone.make_aware(fixed) if timezone.is_naive(fixed) else timezone.localtime(fixed)


@lru_cache(maxsize=4)
def parameters_on(day: dt.date) -> Parameters:
    """Return the parameters in force on a day, read once."""
    return load_parameters(day)
