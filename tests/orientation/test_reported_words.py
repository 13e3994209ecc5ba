"""The correction is said in words, with how sure it is."""

from __future__ import annotations

import pytest

from maillage.orientation.reported import Reported
from maillage.orientation.reported_words import reported_words


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Reported(0, 3, 0, 1.0, 0.0, 0.0, None), "Aucun guichet n'a encore"),
        (Reported(4, 2, 2, 1.0, 4.0, 4.0, 4.0), "rien à corriger"),
        (Reported(4, 3, 1, 3.0, 12.0, 4.0, None), "Un seul guichet note"),
        (Reported(4, 4, 2, 2.0, 8.0, 4.0, 15.0), "entre 4 et 15"),
        (Reported(4, 4, 2, 2.0, 8.0, 4.0, 15.0), "les 18 derniers mois, par 2 guichets qui"),
        (Reported(4, 2, 0, 1.0, 4.0, 4.0, None, 4), "compte tel quel"),
        (Reported(5, 4, 2, 2.0, 9.0, 5.0, 16.0, 1), "Dont 1 notée par la coordination"),
    ],
)
def test_the_correction_is_told_in_words(found: Reported, told: str) -> None:
    """How sure the count is depends on how many desks report: it is said, with the period."""
    assert told in " ".join(reported_words(found, 18)).replace("\xa0", " ").replace("\u202f", " ")
