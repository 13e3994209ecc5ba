"""Do the intervals of networks hold, and how long does a large network take?

Networks wholly known are drawn, some members silenced (at random, or those known least), what is
left is measured, and how often each interval holds the truth is counted::

    python -m bench.ties             # coverage, then 2,000 structures measured; some minutes
    python -m bench.ties --quick     # a few networks
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from maillage.demo.communes import draw_communes
from maillage.demo.places import draw_places
from maillage.demo.survey_bodies import draw_bodies
from maillage.demo.survey_ties import draw_ties
from maillage.engines.igraph_graph import IgraphGraphs
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.reports.ties.drawing import drawing_of
from maillage.reports.ties.map_svg import map_svg
from maillage.ties.graphs import Floats
from maillage.ties.introductions import introductions
from maillage.ties.measures import Figure, Measures, measure
from maillage.ties.model import Link, Member, Network, Tie, network_of

ON = dt.date(2026, 11, 24)
SILENT = (0.05, 0.125, 0.25, 0.5)
TIMES, QUICK = 24, 4
N_LARGE = 2_000
REPLICATES = 80  # enough to see where intervals lie
FIGURES = tuple(Figure)


@dataclass(frozen=True, slots=True)
class Cell:
    """How often the interval of a figure held the truth, of so many networks."""

    world: str
    silent: float
    who: str
    held: dict[Figure, float]
    error: dict[Figure, float]


def as_told_by_demo(seed: int) -> Network:
    """Return a network drawn as the demonstration's is: by kind, area and nearness; all heard."""
    communes = draw_communes(seed)
    bodies = draw_bodies(seed, communes, draw_places(seed, communes))
    members = tuple(
        Member(one.key, one.name, one.kind, one.area, one.commune.name, is_heard=True)
        for one in bodies
    )
    told = draw_ties(seed, bodies)[0]
    ties = tuple(Tie(key, other, Link.KNOWS) for key, said in told.items() for other, _ in said)
    return network_of(members, ties)


def by_distance_and_fame(seed: int, n: int = 160, usual: float = 6.0) -> Network:
    """Return a network drawn another way: fame of all sizes, distance alone; kinds do not count."""
    draw = np.random.default_rng(seed)
    spots, fame = draw.random((n, 2)), draw.lognormal(0.0, 1.0, n)
    far = np.hypot(*(spots[:, None, :] - spots[None, :, :]).transpose(2, 0, 1))
    pull = fame[None, :] * np.exp(-far / 0.25)
    np.fill_diagonal(pull, 0.0)
    chance = np.minimum(usual * draw.lognormal(-0.3, 0.8, (n, 1)) * pull / pull.sum(1)[:, None], 1)
    told = draw.random((n, n)) < chance
    told |= told.T & (draw.random((n, n)) < 0.4)
    areas = [f"secteur {int(4 * x)}{int(2 * y)}" for x, y in spots]
    members = tuple(
        Member(f"m{at:04d}", f"Structure {at}", f"nature {at % 7}", areas[at], is_heard=True)
        for at in range(n)
    )
    ties = (Tie(members[a].key, members[b].key, Link.KNOWS) for a, b in np.argwhere(told).tolist())
    return network_of(members, tuple(ties))


WORLDS = {"demonstration": as_told_by_demo, "distance and fame": by_distance_and_fame}


def silenced(network: Network, share: float, who: str, seed: int) -> Network:
    """Return a network of which some members were not heard: « at random », or « the unknown »."""
    draw = np.random.default_rng(seed)
    n = len(network.members)
    known = np.ones(n)
    if who != "at random":
        for one in network.ties:
            known[network.place[one.other]] += 1
    weights: Floats = 1.0 / known
    quiet = set(draw.choice(n, round(share * n), replace=False, p=weights / weights.sum()).tolist())
    members = tuple(
        replace(one, is_heard=at not in quiet) for at, one in enumerate(network.members)
    )
    keys = {network.members[at].key for at in quiet}
    return network_of(members, tuple(one for one in network.ties if one.teller not in keys))


def coverage(times: int, parameters: Parameters) -> Iterator[Cell]:
    """Give how often the intervals hold, world by world."""
    graphs = IgraphGraphs()
    for world, drawn in WORLDS.items():
        networks = [drawn(5_000 + seed) for seed in range(times)]
        truths = [measure(one, graphs, parameters) for one in networks]
        for share in SILENT:
            for who in ("at random", "the unknown"):
                seen = [
                    measure(silenced(one, share, who, seed), graphs, parameters)
                    for seed, one in enumerate(networks)
                ]
                yield Cell(world, share, who, _held(truths, seen), _error(truths, seen))


def _held(truths: Sequence[Measures], seen: Sequence[Measures]) -> dict[Figure, float]:
    return {
        figure: float(
            np.mean(
                [
                    one.figures[figure].low - 1e-9
                    <= truth.figures[figure].told
                    <= one.figures[figure].high + 1e-9
                    for truth, one in zip(truths, seen, strict=True)
                ]
            )
        )
        for figure in FIGURES
    }


def _error(truths: Sequence[Measures], seen: Sequence[Measures]) -> dict[Figure, float]:
    """Return the mean of middle minus truth, beside that of what was told: how much is mended."""
    found = {}
    for figure in FIGURES:
        told, middle = (
            np.mean(
                [
                    getattr(one.figures[figure], name) - truth.figures[figure].told
                    for truth, one in zip(truths, seen, strict=True)
                ]
            )
            for name in ("told", "middle")
        )
        found[figure] = float(middle / told) if told else 0.0
    return found


def main(arguments: Sequence[str]) -> None:
    """Print how often intervals hold, and how long 2,000 structures take."""
    parameters = load_parameters(ON)
    fewer = parameters.replaced("ties.replicates", REPLICATES)
    times = QUICK if "--quick" in arguments else TIMES
    print(f"{times} networks a line; share of the intervals that hold the truth")
    print("world | silent | who | " + " | ".join(one.code for one in FIGURES))
    every: list[float] = []
    for cell in coverage(times, fewer):
        told = [cell.held[one] for one in FIGURES]
        every += told
        shown = " | ".join(f"{one:.2f}" for one in told)
        print(f"{cell.world} | {cell.silent:.0%} | {cell.who} | {shown}", flush=True)
    if every:
        print(f"mean {np.mean(every):.3f}, lowest {min(every):.2f}")
    large = silenced(by_distance_and_fame(7, N_LARGE), 0.125, "at random", 7)
    start = time.perf_counter()
    made = measure(large, IgraphGraphs(), parameters)
    measured = time.perf_counter() - start
    drawing = map_svg(drawing_of(large, made, IgraphGraphs()), {})
    drawn = time.perf_counter() - start - measured
    meet = introductions(large, parameters)
    chosen = time.perf_counter() - start - measured - drawn
    print(
        f"{made.n} structures, {len(large.pairs)} pairs: measured in {measured:.1f} s, drawn in "
        f"{drawn:.1f} s ({len(drawing) / 1e6:.1f} MB), {len(meet.chosen)} introductions chosen in "
        f"{chosen:.1f} s"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
