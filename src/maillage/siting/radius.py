"""The radius model: a p-median as a covering program, for engines of whole numbers.

A demand that pays at least each of the steps of its own ladder of costs pays their sum. One row
says of a step: pay it, or choose one of the sites cheaper than it. Demands that see the same sites
share a row, so what is left once sites are fixed is small.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.kernel.geometry import FloatArray
from maillage.siting.core import Core, FlagArray


@dataclass(frozen=True, slots=True, eq=False)
class RadiusModel:
    """Rows « pay ``steps[r]``, or choose one of ``sites[first[r]:first[r + 1]]`` », and a constant.

    ``sites`` are columns of the core, rising in each row.
    """

    steps: FloatArray
    first: npt.NDArray[np.int64]
    sites: npt.NDArray[np.int32]
    constant: float

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return len(self.steps)


def n_entries(core: Core) -> int:
    """Return how many entries the rows would have before those alike are put together."""
    return int((_places(core) + 1)[_is_jump(core)].sum())


def _places(core: Core) -> npt.NDArray[np.int64]:
    """Return the place of each pair in its demand's own, from 0."""
    return np.arange(len(core.rows)) - core.first[core.rows]


def _is_jump(core: Core) -> FlagArray:
    """Flag the pairs after which the costs of their demand rise."""
    after = np.empty_like(core.costs)
    after[:-1] = core.costs[1:]
    after[core.first[1:] - 1] = core.near
    return after > core.costs


def radius_model(core: Core) -> RadiusModel:
    """Return the rows of a core, those of the same sites put together, in the order met."""
    costs, columns, near = core.costs, core.columns, core.near
    first = core.first.tolist()
    steps: dict[bytes, float] = {}
    for row in range(core.n_rows):
        begin, end = first[row], first[row + 1]
        rising = np.append(costs[begin:end], near[row])
        jumps = np.diff(rising)
        for place in np.flatnonzero(jumps > 0).tolist():
            sites = np.sort(columns[begin : begin + place + 1]).tobytes()
            steps[sites] = steps.get(sites, 0.0) + float(jumps[place])
    sizes = [len(sites) // columns.itemsize for sites in steps]
    return RadiusModel(
        steps=np.array(list(steps.values()), dtype=np.float64),
        first=np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))),
        sites=np.frombuffer(b"".join(steps), dtype=np.int32),
        constant=core.floor,
    )
