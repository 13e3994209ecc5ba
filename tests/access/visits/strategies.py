"""Drawn days of opening and kinds of visit, for the laws of visits."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from maillage.access.visits.model import Certainty, OpeningOn, VisitKind
from maillage.directory.week import merged

MONDAY = dt.date(2026, 11, 23)

bounds = st.tuples(st.integers(0, 95), st.integers(1, 40)).map(
    lambda drawn: (drawn[0] * 15, min(1440, (drawn[0] + drawn[1]) * 15))
)
ranges = st.lists(bounds, max_size=3).map(merged)
dates = st.integers(0, 6).map(lambda n: MONDAY + dt.timedelta(days=n))
certainties = st.sampled_from([Certainty.CERTAIN, Certainty.POSSIBLE, None])
openings: st.SearchStrategy[OpeningOn] = st.builds(
    lambda date, parts, certainty: OpeningOn(date, parts if certainty else (), certainty),
    dates,
    ranges,
    certainties,
)
kinds: st.SearchStrategy[VisitKind] = st.builds(
    VisitKind,
    code=st.just("essai"),
    label=st.just("essai"),
    minutes=st.sampled_from([20, 60, 120]),
    last_admission_minutes=st.sampled_from([0, 20, 60]),
    leave_after=st.sampled_from([0, 450]),
    back_by=st.sampled_from([1140, 1440]),
    budget_minutes=st.sampled_from([30, 120, 240]),
)
noons = st.sampled_from([720, 780])
