"""The most people that places of limited room can take, each group going where it may."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillage.access.timetable.model import FlagArray, IntArray
from maillage.kernel.geometry import FloatArray

_NOTHING = 1e-9
"""What is under this share of all who come is nobody."""


def flow(coming: FloatArray, room: FloatArray, allowed: FlagArray) -> FloatArray:
    """Return how many of each group (g,) are taken, as many in all as can be.

    ``coming`` (g,) people, ``room`` (u,) of the places, ``allowed`` (u, g) who may go where.
    """
    nothing = _NOTHING * max(float(coming.sum()), float(room.sum()), 1.0) / max(len(coming), 1)
    sent = np.zeros(allowed.shape)
    left, spare = coming.astype(np.float64).copy(), room.astype(np.float64).copy()
    for place in np.argsort(allowed.sum(axis=1), kind="stable"):
        _fill(int(place), sent, left, spare, allowed)
    while True:
        parents = _search(sent, left, spare, allowed, nothing)
        if parents.place < 0:
            return np.asarray(coming - left)
        _push(parents, sent, left, spare)


def _fill(
    place: int, sent: FloatArray, left: FloatArray, spare: FloatArray, allowed: FlagArray
) -> None:
    """Give a place as many as it holds, by the same share of each group that may come."""
    there = np.where(allowed[place], left, 0.0)
    total = float(there.sum())
    if total <= 0:
        return
    share = min(1.0, float(spare[place]) / total)
    sent[place] = there * share
    left -= sent[place]
    spare[place] -= min(float(spare[place]), total * share)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    place: int
    group_before: IntArray
    place_before: IntArray


def _search(
    sent: FloatArray, left: FloatArray, spare: FloatArray, allowed: FlagArray, nothing: float
) -> _Found:
    """Look, nearest first, for a place with room that somebody left out may come to."""
    n_places, n_groups = allowed.shape
    group_before = np.full(n_places, -1, dtype=np.int32)
    place_before = np.full(n_groups, -1, dtype=np.int32)
    seen_groups = left > nothing
    fringe = np.flatnonzero(seen_groups)
    while len(fringe):
        fresh = np.flatnonzero((group_before < 0) & allowed[:, fringe].any(axis=1))
        if not len(fresh):
            break
        group_before[fresh] = fringe[allowed[np.ix_(fresh, fringe)].argmax(axis=1)]
        roomy = fresh[spare[fresh] > nothing]
        if len(roomy):
            return _Found(int(roomy[0]), group_before, place_before)
        full = (sent[fresh] > nothing) & ~seen_groups
        fringe = np.flatnonzero(full.any(axis=0))
        place_before[fringe] = fresh[full[:, fringe].argmax(axis=0)]
        seen_groups[fringe] = True
    return _Found(-1, group_before, place_before)


def _push(found: _Found, sent: FloatArray, left: FloatArray, spare: FloatArray) -> None:
    """Send as many as can be along the way found, moving others on."""
    steps: list[tuple[int, int, int]] = []
    place = found.place
    amount = float(spare[place])
    while True:
        group = int(found.group_before[place])
        before = int(found.place_before[group])
        steps.append((place, group, before))
        if before < 0:
            amount = min(amount, float(left[group]))
            left[group] -= amount
            break
        amount = min(amount, float(sent[before, group]))
        place = before
    spare[found.place] -= amount
    for place, group, before in steps:
        sent[place, group] += amount
        if before >= 0:
            sent[before, group] -= amount
