"""Timetables whatever they are written in: GTFS or NeTEx, zipped, in a folder or one file."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from maillage.access.intake.archives import Member, open_members
from maillage.access.intake.gtfs import read_gtfs
from maillage.access.intake.netex import read_netex
from maillage.access.intake.netex_xml import BrokenXmlError, DoctypeError, EncodingError, root_of
from maillage.access.timetable.model import Network
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress, Silent

Format = Literal["GTFS", "NeTEx"]
_OTHER_FORMATS = {
    "html": "une page web",
    "siri": "du SIRI (le temps réel)",
    "chouetteptnetwork": "du Neptune (l'ancien format français)",
    "transxchange": "du TransXChange (le format britannique)",
}
_SHOWN = 3
_GTFS_FILES = {"stops.txt", "stop_times.txt", "trips.txt", "routes.txt"}


def timetable_format(path: Path) -> Format:
    """Return what a zip, a folder or a file is written in, by the files it holds.

    Raises UnusableFile where it is neither GTFS nor NeTEx, or cannot be opened.
    """
    members = open_members(path, (".txt", ".xml", ".zip"))
    if any(member.short_name.lower() in _GTFS_FILES for member in members):
        return "GTFS"
    roots: list[str] = []
    for member in members:
        if not member.name.lower().endswith(".xml"):
            continue
        try:
            with member.open() as stream:
                roots.append(root_of(stream))
        except (BrokenXmlError, DoctypeError, EncodingError):
            return "NeTEx"  # its reader says what is wrong, and where
        if roots[-1] == "PublicationDelivery":
            return "NeTEx"
    _refuse_by_name(path, members, roots)
    message = tr(
        "ni GTFS (stops.txt, trips.txt…) ni NeTEx (fichiers .xml) : donnez le fichier d'horaires "
        "tel que le réseau le publie"
    )
    raise UnusableFile(path, message)


def _refuse_by_name(path: Path, members: Sequence[Member], roots: Sequence[str]) -> None:
    """Raise UnusableFile where what is there instead of a timetable can be named."""
    zips = [member.name for member in members if member.name.lower().endswith(".zip")]
    if zips and (path.is_dir() or zipfile.is_zipfile(path)):
        message = tr("il contient des zips ({names}) : sortez-les, et donnez-les un par un")
        raise UnusableFile(path, message.format(names=", ".join(zips[:_SHOWN])))
    named = [_OTHER_FORMATS[root.lower()] for root in roots if root.lower() in _OTHER_FORMATS]
    if named:
        message = tr("c'est {what}, que ce lecteur ne lit pas : demandez un GTFS ou un NeTEx")
        raise UnusableFile(path, message.format(what=tr(named[0])))


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
