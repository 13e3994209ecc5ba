"""Points that no street is near."""

from __future__ import annotations

import numpy as np

from maillage.access.streets.model import (
    Snapped,
    doubts_of_extracts,
    far_from_streets,
    little_covered,
)
from maillage.access.travel import Mode
from maillage.kernel.findings import Where


def test_only_points_far_from_streets_are_findings() -> None:
    """A finding names each point that no street is near, and says how far is too far."""
    snapped = Snapped(Mode.CAR, np.array([12.0, np.inf]), 1000.0)
    places = [
        Where(source="lieux", line=2, subject="a"),
        Where(source="lieux", line=3, subject="b"),
    ]
    (found,) = far_from_streets(snapped, places)
    assert (found.where, found.code) == (places[1], "far-from-streets")
    assert "000 m de toute rue praticable en voiture" in found.message


def test_points_near_streets_whose_distance_is_not_told_are_placed() -> None:
    """An engine may know that a street is near without telling how far."""
    assert Snapped(Mode.CAR, np.array([np.nan, np.inf]), 1000.0).placed.tolist() == [True, False]


def test_streets_that_cover_little_are_one_finding() -> None:
    """Below the share that is enough, one finding counts; at it, or without any point, none."""
    snapped = Snapped(Mode.WALK, np.array([12.0, np.inf, np.inf, 3.0]), 1000.0)
    (found,) = little_covered(snapped, 0.6)
    assert "2 sur 4" in found.message.replace("\u202f", " ").replace("\u00a0", " ")
    assert little_covered(snapped, 0.5) == ()
    assert little_covered(Snapped(Mode.WALK, np.zeros(0), 1000.0), 0.6) == ()


def test_what_is_doubtful_in_extracts_is_told_in_order_of_name() -> None:
    """Each extract that brings nothing is a finding, then the nodes that lack; else nothing."""
    told = doubts_of_extracts(["b", "c", "a"], [0, 7, 0], 3)
    assert [(one.code, one.where.source) for one in told] == [
        ("streets-elsewhere", "a"),
        ("streets-elsewhere", "b"),
        ("streets-broken", None),
    ]
    assert doubts_of_extracts(["c"], [7], 0) == ()
