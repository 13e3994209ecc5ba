"""Siting where the answers are known: OR-Library p-medians, SJC coverings, and a large city drawn.

``python -m bench.siting [--without-peer] [--peer-seconds 300]``. Each problem is read and solved by
``maillage.wiring.siting`` in a process of its own, so that its peak memory is its own. Beside the
p-medians stands spopt's PMedian with HiGHS, in the same run, stopped after a while; it is no part
of the project: ``MAILLAGE_PEERS`` names a Python that has it (spopt, pulp, highspy).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maillage.kernel.progress import Silent
from maillage.siting.intake.or_library import read_or_library
from maillage.siting.model import Choice, PMedian
from maillage.wiring.siting import Search, covering, p_median, siting_solver

FOLDER_VARIABLE = "MAILLAGE_BENCH"
PEERS_VARIABLE = "MAILLAGE_PEERS"
RADIUS = 800.0
# Covered demand, proved optima, by number of sites from 1 (Lorena's instances, radius 800 m).
COVERED: Mapping[str, tuple[int, ...]] = {
    "SJC324": (5461, 8790, 11604, 12106, 12152),
    "SJC402": (6555, 11339, 14690, 15658, 15970, 15984),
}
LARGE = (5_000, 1_000, 20)
LARGE_SECONDS = 300.0
LARGEST_GAP = 0.01
MOST_MIB = 1024.0
_SEED = 5

# Runs one job and prints, last, the peak memory of its process in kilobytes (Linux).
WRAPPED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, text=True)
print(done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "{}")
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
"""

# What the peer is asked: the same costs, read from a file of numbers.
PEER = """
import json, sys, time
import numpy as np, pulp
from spopt.locate import PMedian
costs, p, limit = np.load(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
begin = time.perf_counter()
model = PMedian.from_cost_matrix(costs, np.ones(len(costs)), p_facilities=p)
solver = pulp.HiGHS(msg=False, timeLimit=limit, gapRel=0.0)
model.problem.solve(solver)
seconds = time.perf_counter() - begin
proved = model.problem.sol_status == pulp.LpSolutionOptimal and seconds < limit
print(json.dumps({"value": pulp.value(model.problem.objective), "proved": proved,
                  "seconds": seconds}))
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one solver made of one problem: value, bound, proof, seconds and peak memory in MiB."""

    value: float
    bound: float
    proved: bool
    seconds: float
    peak_mib: float

    @property
    def gap(self) -> float:
        """How far the value may be from the best, as a share of it."""
        return abs(self.value - self.bound) / self.value if self.value else math.inf


def known_folder() -> Path | None:
    """Return the folder of problems with known answers, None where there is none.

    It is the one that ``MAILLAGE_BENCH`` names, else the one beside the repository.
    """
    told = os.environ.get(FOLDER_VARIABLE)
    folder = Path(told) if told else Path(__file__).parents[2] / "shared" / "bench"
    return folder if (folder / "pmed").is_dir() and (folder / "mclp").is_dir() else None


def optima(folder: Path) -> dict[str, int]:
    """Return the proved optima of the OR-Library files of the folder, by name."""
    lines = (folder / "pmed" / "optimal.txt").read_text(encoding="ascii").splitlines()[1:]
    told = dict(line.split() for line in lines if line.strip())
    return {name: int(told[name]) for name in told if (folder / "pmed" / f"{name}.txt").is_file()}


def large_city() -> PMedian:
    """Return 5,000 weighted points drawn on a square of 100 km, 1,000 of them candidates."""
    n, m, p = LARGE
    generator = np.random.default_rng(_SEED)
    places = generator.random((n, 2)) * 100.0
    weights = generator.integers(1, 2_000, n).astype(np.float64)
    sites = places[generator.choice(n, m, replace=False)]
    apart = np.hypot(*(places[:, None] - sites[None]).transpose(2, 0, 1))
    return PMedian(apart * weights[:, None], Choice(p))


def solve_one(words: Sequence[str]) -> int:
    """Solve one problem in this process, and print what came of it."""
    begin = time.perf_counter()
    end = begin + LARGE_SECONDS
    search = Search(seconds_left=lambda: end - time.perf_counter())
    if words[0] == "pmedian":
        sited = p_median(Path(words[1]), search).sited
    elif words[0] == "mclp":
        sited = covering(Path(words[1]), RADIUS, int(words[2]), search).sited
    else:
        sited = siting_solver().solve(large_city(), search.budget, Silent())
    seconds = time.perf_counter() - begin
    told = {"value": sited.value, "bound": sited.bound, "proved": sited.proved}
    print(json.dumps(told | {"seconds": seconds}))
    return 0


def measured(command: Sequence[str]) -> Measured | None:
    """Run one job in a process of its own; None where it fails."""
    done = subprocess.run(
        [sys.executable, "-c", WRAPPED, *command], capture_output=True, text=True, check=False
    )
    lines = done.stdout.splitlines()
    if done.returncode or len(lines) < 2:
        return None
    told = json.loads(lines[-2])
    bound = told.get("bound", told["value"])
    peak = int(lines[-1]) / 1024
    return Measured(told["value"], bound, told["proved"], told["seconds"], peak)


def ours(*words: str) -> Measured | None:
    """Measure our solver on one problem."""
    return measured([sys.executable, "-m", "bench.siting", "--solve", *words])


class Peer:
    """spopt's PMedian with HiGHS, in the Python that has it."""

    def __init__(self, python: str, limit: float, scratch: Path) -> None:
        self._python, self._limit, self._scratch = python, limit, scratch

    @property
    def installed(self) -> bool:
        """Whether that Python can import it."""
        probe = [self._python, "-c", "import spopt.locate, pulp, highspy"]
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0

    def solve(self, path: Path) -> Measured | None:
        """Measure it on one OR-Library file, its reading and its imports not counted."""
        problem = read_or_library(path, math.inf)
        costs = self._scratch / "costs.npy"
        np.save(costs, problem.costs)
        words = [str(costs), str(problem.choice.n_sites), str(self._limit)]
        return measured([self._python, "-c", PEER, *words])


def bench_medians(folder: Path, peer: Peer | None) -> Iterator[bool]:
    """Print the table of p-medians; give whether each is as it must be."""
    print("p-median (OR-Library): known optimum; ours; spopt with HiGHS")
    both: list[tuple[float, float]] = []
    for name, known in optima(folder).items():
        path = folder / "pmed" / f"{name}.txt"
        mine = ours("pmedian", str(path))
        theirs = None if peer is None else peer.solve(path)
        print(f"  {name:8} {known:6} {_told(mine)}   {_told(theirs)}", flush=True)
        if mine is not None and theirs is not None:
            both.append((mine.seconds, theirs.seconds))
        yield mine is not None and mine.proved and mine.value == known and mine.peak_mib < MOST_MIB
    if both:
        mine_all, theirs_all = (sum(seconds) for seconds in zip(*both, strict=True))
        print(f"  in all: ours {mine_all:.1f} s, spopt {theirs_all:.1f} s (stopped ones included)")


def bench_coverings(folder: Path) -> Iterator[bool]:
    """Print the table of coverings; give whether each is as it must be."""
    print(f"maximal covering (SJC, {RADIUS:.0f} m): known, ours, proved, s, MiB")
    for name, known_values in COVERED.items():
        for n_sites, known in enumerate(known_values, 1):
            mine = ours("mclp", str(folder / "mclp" / f"{name}.txt"), str(n_sites))
            print(f"  {name} p={n_sites} {known:6} {_told(mine)}", flush=True)
            yield mine is not None and mine.proved and mine.value == known


def bench_large() -> bool:
    """Print what comes of the large city; give whether its gap is as it must be."""
    n, m, p = LARGE
    mine = ours("large")
    print(f"p-median, drawn, {n} × {m}, p = {p}: {_told(mine)}", end="")
    if mine is None:
        print()
        return False
    print(f", gap {mine.gap:.3%}")
    return mine.gap <= LARGEST_GAP


def _told(found: Measured | None) -> str:
    if found is None:
        return "not run"
    sure = "proved" if found.proved else "not proved"
    return f"{found.value:.0f} {sure} {found.seconds:.2f} s {found.peak_mib:.0f} MiB"


def _peer(limit: float, scratch: Path) -> Peer | None:
    peer = Peer(os.environ.get(PEERS_VARIABLE, sys.executable), limit, scratch)
    if peer.installed:
        return peer
    print(f"spopt is not installed: {PEERS_VARIABLE} may name a Python with spopt, pulp, highspy")
    return None


def main() -> int:
    """Print the tables; return how many problems are not as they must be."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--solve", nargs="+")
    options.add_argument("--without-peer", action="store_true")
    options.add_argument("--peer-seconds", type=float, default=300.0)
    asked = options.parse_args()
    if asked.solve:
        return solve_one(asked.solve)
    folder = known_folder()
    if folder is None:
        print(f"no problems with known answers: name their folder in {FOLDER_VARIABLE}")
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        peer = None if asked.without_peer else _peer(asked.peer_seconds, Path(scratch))
        right = [*bench_medians(folder, peer), *bench_coverings(folder), bench_large()]
    return sum(not one for one in right)


if __name__ == "__main__":
    sys.exit(main())
