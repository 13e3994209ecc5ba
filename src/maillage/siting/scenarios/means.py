"""What other means would serve at the same yearly cost: simple sums, each with what it supposes."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from maillage.access.timetable.model import FlagArray
from maillage.access.travel import TravelTimes
from maillage.access.visits.bounds import Bounds
from maillage.kernel.geometry import FloatArray, Point
from maillage.kernel.language import tr
from maillage.siting.posts.model import Held
from maillage.siting.scenarios.marginal import cost_each


class Means(enum.Enum):
    """A way of helping people."""

    POSTS = ("posts", "postes et permanences de chaque semaine")
    FLYING = ("flying", "conseillers volants")
    BUS = ("bus", "bus")
    HOME = ("home", "visites à domicile")
    RIDE = ("ride", "transport à la demande")
    ACCOMPANIED = ("accompanied", "transport accompagné par des bénévoles")
    DISTANCE = ("distance", "aide par téléphone ou en vidéo")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """What the means are compared with, besides the worlds.

    ``yearly_budget`` and ``post_cost`` (of one post) in euros a year. ``points`` (p, 2) lon/lat
    degrees of the same points as the worlds. ``base`` is where home visits leave from, and
    ``travel`` tells their way by car. ``carried`` flags, in each world, the points (p,) from which
    a ride by car brings to a lieu that works already; None = not measured: rides are then not
    told.
    """

    yearly_budget: float
    post_cost: float
    points: FloatArray
    base: Point
    travel: TravelTimes
    carried: Bounds[FlagArray] | None = None


@dataclass(frozen=True, slots=True)
class MeansServed:
    """What one means does with the budget.

    ``size`` is a French phrase: how much of it the budget pays, for ``yearly_cost`` euros.
    ``hours`` of help in a year it can give. ``within_reach`` people who could be helped so, hours
    set aside, and ``served`` those whom the hours, or the budget, allow, in each world;
    ``cost_per_person`` euros a year for each of these, None where there is none. ``held`` is the
    plan, for means that hold half-days (of a cycle of several weeks, for those that come back
    less often), ``proved`` whether no better one exists; both None for the others. ``supposes``
    are French sentences.
    """

    means: Means
    label: str
    size: str
    yearly_cost: float
    hours: float
    within_reach: Bounds[float]
    served: Bounds[float]
    supposes: tuple[str, ...]
    held: tuple[Held, ...] | None = None
    proved: bool | None = None

    @property
    def cost_per_person(self) -> Bounds[float | None]:
        """Euros a year for each newly served person, in each world."""
        return Bounds(
            cost_each(self.yearly_cost, self.served.low),
            cost_each(self.yearly_cost, self.served.high),
        )


@dataclass(frozen=True, slots=True)
class MeansCompared:
    """All means at the same yearly budget (euros), in the order of ``Means``.

    ``left_out`` are French sentences: the means not told, and why. ``supposes`` hold for all.
    """

    yearly_budget: float
    means: tuple[MeansServed, ...]
    left_out: tuple[str, ...]
    supposes: tuple[str, ...]
