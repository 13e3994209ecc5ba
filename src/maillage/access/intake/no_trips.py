"""Timetables in which nothing runs, whatever they are written in: refused, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from maillage.access.timetable.model import Network
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Severity
from maillage.kernel.french import number
from maillage.kernel.language import tr

_REASONS = 3


def ever_runs(network: Network) -> bool:
    """Tell whether some trip of a network runs on some day."""
    return bool(network.services.runs[network.trips.services].any())


def without_trips(
    path: Path, kind: str, network: Network, findings: Sequence[Finding], foremost: str = ""
) -> UnusableFile:
    """Return the refusal of a timetable in which nothing ever runs, with what is doubtful in it.

    ``kind`` is "GTFS" or "NeTEx". Errors are told, else warnings; before them the
    finding whose code is ``foremost``.
    """
    told = [
        [finding.message for finding in findings if finding.severity is severity]
        for severity in (Severity.ERROR, Severity.WARNING)
    ]
    first = [finding.message for finding in findings if finding.code == foremost]
    reasons = " ".join(dict.fromkeys([*first, *(told[0] or told[1])[:_REASONS]]))
    if network.trips.ids:
        message = tr(
            "les courses de ce {kind} ({n}) ne circulent aucun jour, ses calendriers n'en "
            "désignent pas. {reasons}"
        )
    else:
        message = tr("aucune course de ce {kind} n'est utilisable. {reasons}")
    n_trips = number(len(network.trips.ids))
    return UnusableFile(path, message.format(kind=kind, n=n_trips, reasons=reasons).strip())
