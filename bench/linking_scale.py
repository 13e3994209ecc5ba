"""Time and memory of linking: all places of the mirror, and up to a million invented ones.

``python -m bench.linking_scale [--json] [--records 10000 …]``. Each run has a process of its own,
so that its peak memory is its own. The mirror's records are read, placed, profiled, matched for the
three questions and grouped. Invented records are given to the matcher as profiles, made one by one
so that nothing but the profiles stands in memory, for the question of the permanence; what it finds
is held against the truth.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import islice, pairwise
from math import comb

from bench.generated_places import Told, read_towns, tell
from bench.labels import Counts
from bench.linking import coherent_groups
from bench.national_places import (
    ON,
    mirror_folder,
    national_territory,
    read_national,
)
from maillage.directory.gazetteer import gazetteer_of
from maillage.directory.linking.clusters import Link
from maillage.directory.linking.model import Pairs, Profile, Question
from maillage.directory.linking.profile import profile_of, profiles_of
from maillage.directory.placed import place_records
from maillage.directory.record_key import RecordKey
from maillage.engines.splink_matcher import SplinkMatcher
from maillage.kernel.parameters import Parameters, load_parameters

SIZES = (10_000, 100_000, 1_000_000)
NATIONAL = "national"
NATIONAL_SECONDS, NATIONAL_MIB = 90, 3 * 1024
_SEED = 1
_TELLINGS_OF_A_PLACE = 2.0
_SPARE = 1.05  # places invented beyond what the records asked for will take
_BATCH = 5_000


@dataclass(slots=True)
class Run:
    """What one run took: seconds by stage, and the peak of its memory (MiB) at the end of each.

    ``busy`` are the seconds of processor, all threads together: they tell of the work where other
    processes share the machine. ``pairs`` and ``groups`` count what was found against the truth,
    where it is known.
    """

    name: str
    n_records: int = 0
    n_pairs: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    busy: dict[str, float] = field(default_factory=dict)
    peak_mib: dict[str, float] = field(default_factory=dict)
    pairs: Counts | None = None
    groups: Counts | None = None

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what is done under it."""
        begin, worked = time.perf_counter(), time.process_time()
        yield
        self.seconds[name] = time.perf_counter() - begin
        self.busy[name] = time.process_time() - worked
        self.peak_mib[name] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def link_national() -> Run:
    """Link all places of the mirror: three questions, with coherent groups."""
    run, parameters, folder = Run(NATIONAL), load_parameters(ON), mirror_folder()
    with run.stage("read"):
        records = read_national(folder)
        gazetteer = gazetteer_of(national_territory(folder), parameters)
    with run.stage("place"):
        placed, _ = place_records(records, gazetteer)
    with run.stage("profile"):
        profiles = profiles_of(placed)
    matcher, together = SplinkMatcher(parameters), list[tuple[int, int]]()
    run.n_records = len(profiles)
    for question in Question:
        with run.stage(f"match {question.code}"):
            floor = parameters.number(f"linking.review.{question.code}")
            pairs = matcher.pairs(profiles, question, floor)
            run.n_pairs += len(pairs.left)
        with run.stage(f"group {question.code}"):
            links = _accepted(pairs, question, parameters)
            groups = coherent_groups(profiles, links, question, together, parameters)
        if question is Question.PERMANENCE:
            together = [(group[0], i) for group in groups for i in group[1:]]
    return run


def link_generated(n_records: int) -> Run:
    """Link invented records as permanences, and count what was found of the truth."""
    run, parameters = Run(str(n_records), n_records), load_parameters(ON)
    with run.stage("make profiles"):
        profiles, truth = generated_profiles(n_records, parameters)
    run.n_records = len(profiles)
    with run.stage("match"):
        floor = parameters.number(f"linking.accept.{Question.PERMANENCE.code}")
        pairs = SplinkMatcher(parameters).pairs(profiles, Question.PERMANENCE, floor)
        run.n_pairs = len(pairs.left)
    with run.stage("group"):
        links = _accepted(pairs, Question.PERMANENCE, parameters)
        groups = coherent_groups(profiles, links, Question.PERMANENCE, [], parameters)
    right = sum(truth[link.left] == truth[link.right] for link in links)
    run.pairs = _counts(truth, right, len(links))
    run.groups = _counts(truth, _right_in(groups, truth), sum(comb(len(g), 2) for g in groups))
    return run


def generated_profiles(
    n_records: int, parameters: Parameters
) -> tuple[tuple[Profile, ...], list[int]]:
    """Return profiles of invented records, and the permanence that each truly tells of.

    Records are placed as real ones are; those that stand nowhere are left out.
    """
    folder = mirror_folder()
    gazetteer = gazetteer_of(national_territory(folder), parameters)
    n_places = math.ceil(_SPARE * n_records / _TELLINGS_OF_A_PLACE)
    told = islice(tell(read_towns(folder), n_places, _SEED), n_records)
    profiles: list[Profile] = []
    truth: list[int] = []
    while batch := list(islice(told, _BATCH)):
        permanence = {_key(one): one.permanence for one in batch}
        placed, _ = place_records([one.sourced for one in batch], gazetteer)
        profiles += [profile_of(one) for one in placed]
        truth += [permanence[one.key] for one in placed]
    return tuple(profiles), truth


def _key(told: Told) -> RecordKey:
    return RecordKey(told.sourced.ref.source_id, told.sourced.ref.record_id)


def _accepted(pairs: Pairs, question: Question, parameters: Parameters) -> list[Link]:
    threshold = parameters.number(f"linking.accept.{question.code}")
    kept = pairs.probability >= threshold
    columns = (column[kept].tolist() for column in (pairs.left, pairs.right, pairs.probability))
    return [Link(*row) for row in zip(*columns, strict=True)]


def _counts(truth: Sequence[int], right: int, found: int) -> Counts:
    """Return the counts of pairs, of which ``right`` of ``found`` are true."""
    true = sum(comb(n, 2) for n in Counter(truth).values())
    total = comb(len(truth), 2)
    return Counts(right, found - right, true - right, total - true - found + right)


def _right_in(groups: Iterable[Sequence[int]], truth: Sequence[int]) -> int:
    tallies = (Counter(truth[i] for i in group) for group in groups)
    return sum(comb(n, 2) for tally in tallies for n in tally.values())


def growth(runs: Sequence[Run]) -> list[tuple[str, float]]:
    """Return, from each size to the next, the power of n by which the work of linking grows."""
    told = []
    for small, large in pairwise(sorted(runs, key=lambda run: run.n_records)):
        times = [run.busy["match"] + run.busy["group"] for run in (small, large)]
        power = math.log(times[1] / times[0]) / math.log(large.n_records / small.n_records)
        told.append((f"{small.name} → {large.name}", power))
    return told


def run_apart(name: str) -> Run:
    """Return one run made in a process of its own. Raises CalledProcessError where it fails."""
    command = [sys.executable, "-m", "bench.linking_scale", "--one", name]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(done.stdout)
    for what in ("pairs", "groups"):
        told[what] = told[what] and Counts(**told[what])
    return Run(**told)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what each run took; return 1 where the national one took more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", nargs="*", type=int, default=SIZES, help="sizes to generate")
    parser.add_argument("--json", action="store_true", help="machine-readable")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.one:
        run = link_national() if asked.one == NATIONAL else link_generated(int(asked.one))
        print(json.dumps(asdict(run)))
        return 0
    national = run_apart(NATIONAL)
    generated = [run_apart(str(size)) for size in asked.records]
    if asked.json:
        told = {"runs": [asdict(run) for run in (national, *generated)]}
        print(json.dumps(told | {"growth": dict(growth(generated))}, indent=1))
    else:
        for run in (national, *generated):
            _print_run(run)
        for step, power in growth(generated):
            print(f"growth {step}: n^{power:.2f}")
    return int(not within_limits(national))


def within_limits(national: Run) -> bool:
    """Whether the national run took no more time and memory than it may."""
    peak = max(national.peak_mib.values())
    return sum(national.seconds.values()) < NATIONAL_SECONDS and peak < NATIONAL_MIB


def _print_run(run: Run) -> None:
    whole, peak = sum(run.seconds.values()), max(run.peak_mib.values())
    print(
        f"{run.name}: {run.n_records} records, {run.n_pairs} pairs, {whole:.1f} s, {peak:.0f} MiB"
    )
    for stage, seconds in run.seconds.items():
        told = f"{seconds:7.1f} s {run.busy[stage]:8.1f} s busy {run.peak_mib[stage]:8.0f} MiB"
        print(f"  {stage:18}{told}")
    for what, counts in (("pairs", run.pairs), ("groups", run.groups)):
        if counts is not None:
            precision, recall = counts.precision.value or 0.0, counts.recall.value or 0.0
            print(f"  {what:18} precision {precision:.4f}, recall {recall:.4f}")


if __name__ == "__main__":
    sys.exit(main())
