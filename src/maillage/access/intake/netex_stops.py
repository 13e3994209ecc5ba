"""The stops of a NeTEx publication, and which of them stands for each scheduled stop point."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from maillage.access.intake import netex_doubts as doubt
from maillage.access.intake.netex_told import Spot, Told
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import Stops

_DEEP = 12  # quay in quay in place in place: nobody nests further
_UNKNOWN = Spot("", None, "", -1, is_quay=True)


@dataclass(frozen=True, slots=True, eq=False)
class StopBook:
    """The stops, and the number of the one that stands for each scheduled stop point."""

    stops: Stops
    of_scheduled: dict[str, int]

    def number(self, scheduled: str) -> int:
        """Return the stop of a scheduled stop point, -1 where it has no place."""
        return self.of_scheduled.get(scheduled, -1)


def read_stops(told: Told, doubts: Doubts) -> StopBook:
    """Return the stops that have a place, in order of ids.

    A quay without one is put at the place it belongs to; a scheduled stop point that no described
    quay or place stands for is a stop of its own, if it tells where it is.
    """
    spots = {key: _held(key, spot, told) for key, spot in told.spots.items()}
    chosen = _chosen(told, spots, doubts)
    for scheduled, key in chosen.items():
        if key not in spots:
            spots[key] = told.scheduled.get(scheduled) or _UNKNOWN
    above = {key: _ancestors(key, spots) for key in spots}
    placed = _placed(spots, above, doubts)
    ids = sorted(placed)
    number = {key: at for at, key in enumerate(ids)}
    stops = Stops(
        ids=tuple(ids),
        names=tuple(_name(key, spots, above[key]) for key in ids),
        places=np.array([placed[key] for key in ids], dtype=np.float64).reshape(-1, 2),
        stations=np.array(_stations(ids, number, above), dtype=np.int32),
        step_free=np.array([_step_free(k, spots, above[k]) for k in ids], dtype=np.int8),
    )
    return StopBook(stops, {s: number[key] for s, key in chosen.items() if key in number})


def _held(key: str, spot: Spot, told: Told) -> Spot:
    """Return a spot within the place that lists it, where it tells of none itself."""
    holders = told.holders.get(key)
    return replace(spot, parent=min(holders)) if holders and not spot.parent else spot


def _chosen(told: Told, spots: dict[str, Spot], doubts: Doubts) -> dict[str, str]:
    """Return the id of the spot that stands for each scheduled stop point, described or not."""
    scheduled = {key for key, _ in told.scheduled.items()} | set(told.assigned)
    chosen = {}
    for key in sorted(scheduled):
        given = sorted(told.assigned.get(key, ()))
        quays = sorted({quay for quay, _ in given if quay in spots})
        places = sorted({place for _, place in given if place in spots})
        if len(quays or places) > 1:
            doubts.tell(doubt.STOP_AMBIGUOUS, "", key)
        chosen[key] = (quays or places or [key])[0]
    return chosen


def _ancestors(key: str, spots: dict[str, Spot]) -> list[str]:
    found: list[str] = []
    at = spots[key].parent
    while at and at not in found and at != key and len(found) < _DEEP:
        found.append(at)
        at = spots[at].parent if at in spots else ""
    return found


def _placed(
    spots: dict[str, Spot], above: dict[str, list[str]], doubts: Doubts
) -> dict[str, tuple[float, float]]:
    placed = {}
    for key, spot in sorted(spots.items()):
        if spot.place is not None:
            placed[key] = spot.place
            continue
        lent = [spots[k].place for k in above[key] if k in spots] if spot.is_quay else []
        place = next((one for one in lent if one is not None), None)
        if place is not None:
            placed[key] = place
            doubts.tell(doubt.PLACE_OF_PARENT, "", key)
    return placed


def _stations(ids: list[str], number: dict[str, int], above: dict[str, list[str]]) -> list[int]:
    """Return the stop that stands for each one's whole station: the place at the top.

    Where that place has no position, the first of its stops stands for it.
    """
    tops = [(above[key] or [key])[-1] for key in ids]
    first: dict[str, int] = {}
    for at, top in enumerate(tops):
        first.setdefault(top, at)
    return [number.get(top, first[top]) for top in tops]


def _name(key: str, spots: dict[str, Spot], above: list[str]) -> str:
    names = (spots[k].name for k in (key, *above) if k in spots)
    return next(filter(None, names), "")


def _step_free(key: str, spots: dict[str, Spot], above: list[str]) -> int:
    told = (spots[k].step_free for k in (key, *above) if k in spots)
    return next((one for one in told if one >= 0), -1)
