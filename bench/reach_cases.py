"""Four real places of the mirror, and what can be visited there without a car.

Three are asked by the Python calls that analysts have (``maillage.wiring.reach``), with files made
here out of the mirror's; CA Béthune-Bruay is read straight from its directory, as the report does.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from maillage.access.homes import Homes
from maillage.access.offer import SERVICE_KEYS
from maillage.access.points import read_points
from maillage.access.timetable.model import Network, Vehicle
from maillage.access.timetable.on_week import WeekOfNetwork, network_on
from maillage.access.travel import Mode, TravelTimes
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.calendar import days_of
from maillage.access.visits.find import VisitsFound, same_type_of
from maillage.access.visits.given_places import GivenPlaces, read_places
from maillage.access.visits.measure import Shares, measure_shortfalls
from maillage.access.visits.model import Certainty
from maillage.access.visits.unknown_hours import UnknownHours
from maillage.access.visits.week import CERTAINTIES, VisitWeek
from maillage.diagnosis.model import VisitsWithoutCar
from maillage.directory.from_files import read_source
from maillage.directory.intake.records import KEEP_ALL, SourcedRecord
from maillage.engines.streets_osm_engine import OsmStreets
from maillage.jobs.diagnose import diagnose_work
from maillage.jobs.timetables import read_network
from maillage.kernel.geometry import Box, FloatArray, box_around
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.kernel.progress import Silent
from maillage.kernel.provenance import LocalFile
from maillage.sources.mirror import Mirror
from maillage.standard.mednum import Itinerance
from maillage.territory.departements import departement
from maillage.territory.model import Territory
from maillage.wiring import house, reach

ON = dt.date(2026, 11, 22)
CABBALR = "200072460"
ANY_SERVICE = SERVICE_KEYS.index(None)
COUNTER = "comptoir"
SAMPLED = 5  # one address of Nantes out of so many
STREET_M = 100.0  # farther from a street, it is the extract that ends there
CELL_KM = 0.5  # side of the squares around the stops of Périgueux
OSM_KINDS = {
    "library": "BIB",
    "post_office": "LA_POSTE",
    "townhall": "MUNI",
    "association": "ASSO",
    "community_centre": "CS",
}
SOURCE_KINDS = {"france-services": "RFS", "bibliotheques": "BIB"}
NATIONAL = ("bibliotheques", "conseillers-numeriques", "france-services")

PlaceRow = Mapping[str, object]


@dataclass(frozen=True)
class Reading:
    """One way to read what is not known: what it counts, the shares of people, their mean."""

    label: str
    none: float
    few: float
    mean: float


@dataclass(frozen=True, eq=False)
class Asked:
    """One case asked of the Python calls: its files, its ground, what came out.

    ``week`` is the network on the week asked, ``places`` what was gone to, as read;
    ``n_left_out`` places of the mirror were not asked.
    """

    homes_file: Path
    places_file: Path
    ground: reach.Ground
    found: VisitsFound
    places: GivenPlaces
    week: WeekOfNetwork
    streets: TravelTimes
    n_left_out: int = 0

    @property
    def counter(self) -> Bounds[VisitWeek]:
        """The week of the visits to a counter."""
        return next(week for week in self.found.weeks if week.low.kind.code == COUNTER)

    @property
    def homes(self) -> Homes:
        """Where people leave from."""
        return self.found.homes

    @property
    def unknown(self) -> UnknownHours:
        """The places whose hours are not known."""
        return self.found.unknown_hours[ANY_SERVICE]

    def half_days(self, certainty: Certainty) -> FloatArray:
        """Return the (n,) half-days of the homes, for any service."""
        row = self.counter.low.half_days[ANY_SERVICE, CERTAINTIES.index(certainty)]
        counted: FloatArray = row.astype(np.float64)
        return counted

    def minutes_away(self, certainty: Certainty) -> FloatArray:
        """Return the (n,) minutes of travel and waiting of the best visit; NaN = no visit."""
        best, kind = self.counter.low.best, self.counter.low.kind
        column = CERTAINTIES.index(certainty)
        leave, back = (part[ANY_SERVICE, column] for part in (best.leave, best.back))
        minutes: FloatArray = np.where(leave >= 0, (back - leave) / 60.0 - kind.minutes, np.nan)
        return minutes


@dataclass(frozen=True, eq=False)
class Territorial:
    """CA Béthune-Bruay as its report sees it."""

    territory: Territory
    measured: VisitsWithoutCar
    streets: TravelTimes
    week: WeekOfNetwork


@dataclass(frozen=True)
class Means:
    """Where the mirror is, where files may be written, the parameters."""

    mirror: Path
    work: Path
    parameters: Parameters = field(default_factory=lambda: load_parameters(ON))

    def ground(self, *timetables: str, osm: str | None = None) -> reach.Ground:
        """Return the ground made of files of the mirror."""
        return reach.Ground(
            osm=() if osm is None else (self.mirror / "osm" / osm,),
            timetables=tuple(self.mirror / "gtfs" / name for name in timetables),
            on=ON,
            cache=self.work / "streets",
        )


def nantes(means: Means) -> Asked:
    """Return the middle of Nantes: addresses, places and streets of the extract, bus and tram."""
    osm = means.mirror / "osm"
    ground = means.ground("nantes-tan-2014.zip", osm="nantes_subset.osm.pbf")
    addresses = sorted(
        _rows(osm / "nantes-adresses.csv"),
        key=lambda row: (row["voie"], row["numero"], row["lon"], row["lat"]),
    )[::SAMPLED]
    homes = _written(
        means.work / "nantes-homes.csv",
        [
            {"id": f"a{number}", "lon": row["lon"], "lat": row["lat"], "weight": 1}
            for number, row in enumerate(addresses)
        ],
    )
    told = [*_rows(osm / "nantes-lieux.csv"), *_rows(osm / "nantes-lieux-publics.csv")]
    places = [
        {
            "id": f"p{number}",
            "lon": row["lon"],
            "lat": row["lat"],
            "nom": row["nom"],
            "horaires": row.get("horaires") or "",
            "typologie": SOURCE_KINDS.get(row.get("source", ""))
            or OSM_KINDS.get(row.get("type", ""), ""),
        }
        for number, row in enumerate(told)
    ]
    near = _on_streets(places, reach.streets_around(ground, read_points(homes)))
    written = _written(means.work / "nantes-places.csv", near)
    asked = _asked(homes, written, dt.date(2014, 5, 19), ground, "44")
    return replace(asked, n_left_out=len(places) - len(near))


def porto_alegre(means: Means) -> Asked:
    """Return Porto Alegre: every cell of its grid, to known points and cells with healthcare."""
    osm = means.mirror / "osm"
    ground = means.ground("poa_eptc.zip", "poa_trensurb.zip", osm="poa_osm.pbf")
    grid = osm / "poa_hexgrid.csv"
    places: list[PlaceRow] = [
        {"id": row["id"], "lon": row["lon"], "lat": row["lat"]}
        for row in _rows(osm / "poa_points_of_interest.csv")
    ]
    places += [
        {"id": f"healthcare-{row['id']}", "lon": row["lon"], "lat": row["lat"]}
        for row in _rows(grid)
        if float(row["healthcare"] or 0) > 0
    ]
    written = _written(means.work / "porto-alegre-places.csv", places)
    return _asked(grid, written, dt.date(2019, 5, 13), ground, "")


def perigueux(means: Means) -> Asked:
    """Return Périgueux: squares around every stop of its network, to real places, by lines."""
    ground = means.ground("perigueux-2025-12.zip")
    network, _ = read_network(ground.timetables, None, ground.parameters, ground.progress)
    called = np.unique(network.calls.stops)
    stops = network.stops.places[called]
    homes = _written(
        means.work / "perigueux-homes.csv",
        [
            {"id": f"c{number}", "lon": f"{lon:.6f}", "lat": f"{lat:.6f}", "weight": 1}
            for number, (lon, lat) in enumerate(squares_around(stops, CELL_KM).tolist())
        ],
    )
    places = _national_places(means.mirror, box_around(stops, 0.0))
    written = _written(means.work / "perigueux-places.csv", places)
    return _asked(homes, written, dt.date(2026, 1, 12), ground, "24")


def cabbalr(means: Means) -> Territorial:
    """Return CA Béthune-Bruay: its directory, the regional trains, estimated streets."""
    parameters = means.parameters
    work = house.read_territory(CABBALR, parameters, means.mirror)
    timetables = (means.mirror / "gtfs" / f"ter-{CABBALR}-2025-01.zip",)
    streets = house.engine(parameters)
    journeys = house.journeys(work, streets, house.Around(timetables), parameters, Silent())
    diagnosis = diagnose_work(
        work, engine=streets, parameters=parameters, on=ON, progress=Silent(), journeys=journeys
    )
    measured = diagnosis.visits
    if journeys.network is None or measured is None:
        raise RuntimeError("journeys by train need numba: pip install 'maillage[access]'")
    where = departement(work.territory.zones[0].code_insee)
    week = _on_week(journeys.network, measured.week.monday, where)
    return Territorial(work.territory, measured, streets, week)


def readings_of(asked: Asked) -> tuple[Reading, ...]:
    """Return the readings of a case that has all its timetables: certain, then possible."""
    people = asked.homes.people
    none, few = (
        next(s for s in shortfalls if s.service is None).people
        for shortfalls in (
            measure_shortfalls(asked.counter, people, asked.homes.fragile, (number,))
            for number in (1, 2)
        )
    )
    means = [float(np.average(asked.half_days(each), weights=people)) for each in CERTAINTIES]
    return (
        Reading("certain", none.certain_low, few.certain_low, means[0]),
        Reading("possible", none.possible_low, few.possible_low, means[1]),
    )


def readings_of_territory(told: Territorial) -> tuple[Reading, ...]:
    """Return the four readings of a territory whose bus timetable is missing."""
    none = _four(told.measured.shortfall(None, 1).people)
    few = _four(told.measured.shortfall(None, 2).people)
    people = told.territory.populations
    half_days = np.nan_to_num(told.measured.half_days[ANY_SERVICE])
    labels = (
        "certain, walking and trains",
        "certain, and a slow bus at any time",
        "possible, walking and trains",
        "possible, and a slow bus at any time",
    )
    return tuple(
        Reading(label, no_visit, too_few, float(np.average(row, weights=people)))
        for label, no_visit, too_few, row in zip(labels, none, few, half_days, strict=True)
    )


def _four(shares: Shares) -> tuple[float, float, float, float]:
    return shares.certain_low, shares.certain_high, shares.possible_low, shares.possible_high


def in_one_line(told: Territorial) -> str:
    """Return what the figures of a territory stand on, from the figures themselves."""
    vehicles = {line.vehicle for line in told.week.network.lines}
    no_bus = told.measured.bus_is_missing
    parts = (
        "real trains" if vehicles == {Vehicle.TRAIN} else "real timetables",
        "estimated streets" if told.streets.name == "straight-line" else "real streets",
        "bus timetable missing → bounds" if no_bus else "no timetable missing",
    )
    return ", ".join(parts)


def squares_around(stops: FloatArray, km: float) -> FloatArray:
    """Return the (n, 2) middles of the squares of a grid that hold a stop, or touch one that does.

    ``stops`` (m, 2) are lon/lat degrees; south to north, then west to east.
    """
    up = km / 111.195
    aside = up / np.cos(np.radians(stops[:, 1].mean()))
    step = np.array([aside, up])
    held = np.floor(stops / step).astype(np.int64)
    around = [held + np.array([dx, dy]) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    cells = np.unique(np.concatenate(around)[:, ::-1], axis=0)[:, ::-1]
    middles: FloatArray = (cells + 0.5) * step
    return middles


def _asked(homes: Path, places: Path, monday: dt.date, ground: reach.Ground, where: str) -> Asked:
    found = reach.visits(homes, places, monday, ground, reach.Going(departement=where))
    ends = read_points(homes), read_points(places)
    network, _ = reach.network_around(ground, *ends)
    return Asked(
        homes,
        places,
        ground,
        found,
        read_places(places, days_of(monday), where, ground.parameters),
        _on_week(network, monday, where),
        reach.streets_around(ground, *ends),
    )


def _on_week(network: Network, monday: dt.date, where: str) -> WeekOfNetwork:
    return network_on(network, monday, load_parameters(monday), same_type_of(where))


def _on_streets(places: Sequence[PlaceRow], streets: TravelTimes) -> list[PlaceRow]:
    """Return the places that stand along a street of the extract."""
    if not isinstance(streets, OsmStreets):
        raise TypeError("Nantes has streets")
    spots = np.array([[float(str(row["lon"])), float(str(row["lat"]))] for row in places])
    near = streets.snap(spots, Mode.WALK).metres <= STREET_M
    return [row for row, kept in zip(places, near.tolist(), strict=True) if kept]


def _national_places(mirror: Path, box: Box) -> list[PlaceRow]:
    """Return the places of the national files that stand in a box and do not move."""
    folder = Mirror(mirror)
    rows: list[PlaceRow] = []
    for source_id in NATIONAL:
        file = folder.get(source_id, CABBALR)
        for sourced in _records(source_id, file):
            record = sourced.record
            if record.longitude is None or record.latitude is None:
                continue
            spot = np.array([[record.longitude, record.latitude]])
            moves = Itinerance.ITINERANT in (record.itinerance or ())
            if moves or not box.holds(spot)[0]:
                continue
            rows.append(
                {
                    "id": f"{source_id}-{len(rows)}",
                    "lon": record.longitude,
                    "lat": record.latitude,
                    "nom": record.nom or "",
                    "horaires": record.horaires or "",
                    "typologie": record.typologie[0].name if record.typologie else "",
                }
            )
    return rows


def _records(source_id: str, file: LocalFile | None) -> Iterable[SourcedRecord]:
    if file is None:
        raise FileNotFoundError(f"the mirror has no {source_id}")
    return read_source(source_id, file, KEEP_ALL, ON)[0]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _written(path: Path, rows: Sequence[PlaceRow]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
