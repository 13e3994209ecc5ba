"""People without a reachable service, and what new help at some venues would reach of them.

Half-days are those of a usual week, numbered from 0: Monday morning, Monday afternoon, … Saturday
afternoon. Both bounds are carried all the way: *low* is what runs for sure, *high* supposes the
bus whose timetable is missing (see ``access.visits.bounds``). By one mode of the streets both are
one.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

import numpy as np

from maillage.access.model import ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.timetable.model import FlagArray, IntArray
from maillage.access.travel import Mode
from maillage.access.visits.bounds import Bounds
from maillage.kernel.findings import Finding
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr

N_HALF_DAYS = 12
"""Mornings and afternoons from Monday to Saturday."""


def half_day_number(weekday: int, *, afternoon: bool) -> int:
    """Return the number of a half-day; ``weekday`` is 0 on Monday, 5 on Saturday."""
    return 2 * weekday + int(afternoon)


class VenueKind(enum.Enum):
    """What kind of place could hold a permanence, or a stop of a mobile round."""

    TOWN_HALL = ("town-hall", "mairie")
    LIBRARY = ("library", "médiathèque")
    FRANCE_SERVICES = ("france-services", "France Services")
    LIEU = ("lieu", "lieu de l'annuaire")
    STOP = ("stop", "arrêt d'une tournée")
    GIVEN = ("given", "lieu proposé")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


@dataclass(frozen=True, slots=True)
class Venue:
    """A place where help could be given.

    ``half_days`` are the numbers of those when it may be used; None = not told, any worked one is
    supposed. ``room`` is how many helpers can work there at once; None = not told, one is
    supposed. ``lieu_id`` is the lieu of the directory that stands there, None for a new place;
    ``address`` its street, None where it is not told.
    """

    id: str
    name: str
    code_insee: str
    commune: str
    lon: float
    lat: float
    kind: VenueKind
    half_days: frozenset[int] | None = None
    room: int | None = None
    lieu_id: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class UnmetNeed:
    """One request that nobody could answer: no identity, a commune and a day.

    ``service`` None = any. ``constraint`` is what stood in the way, in the desk's words. ``weight``
    is how many requests it stands for, more than one where some desks record nothing.
    """

    code_insee: str
    service: ServiceKey
    date: dt.date
    constraint: str | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Unreached:
    """Who lives where, and who of them has no half-day in the week on which a service works.

    Points p lie side by side by zone: ``points`` (p, 2) lon/lat degrees, ``zone`` (p,) numbers
    ``zone_ids``; ``people`` and ``fragile`` (p,). ``lacks`` is (10, p), in the order of
    ``SERVICE_KEYS``: True where no half-day works, at the usual hours where hours are unknown; of
    its bounds *low* is what runs for sure, so that ``lacks.low`` holds wherever ``lacks.high``
    does. ``unmet`` (10, p) adds the recorded requests that nobody could answer, in people.
    ``fragile_told`` False: no number of fragile people is known here and ``fragile`` is all people
    instead; ``weights`` (p,) is then people by the fragility score, of which only shares mean
    anything, None where no score is known either. ``mode`` is the one by which all was measured,
    None = on foot and by public transport. ``carried`` (10, p) tells where a ride by car makes a
    half-day work at what there is already; None = not measured. ``how`` are French sentences,
    ``noted`` says whence the requests recorded at desks are and how they are corrected ("" = none
    counts), ``findings`` what is doubtful.
    """

    zone_ids: tuple[str, ...]
    zone_names: tuple[str, ...]
    points: FloatArray
    zone: IntArray
    people: FloatArray
    fragile: FloatArray
    lacks: Bounds[FlagArray]
    unmet: FloatArray
    fragile_told: bool = True
    weights: FloatArray | None = None
    mode: Mode | None = None
    carried: FlagArray | None = None
    how: tuple[str, ...] = ()
    noted: str = ""
    findings: tuple[Finding, ...] = ()

    def wanting(self, service: ServiceKey) -> Bounds[FloatArray]:
        """Return (p,) fragile people without the service, and its unmet requests, by bound."""
        row = SERVICE_KEYS.index(service)
        return Bounds(
            np.where(self.lacks.low[row], self.fragile, 0.0) + self.unmet[row],
            np.where(self.lacks.high[row], self.fragile, 0.0) + self.unmet[row],
        )

    def carried_to(self, service: ServiceKey) -> FlagArray | None:
        """Return (p,) whence a ride by car brings to the service; None = not measured."""
        return None if self.carried is None else self.carried[SERVICE_KEYS.index(service)]


@dataclass(frozen=True, slots=True, eq=False)
class NewReach:
    """What help at v venues (in order of id) would be reached by, from the p points of a territory.

    ``reached`` is (12, v, p): whether a visit works from the point if the venue opens on that
    half-day, at the usual hours of a permanence. ``minutes`` (v, p) is the shortest journey, both
    ways together with waiting; NaN where none works. Low holds only where high does. ``how`` are
    French sentences.
    """

    venues: tuple[Venue, ...]
    reached: Bounds[FlagArray]
    minutes: Bounds[FloatArray]
    how: tuple[str, ...] = ()
