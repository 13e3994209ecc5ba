"""The delays of cases, read from dated parameters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillage.kernel.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Terms:
    """How long each stage lasts, and how long anything is kept.

    ``reminders`` and ``expire`` count from the request; ``outcome_*`` from the appointment;
    ``anonymise`` from the end, ``longest_identity`` from the opening.
    """

    reminders: tuple[dt.timedelta, ...]
    expire: dt.timedelta
    reply: dt.timedelta
    desk: dt.timedelta
    outcome_asked: dt.timedelta
    outcome: dt.timedelta
    correct: dt.timedelta
    anonymise: dt.timedelta
    longest_identity: dt.timedelta
    most_passed_on: int


def terms_of(parameters: Parameters) -> Terms:
    """Return the delays in force on the day of the parameters."""

    def days(name: str) -> dt.timedelta:
        """Return one delay."""
        return dt.timedelta(days=parameters.number(f"referrals.{name}_days"))

    return Terms(
        reminders=(days("remind"), days("remind_again")),
        expire=days("expire"),
        reply=days("reply"),
        desk=days("desk"),
        outcome_asked=days("outcome_asked"),
        outcome=days("outcome"),
        correct=days("correct"),
        anonymise=days("anonymise"),
        longest_identity=days("longest_identity"),
        most_passed_on=int(parameters.number("referrals.most_passed_on")),
    )
