"""A desk put together, and one person oriented at it, in a call each.

A site makes one desk a territory and a day and asks it again and again; a terminal, once.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.wiring.unreached import Brought

if TYPE_CHECKING:
    from maillage.access.travel import TravelTimes
    from maillage.diagnosis.visits import Journeys
    from maillage.jobs.orient import Understanding
    from maillage.jobs.ports import PublicSources, TerritoryWork
    from maillage.kernel.parameters import Parameters
    from maillage.kernel.progress import Progress
    from maillage.orientation.desk import Desk
    from maillage.territory.model import Neighbour, Territory, Zone
    from maillage.wiring.at_hand import AtHand

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class OpenDesk:
    """A desk and the territory it is for; ``roads`` is what measures ways."""

    territory: Territory
    desk: Desk
    roads: TravelTimes


def understanding() -> Understanding:
    """Return what reads needs: the thesaurus shipped, formalities, emergency contacts."""
    from maillage.jobs.orient import Understanding
    from maillage.orientation.needs.errands import load_emergency_contacts, load_errands
    from maillage.orientation.needs.reader import ThesaurusReader

    return Understanding(ThesaurusReader(), load_errands(), load_emergency_contacts())


def desk_of(
    work: TerritoryWork,
    journeys: Journeys,
    parameters: Parameters,
    wanted: tuple[dt.date, ...] = (),
) -> Desk:
    """Return the desk of a territory on ``parameters.on``, opened on the days wanted too."""
    from maillage.orientation.desk import Desk, DeskGround, desk_days
    from maillage.territory.departements import departement
    from maillage.wiring.unreached import means_on

    territory = work.territory
    every: list[Neighbour | Zone] = [*territory.neighbours, *territory.zones]
    communes = {one.code_insee: (one.name, one.point) for one in every}
    days = desk_days(parameters.on, wanted, parameters)
    monday = days[0] - dt.timedelta(days=days[0].weekday())
    where = departement(territory.zones[0].code_insee)
    means = means_on(work, journeys, parameters, monday, where)
    means = replace(means, streets=journeys.streets)  # a desk lives long: it remembers few homes
    return Desk(DeskGround(work.directory, communes), days, means)


def open_desk(
    who: tuple[str, Path | None],
    brought: Brought,
    sources: PublicSources,
    parameters: Parameters,
    progress: Progress,
    wanted: tuple[dt.date, ...] = (),
) -> OpenDesk:
    """Return the desk of a territory, ``who`` its SIREN and workspace (None: from the sources).

    Raises UnusableFile, UnknownTerritory, SourceUnavailable, WorkspaceError as ``diagnose`` does.
    """
    from maillage.wiring import house

    siren, workspace = who
    with house.work_of(siren, workspace, sources, parameters, progress) as work:
        made = desk_on(work, brought, sources, parameters, progress, wanted)
    return made if workspace is None else _as_told(made, siren, workspace, parameters)


def _as_told(made: OpenDesk, siren: str, workspace: Path, parameters: Parameters) -> OpenDesk:
    """Return a desk that knows who is full and who answers, as a site on the workspace was told."""
    from maillage.storage.site_told import site_told
    from maillage.storage.workspace import Workspace

    with Workspace.open(workspace) as opened:
        told = site_told(opened.alias, siren, parameters)
    desk = made.desk.where_full(told.full).where_answering(told.answers)
    return replace(made, desk=desk)


def desk_on(
    work: TerritoryWork,
    brought: Brought,
    sources: PublicSources,
    parameters: Parameters,
    progress: Progress,
    wanted: tuple[dt.date, ...] = (),
) -> OpenDesk:
    """Return the desk of a work at hand, on what is brought and what public sources know.

    Raises UnusableFile, UnknownTerritory, SourceUnavailable as ``diagnose`` does.
    """
    from maillage.wiring.diagnosing import ready_on

    ready = ready_on(work, brought, sources, parameters, progress)
    desk = desk_of(ready.work, ready.journeys, parameters, wanted)
    return OpenDesk(ready.work.territory, desk, ready.roads)


def commune_code(territory: Territory, told: str) -> str:
    """Return the INSEE code of a commune told by name or by code.

    Raises LookupError, with names that come near, where none or several are so called.
    """
    from maillage.kernel.words import commune_key

    every: list[Neighbour | Zone] = [*territory.zones, *territory.neighbours]
    codes = {one.code_insee for one in every}
    if told.strip().upper() in codes:
        return told.strip().upper()
    key = commune_key(told)
    found = sorted({one.code_insee for one in territory.zones if commune_key(one.name) == key})
    found = found or sorted(
        {n.code_insee for n in territory.neighbours if commune_key(n.name) == key}
    )
    if len(found) == 1:
        return found[0]
    near = sorted({one.name for one in every if key and key in commune_key(one.name)})
    raise LookupError(", ".join(near))


def served_desk(work: TerritoryWork, at_hand: AtHand, parameters: Parameters) -> Desk:
    """Return the desk of a territory as a site serves it: that of ``maillage orient --offline``.

    Nothing is downloaded while somebody waits. A desk is never closed for want of a file: without
    the streets asked for, as the crow flies; where no timetable can be read, on foot; the log of
    the site says so.
    """
    from maillage.kernel.errors import SourceUnavailable, UnknownTerritory, UnusableFile
    from maillage.kernel.progress import Silent
    from maillage.wiring import house
    from maillage.wiring.public_ground import timetables_in

    choice = house.SourceChoice(parameters.on, at_hand.mirror, at_hand.cache, offline=True)
    sources = house.public_sources(choice, Silent())
    feeds = () if at_hand.timetables is None else timetables_in(at_hand.timetables)
    whole = Brought(streets=at_hand.streets, timetables=feeds, cache=at_hand.cache)
    for brought in dict.fromkeys((whole, replace(whole, streets=False))):
        try:
            return desk_on(work, brought, sources, parameters, Silent()).desk
        except (UnusableFile, UnknownTerritory, SourceUnavailable) as refusal:
            _LOG.warning("the desk answers without what cannot be read: %s", refusal)
    roads = house.streets_of(work, (), None, parameters, Silent())
    journeys = house.journeys(work, roads, house.Around(), parameters, Silent())
    return desk_of(work, journeys, parameters)
