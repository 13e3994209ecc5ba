"""What time alone does to a case: reminders, hand-backs, ends, and when the person is forgotten."""

from __future__ import annotations

import datetime as dt

from maillage.referrals.model import Deed, End, Event, Stage, Standing
from maillage.referrals.rules import after
from maillage.referrals.terms import Terms


def next_due(standing: Standing, terms: Terms) -> dt.datetime | None:
    """Return when time next does something to a case; None: never, it is over."""
    due = _dues(standing, terms)
    return min(moment for moment, _ in due) if due else None


def overdue(standing: Standing, now: dt.datetime, terms: Terms) -> tuple[Event, ...]:
    """Return what time has to do to a case now, in order; () where nothing is due.

    Where nobody looked for days, only the last of several reminders is sent, and none once the
    request expires: a structure never receives two messages at once for the same case.
    """
    events: list[Event] = []
    while True:
        due = [one for one in _dues(standing, terms) if one[0] <= now]
        if not due:
            return tuple(events)
        deed = _strongest([deed for _, deed in due])
        n = sum(one is Deed.REMINDED for _, one in due) + standing.n_reminded
        event = Event(now, deed, End.CLOCK, n=n if deed is Deed.REMINDED else 0)
        standing = after(standing, event, terms)
        events.append(event)


def forgotten_at(standing: Standing, terms: Terms) -> dt.datetime:
    """Return when what names the person goes, as the case stands: after its end, or too long."""
    longest = standing.opened + terms.longest_identity
    if not standing.is_over:
        return longest
    return min(standing.since + terms.anonymise, longest)


def _strongest(deeds: list[Deed]) -> Deed:
    """Return what ends the stage, else what is asked or told once more."""
    ends = [deed for deed in deeds if deed in {Deed.EXPIRED, Deed.LAPSED}]
    return (ends or deeds)[0]


def _dues(standing: Standing, terms: Terms) -> list[tuple[dt.datetime, Deed]]:
    since = standing.since
    if standing.stage is Stage.AT_DESK:
        return [(since + terms.desk, Deed.LAPSED)]
    if standing.stage is Stage.ASKED:
        left = terms.reminders[standing.n_reminded :]
        reminders = [(since + delay, Deed.REMINDED) for delay in left]
        return [*reminders, (since + terms.expire, Deed.EXPIRED)]
    if standing.stage is Stage.QUESTIONED:
        return [(since + terms.reply, Deed.EXPIRED)]
    if standing.stage is Stage.BOOKED:
        expected = since if standing.appointment is None else max(since, standing.appointment)
        asked = (
            [] if standing.outcome_asked else [(expected + terms.outcome_asked, Deed.OUTCOME_ASKED)]
        )
        return [*asked, (expected + terms.outcome, Deed.LAPSED)]
    return []
