"""The real directory of a territory, taken in through the ordinary job."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from maillage.directory.model import Directory
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.wiring import house

ON = dt.date(2026, 11, 22)


def directory_of(siren: str, mirror: Path) -> Directory:
    """Return the directory of one EPCI of the mirror."""
    sources = house.public_sources(house.SourceChoice(ON, mirror=mirror), Silent())
    with house.work_of(siren, None, sources, load_parameters(ON), Silent()) as work:
        return work.directory
