"""All places of the mirror, in their communes: what the linking benches are run on.

No territory is wanted: the national list of communes says where each record stands.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

from maillage.directory.from_files import read_source
from maillage.directory.gazetteer import gazetteer_of
from maillage.directory.intake.records import KEEP_ALL, SourcedRecord
from maillage.directory.placed import Placed, place_records
from maillage.kernel.parameters import load_parameters
from maillage.kernel.provenance import LocalFile
from maillage.sources.mirror import Mirror
from maillage.territory.intake import read_france
from maillage.territory.model import IndicatorTable, Neighbour, Territory

ON = dt.date(2026, 11, 22)
CABBALR = "200072460"
SOURCES = (
    "portrea",
    "conseillers-numeriques",
    "france-services",
    "aidants-connect",
    "bibliotheques",
    "data-inclusion-structures",
    "mairies",
)


def mirror_folder() -> Path:
    """Return the mirror that ``MAILLAGE_MIRROR`` names, else the one beside the repository.

    Ends the process with a message where there is none.
    """
    told = os.environ.get("MAILLAGE_MIRROR")
    folder = Path(told) if told else Path(__file__).parents[2] / "shared" / "mirror"
    if not (folder / "lieux").is_dir():
        sys.exit("MAILLAGE_MIRROR must name the mirror folder of real data")
    return folder.resolve()


def read_national(folder: Path) -> list[SourcedRecord]:
    """Return every record of every source of places in the mirror."""
    mirror = Mirror(folder)
    records: list[SourcedRecord] = []
    for source_id in SOURCES:
        read, _ = read_source(source_id, _held(mirror, source_id), KEEP_ALL, ON)
        records += read
    return records


def national_territory(folder: Path) -> Territory:
    """Return a territory that has no commune of its own and all those of France around."""
    listed, _ = read_france(_held(Mirror(folder), "communes-france"))
    around = tuple(
        Neighbour(c.code_insee, c.name, c.population, c.point, c.codes_postaux)
        for c in listed
        if c.point is not None
    )
    nothing = IndicatorTable((), {})
    return Territory("", "France", "", None, (), (), nothing, neighbours=around)


def place_national(folder: Path) -> list[Placed]:
    """Return the records of the mirror that stand in a commune of today, the oldest first."""
    gazetteer = gazetteer_of(national_territory(folder), load_parameters(ON))
    return place_records(read_national(folder), gazetteer)[0]


def _held(mirror: Mirror, source_id: str) -> LocalFile:
    file = mirror.get(source_id, CABBALR)
    if file is None:
        raise FileNotFoundError(f"{mirror.folder}: no file for {source_id}")
    return file
