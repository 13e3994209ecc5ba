"""What can be reached, in a few calls, for notebooks and for the terminal alike.

``matrix`` gives times between points, ``isochrones`` what is reached around points, ``visits``
which visits can be done, ``losses`` what would be lost. Files in, frozen results out, which say on
what they stand.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.kernel.progress import Progress, Silent

if TYPE_CHECKING:
    from maillage.access.homes import Homes
    from maillage.access.points import Points
    from maillage.access.times import TimesTable
    from maillage.access.timetable.model import Network
    from maillage.access.travel import Mode, TravelTimes
    from maillage.access.visits.all_visits import Searches
    from maillage.access.visits.find import VisitMeans, VisitsFound
    from maillage.access.visits.find_losses import LossesFound
    from maillage.access.visits.territory_visits import AskedWeek
    from maillage.engines.streets_osm_engine import OsmStreets
    from maillage.jobs.isochrones import Isochrones
    from maillage.kernel.findings import Finding
    from maillage.kernel.geometry import Box, FloatArray

TRANSIT = "transit"
"""The mode, beside those of the streets, that takes timetables."""
OSM, CAFEIN = "osm", "cafein"
"""The engines that search streets: ours, and another to compare with."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What people move on: OpenStreetMap extracts (none: straight lines), and timetables.

    ``on`` dates the parameters; ``cache`` keeps streets once read (None: the user's own cache);
    ``engine`` is what searches the streets for ``matrix`` by one mode.
    """

    osm: tuple[Path, ...] = ()
    timetables: tuple[Path, ...] = ()
    on: dt.date = field(default_factory=dt.date.today)
    cache: Path | None = None
    progress: Progress = field(default_factory=Silent)
    engine: str = OSM

    @property
    def parameters(self) -> Parameters:
        """The parameters in force, read once for each date."""
        return _parameters_on(self.on)


@cache
def _parameters_on(on: dt.date) -> Parameters:
    return load_parameters(on)


@dataclass(frozen=True, slots=True)
class Going:
    """Who goes on visits, and how: ``mode`` None is without a car, on foot and by timetables.

    ``a_bus_is_missing``: a network that runs there has no timetable here. ``departement`` tells
    holidays apart (its number; "": none known).
    """

    mode: str | None = None
    a_bus_is_missing: bool = False
    reduced_mobility: bool = False
    departement: str = ""


def matrix(
    origins: Path,
    destinations: Path,
    mode: str,
    ground: Ground,
    *,
    depart: dt.datetime | None = None,
    window_minutes: int = 0,
) -> TimesTable:
    """Return the minutes from each point of a file to each of another.

    Files have ``id, lon, lat``; ``mode`` is walk, bicycle, car or transit. Public transport leaves
    at ``depart``; with a window, the median over its minutes. Raises UnusableFile, MissingExtra;
    ValueError where public transport has no timetable or no time to leave.
    """
    from maillage.access.points import read_points
    from maillage.jobs.travel_times import ByTransit, Leaving, times_by_street, times_by_transit

    started, ended = read_points(origins), read_points(destinations)
    if mode == TRANSIT and (depart is None or not ground.timetables):
        raise ValueError("public transport needs a time to leave and a timetable")
    streets = streets_around(ground, started, ended)
    on_streets = mode_named("walk" if mode == TRANSIT else mode)
    ends = (origins, started), (destinations, ended)
    far = _far_from_streets(streets, on_streets, *ends, estimated=mode == TRANSIT)
    if depart is None or mode != TRANSIT:
        table = times_by_street(started, ended, streets, on_streets, ground.progress)
        return replace(table, findings=_once(table.findings, far))
    network, doubts = network_around(ground, started, ended)
    walked = walkable(streets, ground.parameters)
    by = ByTransit(walked, network, searches().journeys, ground.parameters)
    leaving = Leaving(depart, window_minutes)
    table = times_by_transit(started, ended, by, leaving, ground.progress)
    return replace(table, findings=_once(table.findings, far, doubts))


def visits(
    homes: Path, places: Path, week: dt.date, ground: Ground, going: Going | None = None
) -> VisitsFound:
    """Return which visits can be done in the week that holds a day, by each kind of visit.

    ``homes`` has ``id, lon, lat`` and a weight, or polygons and a weight, or is INSEE's tiles;
    ``places`` has ``id, lon, lat`` and, where they are known, ``horaires``, ``services``,
    ``typologie``. Raises UnusableFile, MissingExtra.
    """
    from maillage.access.visits.find import find_visits

    how = going or Going()
    asking = _asking(homes, places, week, ground, how)
    return asking.told(find_visits(*asking.of_visits, ground.progress), how, ground.parameters)


def losses(
    homes: Path,
    places: Path,
    week: dt.date,
    ground: Ground,
    lines: Sequence[str] | None = (),
    going: Going | None = None,
) -> LossesFound:
    """Return what each place's closing, and the end of some lines, would take from a week's visits.

    Files and week are those of ``visits``; ``lines`` are ids or short names, None = each line, and
    each is a whole search. Raises UnusableFile, MissingExtra; UnknownLineError where none has
    such a line, ValueError where lines are asked without a timetable.
    """
    from maillage.access.timetable.lines import every_line, lines_named
    from maillage.access.visits.find import find_visits
    from maillage.access.visits.find_losses import find_losses

    how = going or Going()
    asking = _asking(homes, places, week, ground, how)
    network = asking.means.network
    if network is None and lines != ():
        raise ValueError("lines without a timetable")
    ended: Mapping[str, frozenset[str]] = {}
    if network is not None:
        ended = every_line(network) if lines is None else lines_named(network, lines)
    found = find_visits(*asking.of_visits, ground.progress)
    return find_losses(asking.told(found, how, ground.parameters), ended, ground.progress)


@dataclass(frozen=True, slots=True, eq=False)
class _Asking:
    """What is asked of a week of visits, read from files, and what was doubtful in them."""

    asked: AskedWeek
    homes: Homes
    means: VisitMeans
    names: Mapping[str, str]
    doubts: tuple[tuple[Finding, ...], ...]

    @property
    def of_visits(self) -> tuple[AskedWeek, Homes, VisitMeans, Mapping[str, str]]:
        """What visits are found from."""
        return self.asked, self.homes, self.means, self.names

    def told(self, found: VisitsFound, how: Going, parameters: Parameters) -> VisitsFound:
        """Return what was found, with all that it stands on and all that was doubtful."""
        said = (*found.how, *_said(found, how, parameters))
        return replace(found, how=said, findings=_once(*self.doubts, found.findings))


def _asking(homes: Path, places: Path, week: dt.date, ground: Ground, how: Going) -> _Asking:
    from maillage.access.astray import astray
    from maillage.access.given_homes import named_points
    from maillage.access.visits.calendar import days_of
    from maillage.access.visits.find import asked_week
    from maillage.access.visits.given_places import read_places
    from maillage.wiring.homes import homes_of_file

    parameters = ground.parameters
    days = days_of(week - dt.timedelta(days=week.weekday()))
    given = read_places(places, days, how.departement, parameters)
    leaving = homes_of_file(homes, given.points.places, parameters)
    ends = (homes, named_points(leaving.homes)), (places, given.points)
    means, doubts = visit_means(ground, how, *ends)
    asked = asked_week(leaving.homes, given.presences, days, parameters)
    far = astray(leaving.homes.points, given.points.places, parameters, homes.name)
    read = (*leaving.findings, *given.findings, *far)
    return _Asking(asked, leaving.homes, means, given.names, (read, doubts))


def visit_means(
    ground: Ground, how: Going, *ends: tuple[Path, Points]
) -> tuple[VisitMeans, tuple[Finding, ...]]:
    """Return by what people go on visits, and what is doubtful in it."""
    from maillage.access.travel import Mode
    from maillage.access.visits.find import VisitMeans

    points = [one for _, one in ends]
    mode = None if how.mode is None else mode_named(how.mode)
    streets = streets_around(ground, *points)
    far = _far_from_streets(streets, mode or Mode.WALK, *ends, estimated=mode is None)
    network: Network | None = None
    doubts: tuple[Finding, ...] = ()
    if ground.timetables and mode is None:
        network, doubts = network_around(ground, *points)
    means = VisitMeans(
        streets=walkable(streets, ground.parameters) if mode is None else streets,
        network=network,
        searches=searches() if network is not None else None,
        parameters=ground.parameters,
        departement=how.departement,
        mode=mode,
        a_bus_is_missing=how.a_bus_is_missing,
        reduced_mobility=how.reduced_mobility,
    )
    return means, (*far, *doubts)


def _said(found: VisitsFound, how: Going, parameters: Parameters) -> Iterator[str]:
    """Give what else the figures of visits stand on, in French sentences."""
    from maillage.access.visits.bounds import bus_supposed

    if found.unknown_hours:
        yield found.unknown_hours[-1].said()
    if how.a_bus_is_missing:
        yield bus_supposed(parameters)
    if how.reduced_mobility:
        yield tr(
            "Sans marche à monter : borne basse, les arrêts et véhicules dits accessibles ; borne "
            "haute, aussi ceux dont rien n'est dit."
        )
    if not how.departement:
        yield tr(
            "Département non dit : vacances scolaires inconnues, jours fériés nationaux seuls."
        )


def _far_from_streets(
    streets: TravelTimes, mode: Mode, *ends: tuple[Path, Points], estimated: bool = False
) -> tuple[Finding, ...]:
    """Return what is doubtful in the streets, and one finding for each point too far from them.

    None where there are no streets.
    """
    from maillage.access.streets.model import KnowsStreets, far_from_streets
    from maillage.kernel.findings import Where

    if not isinstance(streets, KnowsStreets):
        return ()
    every = _places(*(points for _, points in ends))
    each = tuple(
        finding
        for path, points in ends
        for finding in far_from_streets(
            streets.snap(points.places, mode),
            [Where(path.name, subject=one) for one in points.ids],
            estimated=estimated,
        )
    )
    return (*doubts_of_streets(streets, mode, every), *each)


def doubts_of_streets(streets: TravelTimes, mode: Mode, places: FloatArray) -> tuple[Finding, ...]:
    """Return what is doubtful in extracts, and whether they cover (n, 2) lon/lat degrees."""
    from maillage.access.streets.model import KnowsStreets

    return streets.doubts(mode, places) if isinstance(streets, KnowsStreets) else ()


def _once(*findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings together, those told twice (of one file given twice) told once."""
    return tuple(dict.fromkeys(finding for some in findings for finding in some))


def isochrones(
    origins: Path, mode: str, minutes: Sequence[float], ground: Ground, *, towards: bool = False
) -> Isochrones:
    """Return what is reached from each point of a file within each number of minutes.

    One row for each point and each limit. ``towards``: from where the point is reached. Raises
    UnusableFile, MissingExtra; ValueError where there is no extract of streets.
    """
    from maillage.access.points import read_points
    from maillage.jobs.isochrones import isochrones_of

    if not ground.osm:
        raise ValueError("isochrones need streets")
    points = read_points(origins)
    streets = osm_streets(ground.osm, _places(points), ground)
    by = mode_named(mode)
    drawn = isochrones_of(points, streets, by, minutes, ground.progress, towards=towards)
    far = _far_from_streets(streets, by, (origins, points))
    return replace(drawn, findings=_once(drawn.findings, far))


def mode_named(code: str) -> Mode:
    """Return the mode of the streets of that code. Raises ValueError where there is none."""
    from maillage.access.travel import Mode

    known = {mode.code: mode for mode in Mode}
    if code not in known:
        raise ValueError(code)
    return known[code]


def streets_around(ground: Ground, *points: Points) -> TravelTimes:
    """Return the streets around some points; straight lines where there is no extract."""
    from maillage.access.travel import StraightLine

    if not ground.osm:
        return StraightLine(ground.parameters)
    if ground.engine == CAFEIN:
        from maillage.engines.streets_cafein import cafein_streets

        return cafein_streets(ground.osm, *_kept_around(_places(*points), ground))
    return osm_streets(ground.osm, _places(*points), ground)


def walkable(streets: TravelTimes, parameters: Parameters) -> TravelTimes:
    """Return by what one walks to stops: the streets, and straight lines far from any of them."""
    from maillage.access.streets.where_known import WhereKnown
    from maillage.access.travel import StraightLine
    from maillage.engines.streets_osm_engine import OsmStreets

    if not isinstance(streets, OsmStreets):
        return streets
    return WhereKnown(streets, StraightLine(parameters))


def osm_streets(osm: tuple[Path, ...], places: FloatArray, ground: Ground) -> OsmStreets:
    """Return extracts' streets, read together, around (n, 2) degrees, with the dated margin."""
    from maillage.engines.streets_osm_engine import street_network

    return street_network(osm, *_kept_around(places, ground))


def _kept_around(
    places: FloatArray, ground: Ground
) -> tuple[Box | None, Parameters, Path, Progress]:
    """Return what an engine of streets is made from, beside extracts."""
    from maillage.kernel.geometry import box_around

    box = box_around(places, ground.parameters.number("streets.margin_km"))
    return box, ground.parameters, ground.cache or _street_cache(), ground.progress


def network_around(ground: Ground, *points: Points) -> tuple[Network, tuple[Finding, ...]]:
    """Return the network of the timetables around some points, and what is doubtful in it."""
    from maillage.jobs.timetables import read_network
    from maillage.kernel.geometry import box_around

    parameters = ground.parameters
    box = box_around(_places(*points), parameters.number("streets.margin_km"))
    return read_network(ground.timetables, box, parameters, ground.progress)


def searches() -> Searches:
    """Return the compiled engines of journeys and visits. Raises MissingExtra without numba."""
    from importlib.util import find_spec

    if find_spec("numba") is None:
        message = tr(
            "Les trajets en transport en commun demandent numba. Installez-le : "
            'pip install "maillage[access]"'
        )
        raise MissingExtra(message)
    from maillage.access.visits.all_visits import Searches
    from maillage.engines.connection_scan import ConnectionScan
    from maillage.engines.round_trips import CompiledVisits

    return Searches(ConnectionScan(), CompiledVisits())


def _street_cache() -> Path:
    from maillage.sources.cache import default_cache_folder

    return default_cache_folder(os.environ, Path.home()) / "streets"


def _places(*points: Points) -> FloatArray:
    import numpy as np

    return np.vstack([one.places for one in points])
