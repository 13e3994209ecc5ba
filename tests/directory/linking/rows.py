"""Records as matchers see them, for the tests of linking."""

from __future__ import annotations

import numpy as np
from tests.directory.places import PARAMETERS, TERRITORY, told

from maillage.directory.gazetteer import gazetteer_of
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.linking.model import Matcher, Profile, Question
from maillage.directory.linking.profile import profiles_of
from maillage.directory.placed import place_records

GAZETTEER = gazetteer_of(TERRITORY, PARAMETERS)
# Some 300 m east of where ``told`` puts its record.
EAST_300_M = {"longitude": 2.6405 + 0.0042}
NO_POINT = {"latitude": None, "longitude": None}


def profiles(*records: SourcedRecord) -> tuple[Profile, ...]:
    """Return the profiles of records, in order of their names."""
    placed, _ = place_records(records, GAZETTEER)
    return profiles_of(placed)


def profile(**fields: object) -> Profile:
    """Return the profile of one record in Béthune, changed by ``fields``."""
    return profiles(told(**fields))[0]  # type: ignore[arg-type]


def two(a: dict[str, object], b: dict[str, object]) -> tuple[Profile, ...]:
    """Return the profiles of two records of Béthune told by two sources."""
    return profiles(told("1", "portrea", **a), told("2", "annuaire", **b))


def probability(matcher: Matcher, asked: tuple[Profile, ...], question: Question) -> float:
    """Return how probable it is that the first two profiles are one; 0 where no pair was found."""
    pairs = matcher.pairs(asked, question, 0.0)
    found = pairs.probability[(pairs.left == 0) & (pairs.right == 1)]
    return float(found[0]) if np.size(found) else 0.0
