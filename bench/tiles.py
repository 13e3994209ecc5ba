"""Files of a whole country's homes cut to one territory: seconds and memory.

``python -m bench.tiles [--out DIR]``, the mirror being named by ``MAILLAGE_MIRROR``, makes up 2.3
million tiles in INSEE's form (2019) and 700,000 addresses of one département in the Base Adresse
Nationale's, gzipped, around the real communes; each is then read, as ``diagnose`` and ``access
visits`` do, in a process of its own. Nothing of a producer's file is in them but the columns.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pyproj import Transformer
from tests.engines.filosofi_sample import COLUMNS
from tests.engines.home_samples import BAN

from bench.run import CABBALR, ON
from maillage.kernel.geometry import FloatArray
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.territory.from_files import REQUIRED, build_territory
from maillage.territory.model import Territory
from maillage.wiring import house
from maillage.wiring.homes import HomeFiles, homes_of_file, known_homes

N_TILES, N_ADDRESSES = 2_300_000, 700_000
DEPARTEMENT = "62"
_AROUND = 36  # tiles aside of a square around a commune's point
_SEED = 4
_CHUNK = 100_000


def make_tiles(path: Path, mirror: Path) -> None:
    """Write tiles around the communes of France, so many for each, in INSEE's form of 2019."""
    codes, places = _communes(mirror)
    chance = np.random.default_rng(_SEED)
    east, north = Transformer.from_crs(4326, 3035, always_xy=True).transform(*places.T)
    of = np.sort(chance.integers(0, len(codes), N_TILES))
    aside = chance.integers(-_AROUND // 2, _AROUND // 2, (2, N_TILES)) * 200
    corner = [
        ((axis[of] // 200) * 200 + far).astype(np.int64)
        for axis, far in zip((north, east), aside, strict=True)
    ]
    people = chance.integers(1, 400, N_TILES) / 10
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(COLUMNS[2019]) + "\n")
        rest = ",".join(["0.5"] * (len(COLUMNS[2019]) - 9))
        for start in range(0, N_TILES, _CHUNK):
            file.writelines(
                f"CRS3035RES200mN{n}E{e},CRS3035RES1000mN{n}E{e},CRS3035RES8000mN{n}E{e},0,0,"
                f"{codes[k]},{p},{p / 2},{p / 10},{rest}\n"
                for n, e, k, p in zip(
                    *(a[start : start + _CHUNK].tolist() for a in (*corner, of, people)),
                    strict=True,
                )
            )


def make_addresses(path: Path, mirror: Path) -> None:
    """Write the addresses of a département around its communes, in the BAN's form, gzipped."""
    codes, places = _communes(mirror)
    mine = [i for i, code in enumerate(codes) if code.startswith(DEPARTEMENT)]
    chance = np.random.default_rng(_SEED)
    of = chance.choice(mine, N_ADDRESSES)
    at = places[of] + chance.normal(0.0, 0.01, (N_ADDRESSES, 2))
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        file.write(BAN + "\n")
        file.writelines(
            f"{codes[k]}_0001_{i:06d};;{i % 90 + 1};;Rue de l’Église;62000;{codes[k]};Commune;;;"
            f"686000.1;7048000.2;{lon:.6f};{lat:.6f};entrée;;;COMMUNE;RUE DE L EGLISE;commune;"
            "commune;1;\n"
            for i, (k, (lon, lat)) in enumerate(zip(of.tolist(), at.tolist(), strict=True))
        )


def _communes(mirror: Path) -> tuple[list[str], FloatArray]:
    """Return the codes of the communes of mainland France, and their (n, 2) points."""
    with (mirror / "insee" / "communes-france.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["code_insee"].startswith("97")]
    at = [(float(row["centre_lon"]), float(row["centre_lat"])) for row in rows]
    return [row["code_insee"] for row in rows], np.array(at)


def territory_of(mirror: Path) -> Territory:
    """Return the territory of the benches, without its directory."""
    asked = house.SourceChoice(dt.date.fromisoformat(ON), mirror)
    sources = house.public_sources(asked, Silent())
    found = {name: sources.get(name, CABBALR) for name in REQUIRED}
    files = {name: file for name, file in found.items() if file is not None}
    return build_territory(files, CABBALR, load_parameters(dt.date.fromisoformat(ON)))[0]


def read(what: str, path: Path, mirror: Path) -> str:
    """Read one file for the territory; return the row of what was found, and what it took."""
    parameters = load_parameters(dt.date.fromisoformat(ON))
    territory = territory_of(mirror)
    before, wall, cpu = _peak_mib(), time.perf_counter(), time.process_time()
    if what == "box":
        places = np.array([[zone.point.lon, zone.point.lat] for zone in territory.zones])
        found = f"{len(homes_of_file(path, places, parameters).homes.people):,} tiles"
    else:
        given = HomeFiles(tiles=path) if what == "tiles" else HomeFiles(addresses=path)
        known, _ = known_homes(territory, given, parameters)
        found = f"{len(known)} zones, {sum(len(homes.points) for homes in known.values()):,} points"
        n_addresses = sum(homes.n_addresses for homes in known.values())
        found += f" for {n_addresses:,} addresses" if n_addresses else ""
    seconds, busy = time.perf_counter() - wall, time.process_time() - cpu
    size = f"{path.stat().st_size / 2**20:.0f}"
    told = (f"{seconds:.1f}", f"{busy:.1f}", f"{_peak_mib():.0f}", f"{before:.0f}")
    return f"| {' | '.join((what, path.name, size, found, *told))} |"


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(mirror: Path, folder: Path) -> None:
    """Make the files that are not there yet, read each in its own process, print a table."""
    tiles, addresses = folder / "carreaux_200m_met.csv", folder / "adresses-62.csv.gz"
    for path, make in ((tiles, make_tiles), (addresses, make_addresses)):
        if not path.exists():
            make(path, mirror)
    print("| read | file | MiB | found | seconds | of processor | peak MiB | before, MiB |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    for what, path in (("tiles", tiles), ("box", tiles), ("addresses", addresses)):
        asked = [sys.executable, "-m", "bench.tiles", "--read", what, "--file", str(path)]
        subprocess.run(asked, check=True)


def main(words: Sequence[str] | None = None) -> None:
    """Run the bench, or one reading of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="where the made-up files are kept")
    parser.add_argument("--read", choices=("tiles", "box", "addresses"))
    parser.add_argument("--file", type=Path)
    asked = parser.parse_args(words)
    mirror = Path(os.environ.get("MAILLAGE_MIRROR", ""))
    if not (mirror / "insee").is_dir():
        print("MAILLAGE_MIRROR must name the mirror folder of real data")
        sys.exit(2)
    if asked.read is not None:
        print(read(asked.read, asked.file, mirror))
    elif asked.out is not None:
        asked.out.mkdir(parents=True, exist_ok=True)
        run(mirror, asked.out)
    else:
        with tempfile.TemporaryDirectory() as folder:
            run(mirror, Path(folder))


if __name__ == "__main__":
    main()
