"""A desk put together, and one person oriented at it, in a call each.

A site makes one desk a territory and a day and asks it again and again; a terminal, once.
"""

from __future__ import annotations

import datetime as dt
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
    from maillage.wiring.public_ground import told_of

    siren, workspace = who
    with house.work_of(siren, workspace, sources, parameters, progress) as work:
        downloaded = house.known_streets(siren if brought.streets else None, sources, parameters)
        trains = house.known_timetables(work, sources, brought.cache, parameters)
        extracts = downloaded.paths or brought.osm
        roads = house.streets_of(work, extracts, brought.cache, parameters, progress)
        doubts = (*downloaded.findings, *trains.findings)
        around = house.Around(brought.timetables, brought.living, trains.paths, doubts)
        journeys = house.journeys(work, roads, around, parameters, progress)
        told = told_of(work, downloaded, trains)
    return OpenDesk(told.territory, desk_of(told, journeys, parameters, wanted), roads)


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


def served_desk(work: TerritoryWork, parameters: Parameters) -> Desk:
    """Return the desk of a territory as a site serves it: nothing is brought, nothing downloaded.

    Ways are measured as ``diagnose`` does without extracts of streets; no timetable is known.
    """
    from maillage.kernel.progress import Silent
    from maillage.wiring import house

    roads = house.streets_of(work, (), None, parameters, Silent())
    around = house.Around()
    return desk_of(work, house.journeys(work, roads, around, parameters, Silent()), parameters)
