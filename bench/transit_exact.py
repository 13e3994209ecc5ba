"""A thousand random questions a feed: the compiled search, the brute force and the replay agree.

``python -m bench.transit_exact`` prints one line a feed; ``MAILLAGE_MIRROR`` names the mirror.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.brute_force import NEVER, BruteForce
from bench.transit_ground import (
    GROUNDS,
    SEED,
    Ground,
    day_of,
    network_of,
    row,
    straight_walks,
)
from maillage.access.journeys.legs import JourneyFinder, replay
from maillage.access.journeys.model import Profiles, Window
from maillage.engines.connection_scan import ConnectionScan

QUESTIONS = 1_000
REPLAYED = 100
_PLACES = 20
_DAY = Window(0, 30 * 3600)


@dataclass(frozen=True)
class Score:
    """How many questions were asked, answered alike, had a journey, were replayed and held."""

    asked: int
    alike: int
    reached: int
    replayed: int
    held: int
    seconds: float


def _arrival(profiles: Profiles, home: int, depart: int) -> int:
    """Return the earliest arrival told by a profile for who is ready at a second."""
    low, high = profiles.first[home], profiles.first[home + 1]
    at = low + np.searchsorted(profiles.departures[low:high], depart)
    return int(profiles.arrivals[at]) if at < high else NEVER


def scored(ground: Ground, mirror: Path, questions: int, replayed: int) -> Score:
    """Ask so many random questions of one feed both ways; replay some of the journeys."""
    begin = time.perf_counter()
    rng = np.random.default_rng(SEED)
    network = network_of(ground, mirror)
    day = day_of(ground, network)
    near = rng.choice(np.unique(day.origins), 200)
    points = network.stops.places[near] + rng.normal(0.0, 0.003, (200, 2))
    between, walks = straight_walks(network, points)
    homes = rng.integers(0, len(points), questions)
    places = rng.choice(len(points), _PLACES, replace=False)[rng.integers(0, _PLACES, questions)]
    departs = rng.integers(5 * 3600, 21 * 3600, questions)
    asked = list(zip(homes.tolist(), places.tolist(), departs.tolist(), strict=True))
    search, brute = ConnectionScan(), BruteForce(day, between)
    finder = JourneyFinder(network, day, between)
    alike = reached = done = held = 0
    profiles: dict[int, tuple[Profiles, Profiles]] = {}
    for home, place, depart in asked:
        if place not in profiles:
            given = (day, between, walks, row(walks, place), _DAY)
            profiles[place] = search.to_place(*given), search.from_place(*given)
        for way, ends in enumerate(((home, place), (place, home))):
            told = _arrival(profiles[place][way], home, depart)
            (stops, there), (near_end, last) = (row(walks, end) for end in ends)
            off = brute.alighting(stops, depart + there)
            arrival = min([*(off[near_end] + last).tolist(), NEVER])
            arrival = NEVER if arrival > _DAY.latest else arrival
            alike += told == arrival
            reached += arrival < NEVER
            if way == 0 and arrival < NEVER and done < replayed:
                done += 1
                journey = finder.leaving_at(row(walks, home), row(walks, place), depart)
                held += (
                    journey is not None
                    and journey.arrive == arrival
                    and replay(journey, network, day, between) == ()
                )
    seconds = time.perf_counter() - begin
    return Score(2 * len(asked), alike, reached, done, held, seconds)


def _lines(mirror: Path) -> Iterator[tuple[str, bool]]:
    for ground in GROUNDS:
        score = scored(ground, mirror, QUESTIONS, REPLAYED)
        right = score.alike == score.asked and score.held == score.replayed
        line = (
            f"{ground.name}: {score.alike} of {score.asked} earliest arrivals equal to the brute "
            f"force's ({score.reached} with a journey), {score.held} of {score.replayed} journeys "
            f"replayed leg by leg, {score.seconds:.0f} s"
        )
        yield line, right


def main() -> int:
    """Print one line a feed; return how many disagree."""
    wrong = 0
    for line, right in _lines(Path(os.environ.get("MAILLAGE_MIRROR", ""))):
        print(line, flush=True)
        wrong += not right
    return wrong


if __name__ == "__main__":
    sys.exit(main())
