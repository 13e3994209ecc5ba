"""Read and check every national file of the mirror, one after the other, in one process."""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

from maillage.jobs.check_file import check_file
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.sources.catalogue import load_catalogue
from maillage.sources.mirror import Mirror

ON = dt.date(2026, 11, 22)
FILES = (
    "portrea",
    "conseillers-numeriques",
    "france-services",
    "aidants-connect",
    "bibliotheques",
    "data-inclusion-structures",
    "data-inclusion-services",
)


def main(folder: Path) -> None:
    """Check each file against the national list of communes and print what it took."""
    mirror = Mirror(folder, load_catalogue())
    communes = mirror.get("communes-france", "")
    total, begin = 0, time.perf_counter()
    for source_id in FILES:
        file = mirror.get(source_id, "")
        if file is None:
            raise FileNotFoundError(f"{folder}: no file for {source_id}")
        start = time.perf_counter()
        checked = check_file(
            file.path,
            communes=communes,
            parameters=load_parameters(ON),
            on=ON,
            progress=Silent(),
        )
        total += checked.n_rows
        seconds = time.perf_counter() - start
        print(
            f"{source_id}: {checked.n_rows} rows, {len(checked.findings)} findings, {seconds:.1f} s"
        )
    print(f"{total} rows in {time.perf_counter() - begin:.1f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
