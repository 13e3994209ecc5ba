"""HiGHS chooses the stops, their rhythms and their days."""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

import numpy as np

from maillage.kernel.budget import Budget
from maillage.kernel.errors import MissingExtra
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.rounds.choice import Chosen, Program

_LOOK_SECONDS = 0.02
"""How often time is looked at. HiGHS itself looks less often within a linear program."""
_NODES_PER_ITERATION = 10


class HighsChoice:
    """The engine for choice and calendar. Raises MissingExtra where highspy is not installed."""

    def __init__(self) -> None:
        self._highspy = _highspy()

    @property
    def name(self) -> str:
        """What it is, with its version."""
        return f"HiGHS {self._highspy.Highs().version()}"

    def solve(self, program: Program, start: FloatArray | None, budget: Budget) -> Chosen:
        """Return the best variables found, from a start where there is one, and a bound."""
        if budget.ended:
            return Chosen(None, math.inf, "time")
        solver = self._highspy.Highs()
        solver.setOptionValue("output_flag", False)  # noqa: FBT003 - HiGHS's own way
        # that of 1.14.0 may call optimal what is not (its issue 3043)
        solver.setOptionValue("presolve", "off")
        solver.setOptionValue("random_seed", budget.seed)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_max_nodes", _NODES_PER_ITERATION * budget.iterations)
        solver.setOptionValue("time_limit", budget.seconds_left())
        solver.passModel(self._model(program))
        if start is not None:
            given = self._highspy.HighsSolution()
            given.col_value = start.tolist()
            solver.setSolution(given)
        solver.HandleUserInterrupt = True
        _run(solver, budget)
        return self._answer(solver, program.n_whole)

    def _model(self, program: Program) -> Any:  # noqa: ANN401 - highspy tells no types
        model = self._highspy.HighsLp()
        model.num_col_, model.num_row_ = len(program.gains), len(program.rows)
        model.sense_ = self._highspy.ObjSense.kMaximize
        model.col_cost_ = program.gains
        model.col_lower_, model.col_upper_ = program.lower, program.upper
        model.row_lower_ = np.array([row.low for row in program.rows])
        model.row_upper_ = np.array([row.high for row in program.rows])
        sizes = [len(row.columns) for row in program.rows]
        matrix = model.a_matrix_
        matrix.format_ = self._highspy.MatrixFormat.kRowwise
        matrix.start_ = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
        matrix.index_ = np.array([c for row in program.rows for c in row.columns], dtype=np.int32)
        matrix.value_ = np.array([c for row in program.rows for c in row.coefficients])
        kinds = self._highspy.HighsVarType
        n_real = len(program.gains) - program.n_whole
        model.integrality_ = [kinds.kInteger] * program.n_whole + [kinds.kContinuous] * n_real
        return model

    def _answer(self, solver: Any, n_whole: int) -> Chosen:  # noqa: ANN401
        status, statuses = solver.getModelStatus(), self._highspy.HighsModelStatus
        in_time = (statuses.kInterrupt, statuses.kTimeLimit)
        if status == statuses.kInfeasible:
            return Chosen(None, -math.inf, None, impossible=True)
        info = solver.getInfo()
        if not n_whole:
            if status != statuses.kOptimal:
                return Chosen(None, math.inf, "time" if status in in_time else "effort")
            relaxed = np.array(solver.getSolution().col_value)
            return Chosen(relaxed, float(info.objective_function_value), None)
        values: FloatArray | None = None
        if info.primal_solution_status == self._highspy.SolutionStatus.kSolutionStatusFeasible:
            values = np.array(solver.getSolution().col_value)
        bound = float(info.mip_dual_bound)
        if status == statuses.kOptimal:
            return Chosen(values, bound if math.isfinite(bound) else math.inf, None)
        stopped = "time" if status in in_time else "effort"
        return Chosen(values, bound if math.isfinite(bound) else math.inf, stopped)


def _run(solver: Any, budget: Budget) -> None:  # noqa: ANN401
    """Run the solver on a thread of its own, so that time, or the user, can end it."""
    thread = solver.startSolve()
    while thread.is_alive():
        thread.join(_LOOK_SECONDS)
        if budget.ended:
            solver.cancelSolve()


def _highspy() -> ModuleType:
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
