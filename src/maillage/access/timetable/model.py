"""A public-transport network as its timetables tell it, whatever they were written in.

Arrays side by side rather than objects: a national feed has half a million calls. Positions are
numbers in these arrays; times are whole seconds from the midnight that begins the service day, and
may pass 24 h (86,400) for what runs after midnight.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.kernel.geometry import FloatArray

IntArray = npt.NDArray[np.int32]
FlagArray = npt.NDArray[np.bool_]
TriArray = npt.NDArray[np.int8]
"""Told yes (1), told no (0), not told (-1)."""

DAY_SECONDS = 86_400


class Vehicle(enum.Enum):
    """What runs on a line, by its basic GTFS route_type; OTHER is a taxi, a plane, or not known."""

    TRAM = (0, "tram")
    METRO = (1, "métro")
    TRAIN = (2, "train")
    BUS = (3, "bus")
    FERRY = (4, "bateau")
    CABLE_TRAM = (5, "tramway à câble")
    CABLE_CAR = (6, "téléphérique")
    FUNICULAR = (7, "funiculaire")
    TROLLEYBUS = (11, "trolleybus")
    MONORAIL = (12, "monorail")
    OTHER = (1700, "autre véhicule")

    def __init__(self, code: int, label: str) -> None:
        self.code = code
        self.label = label


@dataclass(frozen=True, slots=True, eq=False)
class Stops:
    """Where vehicles stop. ``places`` is (n, 2) lon/lat degrees.

    ``stations`` (n,) is the number of the stop that stands for the whole station, the stop's own
    where it belongs to none. ``step_free`` (n,) tells whether a wheelchair can board there.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    places: FloatArray
    stations: IntArray
    step_free: TriArray


@dataclass(frozen=True, slots=True)
class Line:
    """A line as its riders know it. ``colour`` is six hexadecimal digits, None = not told."""

    id: str
    short_name: str
    long_name: str
    vehicle: Vehicle
    operator: str
    colour: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Trips:
    """Runs of vehicles. The calls of trip ``t`` are ``first_call[t]`` to ``first_call[t + 1] - 1``.

    ``lines``, ``services`` are (n,) numbers; ``first_call`` is (n + 1,). Trips of one number in
    ``blocks`` (n,), -1 = none told, are run by one vehicle: riders may stay aboard. ``headways``
    (n,) are the seconds between runs whose hours are not held to, 0 where hours are.
    """

    ids: tuple[str, ...]
    lines: IntArray
    services: IntArray
    headsigns: tuple[str, ...]
    step_free: TriArray
    first_call: IntArray
    blocks: IntArray
    headways: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Calls:
    """The stops of all trips, in order: (n,) stop numbers, seconds, and what may be done there.

    Times never go back along a trip. A call that lets nobody on or off is kept: time passes there.
    ``uncertain`` calls, to be booked or at hours not held to, count in a high bound alone.
    """

    stops: IntArray
    arrivals: IntArray
    departures: IntArray
    boards: FlagArray
    alights: FlagArray
    uncertain: FlagArray


@dataclass(frozen=True, slots=True, eq=False)
class Services:
    """The days on which trips run: ``runs[s, d]`` for service s on day ``first_day`` + d."""

    ids: tuple[str, ...]
    first_day: dt.date
    runs: FlagArray

    @property
    def last_day(self) -> dt.date:
        """The last day on which anything is told."""
        return self.first_day + dt.timedelta(days=self.runs.shape[1] - 1)

    def on(self, day: dt.date) -> FlagArray:
        """Return which services run on a day, none outside of the days told: (n,)."""
        at = (day - self.first_day).days
        if 0 <= at < self.runs.shape[1]:
            return self.runs[:, at]
        return np.zeros(len(self.ids), dtype=np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Transfers:
    """Changes that the publisher tells of: (n,) stops, and (n,) seconds needed; -1 = impossible."""

    origins: IntArray
    destinations: IntArray
    seconds: IntArray


@dataclass(frozen=True, slots=True)
class Feed:
    """One timetable that a network was made of.

    ``first_day`` and ``last_day`` are those of its calendar, and the days beside them, within the
    week, on which nothing would run (``to_whole_weeks``). ``kind`` is "GTFS" or "NeTEx".
    """

    name: str
    kind: str
    publisher: str
    version: str
    first_day: dt.date
    last_day: dt.date
    n_trips: int
    n_stops: int


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """All the timetables at hand, put together. Ids are the publisher's, behind the feed's name.

    ``untold`` are the names of timetables that were given but tell nothing here: they could not be
    read, or all their stops are elsewhere. What runs there is not known.
    """

    stops: Stops
    lines: tuple[Line, ...]
    trips: Trips
    calls: Calls
    services: Services
    transfers: Transfers
    feeds: tuple[Feed, ...]
    untold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class DayTimetable:
    """Everything that moves on one day, cut in hops from one call to the next.

    Arrays of (n,) hops, in order of (departure, arrival, run, place in the run). Seconds count
    from the day's midnight; what began the day before and runs after midnight is in, as a run of
    its own, from the first hop that leaves at 0 or later. ``runs`` numbers the vehicles' runs from
    0; ``trips[run]`` is its number in the network; ``calls`` is the number, in the network, of the
    call that the hop leaves from (it arrives at the next one). ``boards``: one may get on where
    the hop leaves; ``alights``: off where it arrives. ``n_stops`` are those of the network.
    ``vehicles[run]`` is alike for runs that one rides on through without getting off: the hops of
    a vehicle follow each other.
    """

    n_stops: int
    origins: IntArray
    destinations: IntArray
    departures: IntArray
    arrivals: IntArray
    runs: IntArray
    calls: IntArray
    boards: FlagArray
    alights: FlagArray
    trips: IntArray
    vehicles: IntArray
