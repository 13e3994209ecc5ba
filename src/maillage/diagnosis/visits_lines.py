"""What the end of one line would take away: the lines that call most in the territory."""

from __future__ import annotations

import numpy as np

from maillage.access.timetable.lines import line_label
from maillage.access.timetable.model import FlagArray, IntArray, Network
from maillage.access.timetable.select import trip_of_calls
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.find import Searched
from maillage.access.visits.half_days import HalfDaySearch
from maillage.access.visits.losses import Loss, Residents, line_losses
from maillage.access.visits.model import Certainty
from maillage.diagnosis.visits_model import LineEnd, LineEnds
from maillage.kernel.geometry import box_around, coordinates
from maillage.kernel.progress import Progress
from maillage.territory.model import Territory


def line_ends(
    searched: Searched,
    search: HalfDaySearch,
    residents: Residents,
    where: tuple[Territory, int],
    progress: Progress,
) -> LineEnds | None:
    """Return what the end of some lines would take; None where no timetable is known.

    ``search`` is that of the week while all lines run. ``where`` is the territory, and how many of
    its lines to measure: each is searched again.
    """
    territory, at_most = where
    network = searched.by.network
    if network is None or searched.by.searches is None:
        return None
    lines = calling_lines(network, territory)
    asked = dict(list(lines.items())[:at_most])
    found = line_losses(searched, search.found, residents, asked, progress, search)
    ends = []
    for label, (losses,) in found:
        low, high = (_any_service(bound) for bound in (losses.low, losses.high))
        if low.half_days > 0 or high.half_days > 0:
            ends.append(LineEnd(label, Bounds(low, high)))
    worst = sorted(ends, key=lambda e: (-e.loss.low.people_without, -e.loss.low.half_days, e.label))
    return LineEnds(len(lines), len(asked), tuple(worst))


def calling_lines(network: Network, territory: Territory) -> dict[str, frozenset[str]]:
    """Return the lines that call in the territory that week, by name, the most frequent first.

    Each name has the ids of its lines; ``network`` is told on that week's days.
    """
    trips = trip_of_calls(network.trips)[_calls_inside(network, territory)]
    runs: IntArray = network.services.runs[:, 1:].sum(axis=1)
    counts = np.bincount(
        network.trips.lines[trips],
        weights=runs[network.trips.services[trips]],
        minlength=len(network.lines),
    )
    named: dict[str, list[int]] = {}
    for number in np.flatnonzero(counts).tolist():
        name = line_label(network, frozenset({network.lines[number].id}))
        named.setdefault(name, []).append(number)
    order = sorted(named, key=lambda name: (-counts[named[name]].sum(), name))
    return {name: frozenset(network.lines[n].id for n in named[name]) for name in order}


def _calls_inside(network: Network, territory: Territory) -> FlagArray:
    box = box_around(coordinates(tuple(zone.point for zone in territory.zones)), 0.0)
    inside: FlagArray = box.holds(network.stops.places)[network.calls.stops]
    return inside


def _any_service(losses: tuple[Loss, ...]) -> Loss:
    return next(
        loss for loss in losses if loss.service is None and loss.certainty is Certainty.POSSIBLE
    )
