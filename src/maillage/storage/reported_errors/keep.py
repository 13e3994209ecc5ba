"""Errors told by readers: kept, read by the coordination, dealt with, then forgotten in time."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from maillage.jobs.unmet import months_before
from maillage.kernel.parameters import Parameters
from maillage.storage.reported_errors.kinds import Outcome, Wrong
from maillage.storage.reported_errors.models import ReportedError
from maillage.storage.territory.store import hold

ALIAS = "default"


@dataclass(frozen=True, slots=True)
class Told:
    """What a reader tells: of which place, what is wrong, in their words."""

    lieu_id: str
    lieu_name: str
    wrong: Wrong
    text: str


def keep_error(siren: str, told: Told, parameters: Parameters) -> bool:
    """Keep an error told of a place on the day of the parameters; False where there are too many.

    Told twice in the same words while it is open, it is kept once. What is past its time goes.
    """
    on = parameters.on
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, siren)
        forget_old(parameters, siren)
        if is_told(siren, told):
            return True
        own = ReportedError.objects.filter(territory=siren, date=on)
        if own.count() >= parameters.number("reported_errors.per_day"):
            return False
        ReportedError.objects.create(
            territory_id=siren,
            lieu_id=told.lieu_id,
            lieu_name=told.lieu_name,
            wrong_code=told.wrong.code,
            text=told.text,
            date=on,
        )
    return True


def is_told(siren: str, told: Told) -> bool:
    """Say whether the same was told in the same words, and waits."""
    same = ReportedError.objects.filter(territory=siren, lieu_id=told.lieu_id, text=told.text)
    return same.filter(wrong_code=told.wrong.code, outcome_code=Outcome.OPEN.code).exists()


def errors_told(siren: str, parameters: Parameters) -> Sequence[ReportedError]:
    """Return every error told in a territory, the newest first; none that is past its time."""
    rows = ReportedError.objects.filter(territory=siren).exclude(_past(parameters))
    return list(rows.order_by("-date", "-pk"))


def n_open(siren: str, parameters: Parameters) -> int:
    """Return how many wait for somebody to look at them."""
    rows = ReportedError.objects.filter(territory=siren, outcome_code=Outcome.OPEN.code)
    return rows.exclude(_past(parameters)).count()


def handle_error(
    siren: str, number: int, outcome: Outcome, by: str, parameters: Parameters
) -> ReportedError | None:
    """Say what became of a report, and return it; None where there is none such, or not any more.

    Whoever says the same again changes nothing: the first day and name stay.
    """
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, siren)
        forget_old(parameters, siren)
        row = ReportedError.objects.filter(territory=siren, pk=number).first()
        if row is not None and row.outcome is not outcome:
            row.outcome_code, row.handled, row.handled_by = outcome.code, parameters.on, by
            row.save(update_fields=["outcome_code", "handled", "handled_by"])
    return row


def forget_old(parameters: Parameters, siren: str | None = None) -> int:
    """Delete what is past its time, in one territory or in all, and return how much."""
    rows = ReportedError.objects.filter(_past(parameters))
    return (rows if siren is None else rows.filter(territory=siren)).delete()[0]


def _past(parameters: Parameters) -> Q:
    """Return what is kept no longer: long dealt with, or very long open."""
    done, still = (
        _same_day(parameters.on, int(parameters.number(f"reported_errors.{name}_months")))
        for name in ("handled", "open")
    )
    is_open = Q(outcome_code=Outcome.OPEN.code)
    return (~is_open & Q(handled__lte=done)) | (is_open & Q(date__lte=still))


def _same_day(on: dt.date, n_months: int) -> dt.date:
    """Return the same day so many months before, the last of a month that is too short."""
    month = months_before(on, n_months)
    return month.replace(day=min(on.day, monthrange(month.year, month.month)[1]))
