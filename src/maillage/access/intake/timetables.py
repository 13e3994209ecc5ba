"""Timetables whatever they are written in: GTFS or NeTEx, zipped, in a folder or one file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from maillage.access.intake.archives import open_members
from maillage.access.intake.gtfs import read_gtfs
from maillage.access.intake.netex import read_netex
from maillage.access.intake.netex_xml import BrokenXmlError, DoctypeError, root_of
from maillage.access.timetable.model import Network
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress, Silent

Format = Literal["GTFS", "NeTEx"]
_GTFS_FILES = {"stops.txt", "stop_times.txt", "trips.txt", "routes.txt"}


def timetable_format(path: Path) -> Format:
    """Return what a zip, a folder or a file is written in, by the files it holds.

    Raises UnusableFile where it is neither GTFS nor NeTEx, or cannot be opened.
    """
    members = open_members(path, (".txt", ".xml"))
    if any(member.short_name.lower() in _GTFS_FILES for member in members):
        return "GTFS"
    documents = [member for member in members if member.name.lower().endswith(".xml")]
    for member in documents:
        try:
            with member.open() as stream:
                root = root_of(stream)
        except (BrokenXmlError, DoctypeError):
            return "NeTEx"  # its reader says what is wrong, and where
        if root == "PublicationDelivery":
            return "NeTEx"
    message = tr(
        "ni GTFS (stops.txt, trips.txt…) ni NeTEx (fichiers .xml) : donnez le fichier d'horaires "
        "tel que le réseau le publie"
    )
    raise UnusableFile(path, message)


def read_timetable(
    path: Path, *, name: str | None = None, progress: Progress | None = None
) -> tuple[Network, tuple[Finding, ...]]:
    """Return the network of a GTFS or NeTEx timetable, and what is doubtful in it.

    Raises UnusableFile, as ``timetable_format`` and the reader of that format.
    """
    watched = progress or Silent()
    if timetable_format(path) == "GTFS":
        return read_gtfs(path, name=name, progress=watched)
    return read_netex(path, name=name, progress=watched)
