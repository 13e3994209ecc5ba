"""The solver of mobile rounds, with the engines that are installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.kernel.errors import MissingExtra
from maillage.kernel.parameters import Parameters

if TYPE_CHECKING:
    from maillage.rounds.choice import ChoiceEngine
    from maillage.rounds.model import RoundSolver
    from maillage.rounds.sharing import RouteEngine


def round_solver(parameters: Parameters) -> RoundSolver:
    """Return the solver: HiGHS chooses and PyVRP shares out where installed, ours alone if not."""
    from maillage.rounds.bounded import BoundedRounds

    return BoundedRounds(
        parameters.number("rounds.odd_day_km"),
        int(parameters.number("rounds.hour_step")),
        _choice_engine(),
        _route_engine(),
    )


def _choice_engine() -> ChoiceEngine | None:
    try:
        from maillage.engines.highs_rounds import HighsChoice

        return HighsChoice()
    except MissingExtra:
        return None


def _route_engine() -> RouteEngine | None:
    try:
        from maillage.engines.pyvrp_rounds import PyvrpRoutes

        return PyvrpRoutes()
    except MissingExtra:
        return None
