"""A feasible visit: what is asked, what opens when, and what can be done of it.

Times are whole seconds of the day told. A *half-day* is a morning or an afternoon of one date; a
visit belongs to the half-day in which its service begins.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.access.timetable.model import IntArray
from maillage.kernel.language import tr


@dataclass(frozen=True, slots=True)
class VisitKind:
    """One kind of visit, from ``parameters/visits.yaml``.

    ``minutes`` are those of being served; ``last_admission_minutes`` before closing nobody is
    taken in any more (the visit must in any case be over at closing). ``leave_after`` and
    ``back_by`` are minutes of the day; ``budget_minutes`` is the most that travel and waiting, both
    ways together, may take.
    """

    code: str
    label: str
    minutes: int
    last_admission_minutes: int
    leave_after: int
    back_by: int
    budget_minutes: int


class Certainty(enum.Enum):
    """Whether the hours are told, or supposed from what is usual for such a place."""

    CERTAIN = ("certain", "horaires connus")
    POSSIBLE = ("possible", "si le lieu ouvre aux heures habituelles de sa catégorie")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


class Obstacle(enum.Enum):
    """Why no visit of a place can be done in a week, the first that stands in the way."""

    NONE = (0, "none", "une visite est possible")
    NO_SERVICE = (1, "no-service", "aucun lieu ne rend ce service")
    UNKNOWN_HOURS = (2, "unknown-hours", "les horaires ne sont pas connus")
    CLOSED = (3, "closed", "le lieu n'ouvre pas dans la plage demandée")
    NO_WAY_OUT = (4, "no-way-out", "rien ne permet d'arriver pendant l'ouverture")
    NO_WAY_BACK = (5, "no-way-back", "le dernier retour part avant la fin de la visite")
    TOO_LONG = (6, "too-long", "le trajet et l'attente prennent trop de temps")
    UNKNOWN_TIMETABLE = (7, "unknown-timetable", "les horaires de bus ne sont pas connus")
    UNKNOWN_STEP_FREE = (8, "unknown-step-free", "on ne sait pas si l'on peut monter sans marche")
    ON_REQUEST = (
        9,
        "on-request",
        "à la demande : à réserver, ou à des heures qui ne sont pas sûres",
    )

    def __init__(self, number: int, code: str, french: str) -> None:
        self.number = number
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


@dataclass(frozen=True, slots=True, eq=False)
class Starts:
    """When a visit may begin at one place on one day: k windows, each within one half-day.

    ``half_days`` (k,) is 0 in the morning, 1 in the afternoon; ``earliest`` and ``latest`` (k,)
    are the first and the last second at which being served may begin. ``closings`` (k,) is when
    the opening ends, for the time to spare; None = with the last visit that may begin.
    """

    half_days: IntArray
    earliest: IntArray
    latest: IntArray
    closings: IntArray | None = None

    @property
    def key(self) -> bytes:
        """What tells windows apart: equal keys are equal windows."""
        parts = (self.half_days, self.earliest, self.latest, self.closings)
        return b"".join(b"-" if part is None else part.tobytes() for part in parts)


@dataclass(frozen=True, slots=True, eq=False)
class RoundTrips:
    """The best visit of each of n homes in each of k windows, all (n, k) seconds; -1 = none.

    Best: the least time away from home; of two as good, the one that leaves later. One leaves
    home at ``leave``, is served from ``start`` to ``start`` + the kind's minutes, and is home at
    ``back``. ``spare`` is how much longer the visit could last without missing the last way home
    or closing. ``obstacle`` holds an Obstacle's number: NONE even where the trip takes longer
    than the budget, which is the caller's to judge; NO_WAY_OUT, NO_WAY_BACK.
    """

    leave: IntArray
    start: IntArray
    back: IntArray
    spare: IntArray
    obstacle: npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class OpeningOn:
    """When one permanence is open on one date: ranges of minutes (0-1440), in order.

    ``certainty`` says whether they are told or supposed; None = neither: nothing is known.
    """

    date: dt.date
    ranges: tuple[tuple[int, int], ...]
    certainty: Certainty | None
