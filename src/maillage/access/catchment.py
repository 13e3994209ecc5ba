"""The supply within reach, shared with all those who compete for it (E2SFCA, Luo & Qi 2009).

1. Each lieu's supply is divided by the people around it, each weighted by how near they are.
2. Each zone adds up what the lieux around it can give, weighted in the same way.

No source tells how many people a lieu can receive. Its supply is either the number of permanences
that give the service there, a large centre and a half-day in a village counting alike; or the
hours that they open in a week (``access.visits.hours_supply``). People of the neighbouring communes
are demand too; those beyond the ring of neighbours are not known, which flatters the lieux that
stand far outside the territory.
"""

from __future__ import annotations

import numpy as np

from maillage.access.model import Catchment
from maillage.access.nearest import BLOCK_CELLS
from maillage.access.offer import SERVICE_KEYS
from maillage.access.supply import Supply, permanences_supply
from maillage.access.travel import Mode, TravelTimes, Trip
from maillage.directory.model import Directory
from maillage.kernel.errors import ParameterError
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.territory.model import Territory


def measure_catchments(
    territory: Territory,
    directory: Directory,
    engine: TravelTimes,
    parameters: Parameters,
    mode: Mode,
    supply: Supply | None = None,
) -> tuple[Catchment, ...]:
    """Return the catchment index of each service, then of any, by one mode.

    ``index`` is supply per ``access.catchment.per_inhabitants`` weighted inhabitants, 0 where
    nothing is within the last band. A lieu with nobody within reach gives nothing. Without a
    ``supply``, it is the directory's permanences.
    """
    bands = parameters.numbers("access.catchment.bands_minutes")
    weights = parameters.numbers("access.catchment.weights")
    if len(bands) != len(weights) or list(bands) != sorted(bands):
        message = tr("« access.catchment » : autant de poids que de bornes, bornes croissantes.")
        raise ParameterError(message)
    offer = permanences_supply(directory) if supply is None else supply
    demand = _demand(territory)
    found = np.zeros((len(SERVICE_KEYS), len(territory.zones)))
    width = max(1, BLOCK_CELLS // max(1, len(demand)))
    for start in range(0, len(offer.lieu_ids), width):
        cut = slice(start, start + width)
        minutes = engine.matrix(demand[:, :2], offer.places[cut], Trip(mode))
        near = decay(minutes, bands, weights)
        found += _two_steps(near, demand[:, 2], offer.amounts[:, cut], len(territory.zones))
    scale = parameters.number("access.catchment.per_inhabitants")
    return tuple(
        Catchment(key, mode, found[s] * scale, bands, weights, offer.kind)
        for s, key in enumerate(SERVICE_KEYS)
    )


def decay(minutes: FloatArray, bands: tuple[float, ...], weights: tuple[float, ...]) -> FloatArray:
    """Return the weight of each travel time: that of its band, 0 beyond the last (same shape)."""
    return np.array([*weights, 0.0])[np.searchsorted(bands, minutes, side="left")]


def _demand(territory: Territory) -> FloatArray:
    """Return (n, 3) lon, lat, people: the zones first, then the neighbouring communes."""
    rows = [(z.point.lon, z.point.lat, z.population or 0) for z in territory.zones]
    rows += [(n.point.lon, n.point.lat, n.population or 0) for n in territory.neighbours]
    return np.array(rows, dtype=np.float64).reshape(-1, 3)


def _two_steps(
    near: FloatArray, people: FloatArray, supply: FloatArray, n_zones: int
) -> FloatArray:
    """Return (10, n_zones) supply per person, from (n, m) weights and (10, m) supply."""
    demand = people @ near
    ratio = np.divide(supply, demand, out=np.zeros_like(supply), where=demand > 0)
    index: FloatArray = ratio @ near[:n_zones].T
    return index
