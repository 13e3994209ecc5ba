"""What each lieu's closing and some lines' end would take away from a week that was searched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from maillage.access.timetable.lines import line_label
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.find import VisitsFound
from maillage.access.visits.losses import (
    Loss,
    Residents,
    both_bounds,
    lieu_losses,
    line_losses,
)
from maillage.kernel.progress import Progress


@dataclass(frozen=True, slots=True, eq=False)
class LossesFound:
    """What would be lost, by kind of visit, and the week that it is lost from.

    ``lines`` gives the same for each name of lines that end; ``line_labels`` how riders know them.
    """

    visits: VisitsFound
    lieux: tuple[Bounds[tuple[Loss, ...]], ...]
    lines: Mapping[str, tuple[Bounds[tuple[Loss, ...]], ...]]
    line_labels: Mapping[str, str]


def find_losses(
    visits: VisitsFound, lines: Mapping[str, frozenset[str]], progress: Progress
) -> LossesFound:
    """Return the losses of every lieu, and of the lines of each name (by id), one after the other.

    Lines take nothing away from a week that was searched by one mode.
    """
    residents = Residents(visits.homes.people, visits.homes.fragile)
    measure = partial(lieu_losses, residents=residents)
    lieux = tuple(both_bounds(week, measure) for week in visits.weeks)
    searched = visits.searched
    network = None if searched is None else searched.by.network
    if searched is None or network is None:
        return LossesFound(visits, lieux, {}, {})
    found = dict(line_losses(searched, visits.weeks, residents, lines, progress))
    labels = {name: line_label(network, ids) for name, ids in lines.items()}
    return LossesFound(visits, lieux, found, labels)
