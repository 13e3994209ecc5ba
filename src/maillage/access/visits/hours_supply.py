"""The hours that lieux open in a week, as the supply to be shared by those who reach them.

An hour is one of one permanence, as long as it is open: two permanences at one lieu at once are two
hours in one, and an hour counts whole for each service given in it. How many people hold a
permanence is told nowhere: an hour is then one counsellor's.
"""

from __future__ import annotations

import numpy as np

from maillage.access.model import SupplyKind
from maillage.access.offer import SERVICE_KEYS
from maillage.access.supply import Supply
from maillage.access.visits.model import Certainty, OpeningOn
from maillage.access.visits.territory_visits import Presences
from maillage.directory.week import merged

_MINUTES = 60.0


def hours_supply(to: Presences, certainty: Certainty) -> Supply:
    """Return the hours that each lieu opens for each service over the days of ``to.opened``.

    CERTAIN counts told hours alone, so that a lieu of which none is told gives nothing; POSSIBLE
    counts the usual ones too.
    """
    ids = tuple(sorted({one.lieu_id for one in to.presences if one.services}))
    numbers = {lieu: number for number, lieu in enumerate(ids)}
    amounts = np.zeros((len(SERVICE_KEYS), len(ids)))
    for one in to.presences:
        if one.services:
            rows = [s for s, key in enumerate(SERVICE_KEYS) if key is None or key in one.services]
            amounts[rows, numbers[one.lieu_id]] += sum(
                _hours(opening, certainty) for opening in to.opened[one.permanence_id]
            )
    places = np.array([to.places[lieu] for lieu in ids], dtype=np.float64).reshape(-1, 2)
    told_alone = certainty is Certainty.CERTAIN
    kind = SupplyKind.CERTAIN_HOURS if told_alone else SupplyKind.POSSIBLE_HOURS
    return Supply(ids, places, amounts, kind)


def _hours(opening: OpeningOn, certainty: Certainty) -> float:
    if opening.certainty is not Certainty.CERTAIN and opening.certainty is not certainty:
        return 0.0
    return sum(end - start for start, end in merged(opening.ranges)) / _MINUTES
