"""Cases drawn by chance: what a desk, a structure and time may do to one, in any order."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from maillage.kernel.parameters import load_parameters
from maillage.referrals.model import (
    Addressee,
    Case,
    Deed,
    End,
    Event,
    Outcome,
    RefusalReason,
    Standing,
)
from maillage.referrals.rules import NotNowError, after, folded, opening
from maillage.referrals.terms import terms_of

TERMS = terms_of(load_parameters(dt.date(2026, 11, 24)))
START = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)
STRUCTURES = tuple(
    Addressee(f"structure-{one}", f"lieu-{one}", f"permanence-{one}", f"Association {one}")
    for one in "abcd"
)

tries = st.tuples(
    st.floats(0.0, 20.0),
    st.sampled_from(Deed),
    st.sampled_from(End),
    st.none() | st.sampled_from(STRUCTURES),
    st.none() | st.integers(-5, 400),
    st.none() | st.sampled_from(RefusalReason),
    st.none() | st.sampled_from(Outcome),
)
"""Days since the last try, and what is tried; much of it is not allowed."""


def opened(at: dt.datetime = START) -> Event:
    """Return the opening of a case."""
    return Event(at, Deed.OPENED, End.DESK)


def done(at: dt.datetime, deed: Deed, by: End = End.DESK, **told: object) -> Event:
    """Return something done."""
    return Event(at, deed, by, **told)  # type: ignore[arg-type]


def case_of(
    *events: Event,
    desk: str = "structure-z",
    commune: str = "62119",
    service: str | None = None,
    errand: str | None = None,
    at: dt.datetime = START,
) -> Case:
    """Return a case opened at a moment, after some more events."""
    told = (opened(at), *events)
    return Case("200072460", 1, desk, commune, service, errand, told, folded(told, TERMS))


def followed(tried: list[tuple[object, ...]]) -> tuple[list[Event], Standing]:
    """Return the events of the tries that are allowed, in order, and where they lead."""
    events = [opened()]
    standing = opening(events[0])
    at = START
    for days, deed, by, addressee, ahead, refusal, outcome in tried:
        at += dt.timedelta(days=days)  # type: ignore[arg-type]
        appointment = None if ahead is None else at + dt.timedelta(days=ahead)  # type: ignore[arg-type]
        event = done(
            at,
            deed,  # type: ignore[arg-type]
            by,  # type: ignore[arg-type]
            addressee=addressee,
            appointment=appointment,
            refusal=refusal,
            outcome=outcome,
            consent=days != 0.0,
            n=standing.n_reminded + 1 if deed is Deed.REMINDED else 0,
        )
        try:
            standing = after(standing, event, TERMS)
        except NotNowError:
            continue
        events.append(event)
    return events, standing
