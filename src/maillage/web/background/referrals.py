"""What time does to cases: reminders, hand-backs, ends, letters, and forgetting who people are."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.utils import DNS_NAME

from maillage.jobs.unmet import months_before
from maillage.kernel.parameters import Parameters
from maillage.referrals.model import Event
from maillage.referrals.terms import terms_of
from maillage.storage.referrals.keep import forget, move_by_time
from maillage.storage.referrals.kept import Kept
from maillage.storage.referrals.letters import NewLetter, post
from maillage.web.referrals.writing import writer_at


def follow(parameters: Parameters, moment: dt.datetime) -> int:
    """Do what is due at a moment to every case, and return how many things were done.

    Letters that a server does not take are tried again later; nothing here raises for that.
    """
    terms = terms_of(parameters)

    def writes(kept: Kept, event: Event, seq: int) -> list[NewLetter]:
        """Return the letters of an event, in the words of its territory."""
        return list(writer_at(kept.case.siren)(kept, event, seq))

    n_done = move_by_time(moment, terms, writes)
    n_done += post(moment, send) if settings.MAILLAGE_SENDS_MAIL else 0
    accessed, kept_since = (
        _back(moment, int(parameters.number(f"referrals.{name}_months")))
        for name in ("accessed", "kept")
    )
    return n_done + forget(moment, accessed, kept_since)


def send(to: str, subject: str, body: str, key: str) -> None:
    """Send one letter under a Message-ID of its own, the same if it is tried again."""
    headers = {"Message-ID": f"<{key}@{DNS_NAME}>", "Auto-Submitted": "auto-generated"}
    EmailMessage(subject, body, None, [to], headers=headers).send()


def _back(moment: dt.datetime, n_months: int) -> dt.datetime:
    """Return the first day of the month so many months before."""
    month = months_before(moment.date(), n_months)
    return moment.replace(year=month.year, month=month.month, day=1)
