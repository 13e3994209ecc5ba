"""Values as JSON can hold them."""

from __future__ import annotations

import datetime as dt
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.access.travel import Mode
from maillage.diagnosis.model import Share
from maillage.reports.plain_data import number, plain
from maillage.standard import mednum


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Mode.WALK, "walk"),
        (mednum.Itinerance.FIXE, "Fixe"),
        (dt.date(2026, 3, 2), "2026-03-02"),
        (np.float64(2.0), 2),
        (np.nan, None),
        (math.inf, None),
        (True, True),
        ((1, (2.5, "a")), [1, [2.5, "a"]]),
        ({"b": 1, "a": None}, {"a": None, "b": 1}),
        (Share("k", "L", 1, 2), {"key": "k", "label": "L", "n": 1, "total": 2}),
    ],
)
def test_each_kind_of_value_has_its_form(value: object, expected: object) -> None:
    """Enumerations give codes, dates text, what is not a number null, dataclasses their fields."""
    assert plain(value) == expected


@given(st.floats())
def test_numbers_are_always_json(value: float) -> None:
    """Whatever the float, the result can be written and is near it."""
    told = number(value)
    json.dumps(told, allow_nan=False)
    if math.isfinite(value):
        assert told is not None
        assert abs(told - value) <= 1e-4
