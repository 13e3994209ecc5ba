"""Points that no street is near."""

from __future__ import annotations

import numpy as np

from maillage.access.streets.model import Snapped, far_from_streets
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
