"""Walks to stops and between stops, and the time that a change takes.

An engine of travel times measures them, on real streets or as the crow flies. It is not asked for
everything against everything: places are taken by tiles, each with the stops around it alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.access.journeys.model import Walks
from maillage.access.timetable.distances import pairs_km
from maillage.access.timetable.model import Stops, Transfers
from maillage.access.travel import Mode, TravelTimes, Trip
from maillage.kernel.geometry import EARTH_RADIUS_KM, FloatArray
from maillage.kernel.parameters import Parameters

FORBIDDEN = -1
_AT_ONCE = 500  # places asked of an engine together: bounds the matrix
_TILE = 4.0  # side of a tile, in longest walks
_KM_PER_DEGREE = math.radians(1.0) * EARTH_RADIUS_KM
_Positions = npt.NDArray[np.int64]
_Pairs = dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class OnFoot:
    """How one kind of person walks, from ``parameters/journeys.yaml``.

    ``pace`` multiplies the engine's times; the limits, in seconds, are of walks so lengthened.
    ``straight_kmh`` is faster than anybody walks in a straight line, and bounds what is asked. A
    published change over more than ``told_km`` takes no less than walking straight at
    ``walk_kmh``, lengthened too. ``step_free``: no steps are climbed, where streets are known.
    """

    pace: float
    all_the_way: int
    to_stop: int
    between: int
    stop_change: int
    station_change: int
    straight_kmh: float
    walk_kmh: float
    told_km: float
    step_free: bool = False


def on_foot(parameters: Parameters, *, reduced_mobility: bool = False) -> OnFoot:
    """Return how anybody walks, or who has reduced mobility."""
    who = "journeys.reduced_mobility" if reduced_mobility else "journeys.anybody"
    return OnFoot(
        pace=parameters.number(f"{who}.pace"),
        all_the_way=round(parameters.number(f"{who}.all_the_way_minutes") * 60),
        to_stop=round(parameters.number(f"{who}.to_stop_minutes") * 60),
        between=round(parameters.number(f"{who}.change_minutes") * 60),
        stop_change=round(parameters.number("journeys.change.stop_seconds")),
        station_change=round(parameters.number("journeys.change.station_seconds")),
        straight_kmh=parameters.number("journeys.reach.straight_kmh"),
        walk_kmh=parameters.number("travel.walk.speed_kmh"),
        told_km=parameters.number("journeys.change.told_metres") / 1000.0,
        step_free=reduced_mobility,
    )


def walks_to_stops(
    places: FloatArray, stops: FloatArray, engine: TravelTimes, walking: OnFoot
) -> Walks:
    """Return the walks of at most ``walking.to_stop`` seconds from (n, 2) places to (m, 2) stops.

    Both in lon/lat degrees; seconds are rounded up.
    """
    return _rows(len(places), *_near(places, stops, engine, walking, walking.to_stop))


def footpaths(stops: Stops, transfers: Transfers, engine: TravelTimes, walking: OnFoot) -> Walks:
    """Return, for each stop, where one can change to and in how many seconds.

    A change takes as long as the walk, and no less than a change at one stop; within a station at
    most ``walking.station_change``, however streets lead. What the publisher tells of two stops
    (or of their stations, where it tells nothing of the stops themselves), at the person's pace,
    replaces all that, and may forbid; but nobody changes sooner than on foot between stops that
    stand apart, and what is told sooner of stops too far to walk between is not believed. These
    walks may differ one way and the other.
    """
    origins, destinations, seconds = _near(
        stops.places, stops.places, engine, walking, walking.between
    )
    pairs: _Pairs = dict(
        zip(
            zip(origins.tolist(), destinations.tolist(), strict=True),
            np.maximum(seconds, walking.stop_change).tolist(),
            strict=True,
        )
    )
    members = _members(stops)
    for together in members.values():
        for one in together:
            for other in together:
                longest = walking.stop_change if one == other else _slowed(walking)
                pairs[one, other] = min(longest, pairs.get((one, other), longest))
    told = _published(transfers, members)
    walked = _straight_walks(stops, list(told), walking)
    for (pair, published), least in zip(told.items(), walked, strict=True):
        needed = math.ceil(published * walking.pace)
        if published == FORBIDDEN:
            pairs.pop(pair, None)
        elif needed >= least or least <= walking.between:
            pairs[pair] = max(needed, least)
    return _rows_of_pairs(len(stops.ids), pairs)


def _straight_walks(stops: Stops, pairs: list[tuple[int, int]], walking: OnFoot) -> list[int]:
    """Return the seconds of walking straight between stops, 0 where they stand close by."""
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    km = pairs_km(stops.places[ends[:, 0]], stops.places[ends[:, 1]])
    seconds = np.ceil(km / walking.walk_kmh * 3600.0 * walking.pace)
    return [int(one) for one in np.where(km > walking.told_km, seconds, 0.0)]


def _slowed(walking: OnFoot) -> int:
    return math.ceil(walking.station_change * walking.pace)


def _members(stops: Stops) -> Mapping[int, list[int]]:
    """Return the stops of each station, the station's own number among them."""
    members: dict[int, list[int]] = {}
    for stop, station in enumerate(stops.stations.tolist()):
        members.setdefault(station, []).append(stop)
    return members


def _published(transfers: Transfers, members: Mapping[int, list[int]]) -> _Pairs:
    """Return what the publisher tells of pairs of stops, a station standing for all of its stops.

    What is told of the stops themselves counts before what is told of their stations; told twice,
    the longer (and a forbidding before all).
    """
    told: dict[tuple[int, int], tuple[int, int, int]] = {}
    rows = zip(
        transfers.origins.tolist(),
        transfers.destinations.tolist(),
        transfers.seconds.tolist(),
        strict=True,
    )
    for origin, destination, seconds in rows:
        for one in members.get(origin, [origin]):
            for other in members.get(destination, [destination]):
                exact = (one == origin) + (other == destination)
                rank = (exact, int(seconds == FORBIDDEN), seconds)
                told[one, other] = max(rank, told.get((one, other), rank))
    return {pair: rank[2] for pair, rank in told.items()}


def _near(
    origins: FloatArray,
    destinations: FloatArray,
    engine: TravelTimes,
    walking: OnFoot,
    limit: int,
) -> tuple[_Positions, _Positions, _Positions]:
    """Return all walks within a limit: positions of both ends and seconds, rounded up."""
    found: list[tuple[_Positions, _Positions, _Positions]] = []
    radius_km = limit / walking.pace / 3600.0 * walking.straight_kmh
    within = limit / walking.pace / 60.0
    trip = Trip(Mode.WALK, within, walking.step_free)
    for some, around in _tiles(origins, destinations, radius_km):
        minutes = engine.matrix(origins[some], destinations[around], trip)
        seconds = np.ceil(minutes * 60.0 * walking.pace - 1e-6)
        rows, columns = np.nonzero(seconds <= limit)
        walked = seconds[rows, columns].astype(np.int64)
        found.append((some[rows], around[columns], walked))
    none = (np.zeros(0, dtype=np.int64),) * 3
    first, second, third = (np.concatenate(part) for part in zip(none, *found, strict=True))
    return first, second, third


def _tiles(
    origins: FloatArray, destinations: FloatArray, radius_km: float
) -> Iterator[tuple[_Positions, _Positions]]:
    """Give the positions of some origins, and of all destinations within the radius of any."""
    if not len(origins) or not len(destinations):
        return
    farthest = np.abs(np.concatenate([origins[:, 1], destinations[:, 1]])).max()
    up = radius_km / _KM_PER_DEGREE
    aside = up / math.cos(math.radians(min(89.0, float(farthest) + up)))
    reach = np.array([aside, up])
    tiles = np.floor((origins - origins.min(axis=0)) / (reach * _TILE)).astype(np.int64)
    order = np.lexsort((np.arange(len(origins)), tiles[:, 1], tiles[:, 0]))
    cuts = np.flatnonzero(np.any(np.diff(tiles[order], axis=0), axis=1)) + 1
    for tile in np.split(order, cuts):
        low, high = origins[tile].min(axis=0) - reach, origins[tile].max(axis=0) + reach
        inside = np.all((destinations >= low) & (destinations <= high), axis=1)
        around = np.flatnonzero(inside)
        for begin in range(0, len(tile), _AT_ONCE):
            if len(around):
                yield tile[begin : begin + _AT_ONCE], around


def _rows_of_pairs(n_rows: int, pairs: _Pairs) -> Walks:
    table = np.array([(*pair, seconds) for pair, seconds in pairs.items()], dtype=np.int64)
    origins, destinations, seconds = table.reshape(-1, 3).T
    return _rows(n_rows, origins, destinations, seconds)


def _rows(n_rows: int, origins: _Positions, destinations: _Positions, seconds: _Positions) -> Walks:
    """Return walks in rows, from pairs in any order."""
    order = np.lexsort((destinations, origins))
    first = np.concatenate([[0], np.cumsum(np.bincount(origins, minlength=n_rows))])
    return Walks(
        first.astype(np.int32),
        destinations[order].astype(np.int32),
        seconds[order].astype(np.int32),
    )
