"""Who has no reachable help and what new help would reach: the ground of siting and of rounds.

``siting_ground`` takes what the user brings, as ``maillage diagnose`` does; ``ground_on`` works
with journeys that are at hand. Nothing is kept on disk but what downloads keep.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.wiring.homes import HomeFiles

if TYPE_CHECKING:
    from maillage.access.homes import Homes
    from maillage.access.travel import Mode, TravelTimes
    from maillage.access.unreached.model import NewReach, UnmetNeed, Unreached, Venue
    from maillage.access.visits.find import ReadyWeek, VisitMeans
    from maillage.diagnosis.visits import Journeys
    from maillage.jobs.ports import PublicSources, TerritoryWork
    from maillage.jobs.unmet import UnmetDemand
    from maillage.kernel.findings import Finding
    from maillage.kernel.parameters import Parameters
    from maillage.kernel.progress import Progress
    from maillage.territory.fragility_model import FragilePeople


@dataclass(frozen=True, slots=True)
class Brought:
    """By what people move, as the user brings it: the options of ``maillage diagnose``.

    ``streets``: download them, instead of reading the extracts of ``osm``; ``cache`` keeps
    downloads, None = the user's own.
    """

    osm: tuple[Path, ...] = ()
    streets: bool = False
    timetables: tuple[Path, ...] = ()
    living: HomeFiles = field(default_factory=HomeFiles)
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class GroundAsked:
    """What the ground is asked for.

    ``venues`` is a list of candidate venues, beside the territory's own or, with ``only_given``, in
    their stead; ``stops`` are venues known otherwise (those of a mobile round); ``needs`` is a
    table of requests that nobody could answer, ``recorded`` those that desks recorded in the
    house: both count. ``kind`` is the code of a visit, None = that of the
    diagnosis. ``certain_hours``: help at hours that are supposed is no help. ``mode`` is the one by
    which everybody goes, None = on foot and by public transport. ``people`` is how much each zone
    weighs, as a diagnosis counts it; None = by public figures alone.
    """

    venues: Path | None = None
    only_given: bool = False
    stops: tuple[Venue, ...] = ()
    needs: Path | None = None
    recorded: UnmetDemand | None = None
    kind: str | None = None
    certain_hours: bool = False
    mode: Mode | None = None
    people: FragilePeople | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SitingGround:
    """Who has no reachable help, what each venue would reach, and the engine of travel times.

    ``work`` is what was given, its territory naming the public datasets that were read too;
    ``week`` the week that it was all searched in. All that is doubtful stands in
    ``unreached.findings``.
    """

    work: TerritoryWork
    unreached: Unreached
    reach: NewReach
    roads: TravelTimes
    week: ReadyWeek


def siting_ground(
    work: TerritoryWork,
    asked: GroundAsked,
    brought: Brought,
    sources: PublicSources,
    parameters: Parameters,
    progress: Progress,
) -> SitingGround:
    """Return the ground of siting on what is brought and what public sources know.

    Raises UnusableFile where a file cannot be read, SourceUnavailable where streets are asked for
    and cannot be had, ParameterError for an unknown kind of visit.
    """
    from maillage.wiring import house
    from maillage.wiring.public_ground import PublicGround, told_of

    siren = work.territory.siren
    downloaded = house.known_streets(siren if brought.streets else None, sources, parameters)
    rides = asked.mode is None
    trains = PublicGround()
    if rides:
        trains = house.known_timetables(work, sources, brought.cache, parameters)
    extracts = downloaded.paths or brought.osm
    roads = house.streets_of(work, extracts, brought.cache, parameters, progress)
    doubts = (*downloaded.findings, *trains.findings)
    timetables = brought.timetables if rides else ()
    around = house.Around(timetables, brought.living, trains.paths, doubts)
    journeys = house.journeys(work, roads, around, parameters, progress)
    found = _searched(work, asked, journeys, parameters)
    return SitingGround(told_of(work, downloaded, trains), *found[:2], roads, found[2])


def ground_on(
    work: TerritoryWork, asked: GroundAsked, journeys: Journeys, parameters: Parameters
) -> tuple[Unreached, NewReach]:
    """Return who has no reachable help in the next school week, and what each venue would reach.

    Raises UnusableFile where a file cannot be read, ParameterError for an unknown kind of visit.
    """
    return _searched(work, asked, journeys, parameters)[:2]


def _searched(
    work: TerritoryWork, asked: GroundAsked, journeys: Journeys, parameters: Parameters
) -> tuple[Unreached, NewReach, ReadyWeek]:
    """Return what ``ground_on`` does, and the week that it was searched in."""
    from maillage.access.unreached.by_mode import carried_by_car
    from maillage.access.unreached.demand import unreached_of
    from maillage.access.unreached.new_reach import new_reach
    from maillage.access.visits.model import Certainty

    venues, unplaced = _venues(work, asked, parameters)
    needs, unread = _needs(asked)
    homes, ready, doubts = _ready(work, asked, journeys, parameters)
    hours = Certainty.CERTAIN if asked.certain_hours else Certainty.POSSIBLE
    found = unreached_of(work.territory, homes, ready, needs, journeys.progress, hours)
    findings = (*journeys.findings, *doubts, *found.findings, *unplaced, *unread)
    unreached = replace(
        found,
        mode=asked.mode,
        carried=carried_by_car(ready, hours),
        noted="" if asked.recorded is None else recorded_words(asked.recorded),
        findings=tuple(dict.fromkeys(findings)),
    )
    return unreached, new_reach(venues, ready, journeys.progress, asked.mode), ready


def _ready(
    work: TerritoryWork, asked: GroundAsked, journeys: Journeys, parameters: Parameters
) -> tuple[Homes, ReadyWeek, tuple[Finding, ...]]:
    """Return the homes, and the next school week made ready: as the diagnosis has them."""
    from maillage.access.unreached.by_mode import ready_by_mode
    from maillage.access.unreached.demand import counted_homes
    from maillage.access.visits.calendar import typical_weeks
    from maillage.access.visits.find import asked_week, ready_week
    from maillage.access.visits.kinds import visit_kind
    from maillage.access.visits.of_directory import presences_of
    from maillage.diagnosis.diagnose import SEED
    from maillage.territory.departements import departement
    from maillage.territory.fragility import score_fragility
    from maillage.territory.illectronisme import fragile_people

    territory = work.territory
    people = asked.people
    if people is None:
        fragility = score_fragility(territory, parameters, seed=SEED)
        people = fragile_people(territory, fragility, parameters, seed=SEED)
    homes, untold = counted_homes(territory, people, parameters, journeys.known_homes)
    where = departement(territory.zones[0].code_insee)
    weeks, unknown = typical_weeks(parameters.on, where)
    days = weeks[0].days
    code = asked.kind or str(parameters["diagnosis.visits.kind"].value)
    to = presences_of(work.directory, days, parameters)
    week = asked_week(homes, to, days, parameters, (visit_kind(code, parameters),))
    means = means_on(work, journeys, parameters, days[0], where)
    if asked.mode is not None:
        return homes, ready_by_mode(week, means, asked.mode), (*untold, *unknown)
    return homes, ready_week(week, means, journeys.progress), (*untold, *unknown)


def means_on(
    work: TerritoryWork, journeys: Journeys, parameters: Parameters, monday: dt.date, where: str
) -> VisitMeans:
    """Return by what people go; a bus is missing where no local one calls in the territory."""
    from maillage.access.remembered import Remembered
    from maillage.access.visits.find import VisitMeans, local_network_is_missing
    from maillage.kernel.geometry import coordinates

    points = coordinates(tuple(zone.point for zone in work.territory.zones))
    return VisitMeans(
        streets=Remembered(journeys.streets),
        network=journeys.network,
        searches=journeys.searches,
        parameters=parameters,
        departement=where,
        a_bus_is_missing=local_network_is_missing(
            journeys.network, monday, points, parameters, where
        ),
    )


def venues_asked(
    work: TerritoryWork, asked: GroundAsked, parameters: Parameters
) -> tuple[Venue, ...]:
    """Return the venues that a ground will have, before any journey is searched.

    Raises UnusableFile where their file cannot be read.
    """
    return _venues(work, asked, parameters)[0]


def _venues(
    work: TerritoryWork, asked: GroundAsked, parameters: Parameters
) -> tuple[tuple[Venue, ...], tuple[Finding, ...]]:
    """Return the venues asked for, each id once: those given first, then stops, then the others."""
    from maillage.access.unreached.intake import read_venues
    from maillage.access.unreached.venues import Venues, candidate_venues

    none = Venues(())
    territory = work.territory
    given = none if asked.venues is None else read_venues(asked.venues, territory, parameters)
    own = none if asked.only_given else candidate_venues(territory, work.directory, parameters)
    every = (*own.venues, *asked.stops, *given.venues)
    by_id = {venue.id: venue for venue in every}
    return tuple(by_id[one] for one in sorted(by_id)), (*given.findings, *own.findings)


def _needs(asked: GroundAsked) -> tuple[tuple[UnmetNeed, ...], tuple[Finding, ...]]:
    """Return the requests that nobody could answer, those recorded last, and what is doubtful."""
    from maillage.access.unreached.needs import Needs, read_needs

    read = Needs(()) if asked.needs is None else read_needs(asked.needs)
    recorded = () if asked.recorded is None else asked.recorded.demand
    return (*read.needs, *recorded), read.findings


def recorded_words(told: UnmetDemand) -> str:
    """Return whence the requests recorded in a house come: how many, by whom, when, corrected."""
    from maillage.kernel.french import date
    from maillage.kernel.language import tr

    days = tr("Aux guichets, du {since} au {until} :").format(
        since=date(told.since), until=date(told.until)
    )
    return " ".join((days, *told.sentences))
