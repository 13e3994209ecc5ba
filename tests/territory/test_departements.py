"""The département of a code."""

from __future__ import annotations

import pytest

from maillage.territory.departements import departement


@pytest.mark.parametrize(
    ("code", "found"), [("62119", "62"), ("2A004", "2A"), ("97411", "974"), ("98818", "988")]
)
def test_two_signs_three_overseas(code: str, found: str) -> None:
    """Béthune, Ajaccio, Saint-Denis de La Réunion, Nouméa."""
    assert departement(code) == found
