"""Who asks for what, from where; what is proposed to them; and why not the others.

Nothing here says who the person is: a commune or a point, what they need, how they move, when they
can, and the publics that the national schema knows.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field

from maillage.access.travel import Mode
from maillage.access.unreached.model import UnmetNeed
from maillage.access.visits.model import Certainty
from maillage.kernel.findings import Finding
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.orientation.needs.model import EmergencyContact, FirstAid, Need, OutOfScope
from maillage.standard import mednum


class Going(enum.Enum):
    """How the person moves; TRANSIT is without a car: on foot and by bus or train."""

    WALK = ("walk", "à pied", Mode.WALK)
    BICYCLE = ("bicycle", "à vélo", Mode.BICYCLE)
    CAR = ("car", "en voiture", Mode.CAR)
    TRANSIT = ("transit", "en bus ou en train", None)

    def __init__(self, code: str, french: str, mode: Mode | None) -> None:
        self.code = code
        self._french = french
        self.mode = mode

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


class How(enum.Enum):
    """How help is given."""

    PLACE = ("place", "dans un lieu")
    MOBILE = ("mobile", "à l'arrêt d'une tournée")
    AT_HOME = ("at-home", "à domicile")
    REMOTE = ("remote", "à distance")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


class Reason(enum.Enum):
    """Why a permanence is not proposed; the first that stands in the way is told."""

    NO_SERVICE = ("no-service", "ne rend pas ce service")
    NO_PUBLIC = ("no-public", "n'accueille pas de public")
    NOT_FREE = ("not-free", "payant")
    OTHER_PUBLIC = ("other-public", "pour un autre public")
    NOT_PLACED = ("not-placed", "adresse non située")
    UNKNOWN_HOURS = ("unknown-hours", "horaires non connus")
    CLOSED = ("closed", "fermé les jours demandés")
    FULL = ("full", "complet les jours demandés")
    TOO_FAR = ("too-far", "trop loin par ce moyen")
    NO_WAY_OUT = ("no-way-out", "pas de trajet pendant l'ouverture")
    NO_WAY_BACK = ("no-way-back", "pas de retour")
    TOO_LONG = ("too-long", "trajet trop long")
    OUT_OF_ZONE = ("out-of-zone", "hors de la zone desservie")
    NOT_WANTED = ("not-wanted", "forme d'aide non souhaitée")
    PLACE_REACHABLE = ("place-reachable", "un lieu est à portée")
    SAME_LIEU = ("same-lieu", "même lieu qu'une proposition")
    RANKED_LOWER = ("ranked-lower", "possible, moins bien classé")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


@dataclass(frozen=True, slots=True)
class When:
    """When the person can: dates, None = the next open days; half-days of a usual week, None = any.

    Half-days are numbered as in ``access.unreached.model``: 0 is Monday morning. ``now`` is the
    second of the desk's own day: nobody leaves before; told, that day is one of the next open days,
    None = the hour is not looked at, and the next open days begin the day after.
    """

    days: tuple[dt.date, ...] | None = None
    half_days: frozenset[int] | None = None
    now: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What is told of the person, never their name. Empty or False = nothing is told.

    ``free_only``: they cannot pay. ``at_home`` and ``remote``: they would be helped so, where no
    place is within reach.
    """

    publics: frozenset[mednum.PublicSpecifiquementAdresse] = frozenset()
    care: frozenset[mednum.PriseEnChargeSpecifique] = frozenset()
    reduced_mobility: bool = False
    free_only: bool = False
    at_home: bool = True
    remote: bool = True


@dataclass(frozen=True, slots=True)
class Situation:
    """What is asked: the needs, the first of which counts most, from where, how, when, for whom.

    ``point`` None: from the centre of the commune.
    """

    needs: tuple[Need, ...]
    code_insee: str
    point: Point | None = None
    going: Going = Going.TRANSIT
    when: When = field(default_factory=When)
    person: Person = field(default_factory=Person)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: seconds of the day at which one leaves, is served from and to, and is back.

    ``minutes`` of travel and waiting, both ways. ``ranges`` is the opening of that day in minutes.
    ``direct``: without any vehicle of a timetable. ``unsure_ride``: a ride to be booked or checked.
    Where nobody moves (``How.AT_HOME``, ``REMOTE``) leaving is being served.
    """

    date: dt.date
    leave: int
    start: int
    end: int
    back: int
    minutes: float
    ranges: tuple[tuple[int, int], ...]
    certainty: Certainty
    direct: bool = True
    unsure_ride: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """One reason of the order: how good (0-1), how much it weighs, and in words."""

    code: str
    label: str
    value: float
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Help that the person can get.

    ``visit`` None: no date can be told (a visit at home, hours not known). ``score`` (0-1) is the
    mean of the criteria by their weights. ``reasons`` are French sentences, the most useful first;
    ``to_check`` what to ask by phone before. ``wrong`` says what is amiss with the least bad, None
    for a good one.
    """

    permanence_id: str
    structure: str
    lieu_id: str
    lieu: str
    address: str | None
    phone: str | None
    how: How
    visit: Visit | None
    score: float
    criteria: tuple[Criterion, ...]
    reasons: tuple[str, ...]
    to_check: tuple[str, ...]
    wrong: str | None = None

    @property
    def least_bad(self) -> bool:
        """Whether it is proposed for want of better."""
        return self.wrong is not None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A permanence looked at and not proposed, why, and in words."""

    permanence_id: str
    reason: Reason
    sentence: str


@dataclass(frozen=True, slots=True)
class Orientation:
    """The answer: at most three proposals, best first, and a refusal for every other candidate.

    ``out_of_scope`` is told instead, with whom to call, where the request is not ours to answer.
    ``unmet`` is what nobody can answer, to be recorded by who asked; nothing is kept here.
    ``how`` are French sentences: on what it all stands. ``first_aid`` comes before the proposals,
    with whom to call.
    """

    situation: Situation
    needs: tuple[Need, ...]
    out_of_scope: OutOfScope | None
    contacts: tuple[EmergencyContact, ...]
    proposals: tuple[Proposal, ...]
    refusals: tuple[Refusal, ...]
    unmet: UnmetNeed | None
    how: tuple[str, ...] = ()
    first_aid: FirstAid | None = None
    findings: tuple[Finding, ...] = ()
