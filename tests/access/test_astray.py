"""Homes that stand far from every place are told: they would pass for people who reach nothing."""

from __future__ import annotations

import datetime as dt

import numpy as np
from tests.builders import BETHUNE, east_of

from maillage.access.astray import astray
from maillage.kernel.geometry import FloatArray, coordinates
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
PLACES = coordinates([BETHUNE, east_of(BETHUNE, 5.0)])
NEAR = coordinates([east_of(BETHUNE, km) for km in (-20.0, 0.0, 40.0)])


def _codes(homes: FloatArray) -> list[str]:
    return [one.code for one in astray(homes, PLACES, PARAMETERS, "habitants.csv")]


def test_homes_of_the_territory_are_no_doubt() -> None:
    """Some tens of kilometres away is far, and may be true."""
    assert _codes(NEAR) == []


def test_degrees_exchanged_are_told_as_such() -> None:
    """Longitude and latitude the wrong way round: the sentence says which mistake it is."""
    assert _codes(NEAR[:, ::-1]) == ["homes-exchanged"]


def test_homes_of_another_country_are_counted() -> None:
    """One home at the origin of degrees among three: one finding, that says one of four."""
    (told,) = astray(np.vstack([NEAR, [[0.0, 0.0]]]), PLACES, PARAMETERS, "habitants.csv")
    assert told.code == "homes-astray"
    assert ": 1 sur 4." in told.message
