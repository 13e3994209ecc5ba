"""What lieux can give, to be shared by those who reach them.

Counted in permanences here; in hours of opening in ``access.visits.hours_supply``.
"""

from __future__ import annotations

from dataclasses import dataclass

from maillage.access.model import SupplyKind
from maillage.access.offer import offer_of
from maillage.directory.model import Directory
from maillage.kernel.geometry import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """What each of m lieux can give of each service, in order of id.

    ``places`` is (m, 2) lon/lat degrees; ``amounts`` (10, m), by ``SERVICE_KEYS``, in ``kind``.
    """

    lieu_ids: tuple[str, ...]
    places: FloatArray
    amounts: FloatArray
    kind: SupplyKind


def permanences_supply(directory: Directory) -> Supply:
    """Return how many permanences of a directory give each service at each lieu."""
    offer = offer_of(directory)
    return Supply(offer.lieu_ids, offer.places, offer.n_permanences, SupplyKind.PERMANENCES)
