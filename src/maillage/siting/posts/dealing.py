"""Half-days of a merged ground dealt out to the days of the week, and back."""

from __future__ import annotations

import numpy as np

from maillage.kernel.geometry import FloatArray
from maillage.siting.posts.ground import Ground
from maillage.siting.posts.rules import Held


def dealt(small: Ground, times: FloatArray) -> tuple[Held, ...]:
    """Return the half-days of units held so many times (u,): each in turn on the next of its class.

    That keeps to all limits: within a class every half-day is as open, and keeps the same.
    """
    held: list[Held] = []
    turns = [0] * len(small.classes)
    for unit in np.flatnonzero(np.rint(times) > 0).tolist():
        kind = int(small.kind[unit])
        half_days = small.classes[kind]
        for _ in range(round(float(times[unit]))):
            held.append(Held(int(small.venue[unit]), half_days[turns[kind] % len(half_days)]))
            turns[kind] += 1
    return tuple(sorted(held))


def counted(small: Ground, held: tuple[Held, ...]) -> FloatArray:
    """Return (u,) how many times each unit is held, never more than is worth it."""
    times = np.zeros(small.n_units)
    kinds = {half_day: kind for kind, one in enumerate(small.classes) for half_day in one}
    units = {
        (int(venue), int(kind)): unit
        for unit, (venue, kind) in enumerate(zip(small.venue, small.kind, strict=True))
    }
    for one in held:
        unit = units.get((one.venue, kinds.get(one.half_day, -1)))
        if unit is not None:
            times[unit] += 1
    return np.minimum(times, small.most)
