"""Streets as they are drawn, and how they are kept: arrays that no mode has looked at yet."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from maillage.kernel.geometry import FloatArray

IntArray = npt.NDArray[np.int32]
FlagArray = npt.NDArray[np.bool_]
Tags = Mapping[str, str]
_ARRAYS = ("lon", "lat", "starts", "ends", "kind", "follows", "barriers", "barrier_kind")


@dataclass(frozen=True, slots=True, eq=False)
class RawStreets:
    """Streets as they are drawn: nodes, and the (s,) straight segments between them.

    ``lon``, ``lat`` (n,) degrees. A segment goes from node ``starts`` to node ``ends``, bears the
    tags ``kinds[kind]``, and with ``follows`` goes on from the end of the segment before it, on the
    same way. ``barriers`` (b,) are nodes with something across, of tags
    ``barrier_kinds[barrier_kind]``. ``brought`` is how many streets of each extract touch the
    ground asked for, in order of file; ``missing`` how many nodes of the streets kept no extract
    places; ``dates`` those that the extracts tell, oldest first.
    """

    lon: FloatArray
    lat: FloatArray
    starts: IntArray
    ends: IntArray
    kind: IntArray
    follows: FlagArray
    kinds: tuple[Tags, ...]
    barriers: IntArray
    barrier_kind: IntArray
    barrier_kinds: tuple[Tags, ...]
    brought: tuple[int, ...]
    missing: int
    dates: tuple[dt.date, ...]

    def arrays(self) -> dict[str, Any]:
        """Return everything as arrays, to be stored."""
        told = {
            "kinds": [dict(tags) for tags in self.kinds],
            "barrier_kinds": [dict(tags) for tags in self.barrier_kinds],
            "brought": self.brought,
            "missing": self.missing,
            "dates": [date.isoformat() for date in self.dates],
        }
        stored = {name: np.array(json.dumps(value)) for name, value in told.items()}
        return {**{name: getattr(self, name) for name in _ARRAYS}, **stored}


def from_arrays(arrays: Mapping[str, Any]) -> RawStreets:
    """Return the streets that were stored; KeyError, ValueError where they are not all there."""
    return RawStreets(
        **{name: arrays[name] for name in _ARRAYS},
        kinds=tuple(json.loads(str(arrays["kinds"]))),
        barrier_kinds=tuple(json.loads(str(arrays["barrier_kinds"]))),
        brought=tuple(json.loads(str(arrays["brought"]))),
        missing=int(json.loads(str(arrays["missing"]))),
        dates=tuple(map(dt.date.fromisoformat, json.loads(str(arrays["dates"])))),
    )
