"""Timetables taken in: every file read, put together, checked, cut around what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from maillage.access.intake.gtfs import feed_names
from maillage.access.intake.timetables import read_timetable
from maillage.access.timetable.checks import check_network
from maillage.access.timetable.cut import cut_network
from maillage.access.timetable.elsewhere import stops_elsewhere
from maillage.access.timetable.merge import merge_networks
from maillage.access.timetable.model import Network
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.geometry import Box
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress

UNUSABLE = FindingKind(
    "timetable-unusable",
    Severity.ERROR,
    "Ces horaires n'ont pas pu être lus : {reason}. Les autres l'ont été ; ce qui circule sur ce "
    "réseau n'est pas connu.",
    "Remplacez ce fichier. D'ici là, les visites sont données entre deux bornes.",
)


def read_network(
    paths: Sequence[Path],
    box: Box | None,
    parameters: Parameters,
    progress: Progress,
    national: Sequence[Path] = (),
) -> tuple[Network, tuple[Finding, ...]]:
    """Return the network of some timetables, cut to a box (None = whole), and what is doubtful.

    One that cannot be read beside others that can, or whose stops are all outside the box, is told
    and stands in the network's ``untold``; ``national`` ones may have no stop there. Raises
    UnusableFile where none can be read, or where one is not there.
    """
    networks: list[Network] = []
    findings: list[Finding] = []
    untold: list[str] = []
    refusals: list[UnusableFile] = []
    for path, name in zip(paths, feed_names(paths), strict=True):
        try:
            network, doubts = read_timetable(path, name=name, progress=progress)
        except UnusableFile as refusal:
            if not path.exists():
                raise  # mistyped, not damaged
            refusals.append(refusal)
            untold.append(name)
            findings.append(UNUSABLE.at(Where(name), reason=refusal.message.rstrip(".")))
            continue
        astray = None if box is None or path in national else stops_elsewhere(network, box)
        findings += doubts if astray is None else (*doubts, astray)
        untold += [] if astray is None else [name]
        networks.append(network if box is None else cut_network(network, box))
    if not networks:
        raise refusals[0]
    network = replace(merge_networks(networks), untold=tuple(untold))
    return network, (*findings, *check_network(network, parameters))
