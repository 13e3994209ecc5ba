"""Time and peak memory of the main jobs on the mirror of real data.

Run with ``make bench`` (the mirror folder is named by ``MAILLAGE_MIRROR``). Each job runs in a
process of its own, so that its peak memory is its own. The benches of linking and of access
follow, each with a table of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CABBALR = "200072460"
ON = "2026-11-22"
# Benches that print a table of their own, with what they are run with.
WITH_TABLES = (
    ("bench.linking", "--labels", "test"),
    ("bench.febrl",),
    ("bench.linking_scale",),
    ("bench.streets",),
    ("bench.streets_size",),
    ("bench.transit",),
    ("bench.visit_measures",),
    ("bench.siting",),
    ("bench.rounds",),
    ("bench.tiles",),
)

# Runs a command and prints, last, the peak memory of its process in kilobytes (Linux).
WRAPPED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


@dataclass(frozen=True)
class Measure:
    """One command: seconds of wall time, peak resident memory in MiB, exit code."""

    seconds: float
    peak_mib: float
    code: int


def measure(command: Sequence[str]) -> Measure:
    """Run one command and return what it took."""
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", WRAPPED, *command], capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - begin
    return Measure(seconds, int(done.stdout.split()[-1]) / 1024, done.returncode)


def diagnose(siren: str, mirror: Path, out: Path) -> Measure:
    """Measure one whole diagnosis, all its products written."""
    maillage = str(Path(sys.executable).parent / "maillage")
    options = ["--mirror", str(mirror), "--out", str(out), "--on", ON, "--quiet"]
    return measure([maillage, "diagnose", siren, *options])


def main() -> int:
    """Print the measures, then the benches' own tables; return the number of what failed."""
    mirror = Path(os.environ.get("MAILLAGE_MIRROR", ""))
    if not (mirror / "geo.api.gouv.fr").is_dir():
        print("MAILLAGE_MIRROR must name the mirror folder of real data")
        return 2
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        one = diagnose(CABBALR, mirror, out / CABBALR)
        print(f"CA Béthune-Bruay: {one.seconds:.1f} s, {one.peak_mib:.0f} MiB, exit {one.code}")
        national = measure([sys.executable, "-m", "bench.national", str(mirror)])
        print(
            f"all national files read and checked: {national.seconds:.1f} s, "
            f"{national.peak_mib:.0f} MiB, exit {national.code}"
        )
        epcis = json.loads((mirror / "geo.api.gouv.fr" / "epcis.json").read_bytes())
        every = [diagnose(e["code"], mirror, out / e["code"]) for e in epcis]
    print(
        f"{len(every)} EPCI one after the other: {sum(m.seconds for m in every):.0f} s in all, "
        f"longest {max(m.seconds for m in every):.1f} s, "
        f"peak {max(m.peak_mib for m in every):.0f} MiB, "
        f"{sum(m.code != 0 for m in every)} failed"
    )
    others = [subprocess.run([sys.executable, "-m", *told], check=False) for told in WITH_TABLES]
    return sum(m.code != 0 for m in (one, national, *every)) + sum(
        done.returncode != 0 for done in others
    )


if __name__ == "__main__":
    sys.exit(main())
