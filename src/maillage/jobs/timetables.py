"""Timetables taken in: every file read, put together, checked, cut around what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from maillage.access.intake.gtfs import feed_names
from maillage.access.intake.timetables import read_timetable
from maillage.access.timetable.checks import check_network
from maillage.access.timetable.cut import cut_network
from maillage.access.timetable.merge import merge_networks
from maillage.access.timetable.model import Network
from maillage.kernel.findings import Finding
from maillage.kernel.geometry import Box
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress


def read_network(
    paths: Sequence[Path], box: Box | None, parameters: Parameters, progress: Progress
) -> tuple[Network, tuple[Finding, ...]]:
    """Return the network of some timetables, cut to a box (None = whole), and what is doubtful.

    Raises UnusableFile where one of them cannot be read at all.
    """
    networks: list[Network] = []
    findings: list[Finding] = []
    for path, name in zip(paths, feed_names(paths), strict=True):
        network, doubts = read_timetable(path, name=name, progress=progress)
        networks.append(network if box is None else cut_network(network, box))
        findings += doubts
    network = merge_networks(networks)
    return network, (*findings, *check_network(network, parameters))
