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
from maillage.kernel.findings import Finding, Severity, Where
from maillage.reports.plain_data import finding_words, number, plain, utf8
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


def test_a_finding_is_told_flat() -> None:
    """A finding gives its code, how grave it is, where it stands, and what to do."""
    where = Where(source="mairies", line=4, subject="Mairie", field="telephone")
    words = finding_words(Finding("phone-odd", Severity.WARNING, "Bizarre.", "Voir.", where, "12"))
    assert words == {
        "code": "phone-odd",
        "severity": "warning",
        "source": "mairies",
        "line": 4,
        "subject": "Mairie",
        "field": "telephone",
        "value": "12",
        "message": "Bizarre.",
        "advice": "Voir.",
    }


def test_half_a_sign_does_not_stop_a_file() -> None:
    """A lone surrogate, which UTF-8 cannot hold, is written as a question mark."""
    assert utf8("é\ud800") == "é?".encode()
