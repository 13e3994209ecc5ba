"""HiGHS settles what the bounds of siting left over, by the radius model."""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

import numpy as np

from maillage.kernel.budget import Budget
from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr
from maillage.siting.branching import Remainder
from maillage.siting.core import Core
from maillage.siting.model import Stopped
from maillage.siting.radius import RadiusModel, n_entries, radius_model

LARGEST_LADDERS = 3_000
"""Above so many entries our own branching is the faster where costs rise by many steps."""
LARGEST_COVERING = 200_000
"""The same where a demand is helped or is not: there HiGHS's cuts do what our bounds cannot."""
STEPS_OF_COVERING = 1.5
"""Entries by pair, at most, for a problem to be called one of covering."""

_LOOK_SECONDS = 0.02
"""How often time is looked at. HiGHS itself looks less often within a linear program."""


class HighsRemainder:
    """The engine for remainders. Raises MissingExtra where highspy is not installed."""

    def __init__(self) -> None:
        self._highspy = highspy_module()

    @property
    def name(self) -> str:
        """What it is, with its version."""
        solver = self._highspy.Highs()
        return f"HiGHS {solver.version()}"

    def accepts(self, core: Core) -> bool:
        """Whether what is left is small enough for it."""
        entries = n_entries(core)
        is_covering = entries <= STEPS_OF_COVERING * len(core.rows)
        return entries <= (LARGEST_COVERING if is_covering else LARGEST_LADDERS)

    def solve(self, core: Core, under: float, slack: float, budget: Budget) -> Remainder:
        """Return the best choice of value ``under`` or less, to within ``slack``."""
        solver = self._solver(radius_model(core), core, budget)
        solver.setOptionValue("objective_bound", float(under))
        solver.setOptionValue("mip_abs_gap", float(slack))
        run_within(solver, budget)
        return self._answer(solver, core)

    def _solver(self, model: RadiusModel, core: Core, budget: Budget) -> Any:  # noqa: ANN401
        solver = self._highspy.Highs()
        solver.setOptionValue("output_flag", False)  # noqa: FBT003 - HiGHS's own way
        # that of 1.14.0 may call optimal what is not (its issue 3043): our own reductions stand in
        solver.setOptionValue("presolve", "off")
        solver.setOptionValue("random_seed", budget.seed)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_max_nodes", budget.nodes)
        solver.setOptionValue("time_limit", budget.seconds_left())
        solver.passModel(self._program(model, core))
        solver.HandleUserInterrupt = True
        return solver

    def _program(self, model: RadiusModel, core: Core) -> Any:  # noqa: ANN401
        """Return the program: a whole variable a site, a real one a step; the last row counts."""
        n_sites, n_rows = core.n_free, model.n_rows
        program = self._highspy.HighsLp()
        program.num_col_, program.num_row_ = n_sites + n_rows, n_rows + 1
        program.col_cost_ = np.concatenate((np.zeros(n_sites), model.steps))
        program.col_lower_ = np.zeros(n_sites + n_rows)
        program.col_upper_ = np.ones(n_sites + n_rows)
        program.row_lower_ = np.append(np.ones(n_rows), float(core.n_sites))
        program.row_upper_ = np.append(np.full(n_rows, math.inf), float(core.n_sites))
        first, columns = _matrix(model, n_sites)
        matrix = program.a_matrix_
        matrix.format_ = self._highspy.MatrixFormat.kRowwise
        matrix.start_, matrix.index_, matrix.value_ = first, columns, np.ones(len(columns))
        kinds = self._highspy.HighsVarType
        program.integrality_ = [kinds.kInteger] * n_sites + [kinds.kContinuous] * n_rows
        program.offset_ = model.constant
        return program

    def _answer(self, solver: Any, core: Core) -> Remainder:  # noqa: ANN401
        status, statuses = solver.getModelStatus(), self._highspy.HighsModelStatus
        ended = (statuses.kOptimal, statuses.kInfeasible, statuses.kObjectiveBound)
        info = solver.getInfo()
        chosen = None
        if info.primal_solution_status == self._highspy.SolutionStatus.kSolutionStatusFeasible:
            chosen = np.array(solver.getSolution().col_value[: core.n_free]) > 0.5
            chosen = chosen if int(chosen.sum()) == core.n_sites else None
        if status in ended:
            return Remainder(chosen, math.inf, None)
        bound = float(info.mip_dual_bound)
        in_time = (statuses.kInterrupt, statuses.kTimeLimit)
        stopped = Stopped.TIME if status in in_time else Stopped.EFFORT
        return Remainder(chosen, bound if math.isfinite(bound) else -math.inf, stopped)


def run_within(solver: Any, budget: Budget) -> None:  # noqa: ANN401 - highspy tells no types
    """Run the solver on a thread of its own, so that time, or the user, can end it."""
    thread = solver.startSolve()
    while thread.is_alive():
        thread.join(_LOOK_SECONDS)
        if budget.ended:
            solver.cancelSolve()


def _matrix(model: RadiusModel, n_sites: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of the program: each row's sites then its step; then all sites."""
    sizes = np.diff(model.first) + 1
    first = np.concatenate(([0], np.cumsum(sizes), [int(sizes.sum()) + n_sites]))
    columns = np.empty(int(first[-1]), dtype=np.int32)
    steps_at = first[1:-1] - 1
    is_step = np.zeros(len(columns), dtype=bool)
    is_step[steps_at] = True
    columns[steps_at] = n_sites + np.arange(model.n_rows)
    is_step[len(columns) - n_sites :] = True
    columns[len(columns) - n_sites :] = np.arange(n_sites)
    columns[~is_step] = model.sites
    return first.astype(np.int32), columns


def highspy_module() -> ModuleType:
    """Return the module highspy. Raises MissingExtra where it is not installed."""
    try:
        import highspy
    except ImportError as error:
        message = tr(
            "Ce calcul demande le solveur HiGHS, qui n'est pas installé : "
            'pip install "maillage[siting]".'
        )
        raise MissingExtra(message) from error
    module: ModuleType = highspy
    return module
