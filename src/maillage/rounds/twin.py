"""The twin: stops put in one by one, nothing undone. What stands where no solver is installed."""

from __future__ import annotations

from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.rounds.calendar import Calendar, Ground
from maillage.rounds.contradictions import refuse_impossible
from maillage.rounds.hours import planned
from maillage.rounds.insertion import Inserter, Worth
from maillage.rounds.model import RoundPlan, RoundProblem
from maillage.rounds.size import check_size
from maillage.rounds.value import most_people


class GreedyRounds:
    """Puts the stop in that serves most people for a minute of the crew, until nothing fits.

    ``odd_day_km``: kilometres driven rather than hold one session on another weekday, or at
    another hour, than the others of its stop. ``hour_step``: minutes in which hours are told.
    """

    def __init__(self, odd_day_km: float, hour_step: int) -> None:
        self.odd_day_km, self.hour_step = odd_day_km, hour_step

    @property
    def name(self) -> str:
        """What it is, in French."""
        return tr("au plus utile d'abord")

    def solve(self, problem: RoundProblem, budget: Budget, progress: Progress) -> RoundPlan:
        """Return the plan; its bound is that of all stops held.

        Raises ImpossibleDemand, TooLarge.
        """
        check_size(problem, budget.memory_bytes)
        ground = Ground(problem)
        refuse_impossible(ground)
        progress.step(tr("Arrêts choisis, le plus utile d'abord"))
        calendar = Calendar(ground)
        if not Inserter(ground, Worth(problem), self.odd_day_km).fill(calendar):
            raise ImpossibleDemand((no_room(),))
        answer = (most_people(problem), "effort", self.name)
        return planned(calendar, self.hour_step, self.odd_day_km, answer)


def no_room() -> str:
    """Return the clause for stops imposed that no room was found for, all together."""
    return tr("aucune place n'a été trouvée pour tous les arrêts imposés et les séances fixées")
