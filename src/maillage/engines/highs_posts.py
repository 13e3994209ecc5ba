"""HiGHS solves the programs by which posts are placed."""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

import numpy as np

from maillage.access.timetable.model import IntArray
from maillage.engines.highs_siting import highspy_module, run_within
from maillage.kernel.budget import Budget
from maillage.kernel.geometry import FloatArray
from maillage.siting.model import PROVED_WITHIN, Stopped
from maillage.siting.posts.program import Program, Solved


class HighsPrograms:
    """One thread: the same answer for the same seed, unless time ends first.

    Raises MissingExtra where highspy is not installed.
    """

    def __init__(self) -> None:
        self._highspy: ModuleType = highspy_module()

    @property
    def name(self) -> str:
        """What it is, with its version."""
        return f"HiGHS {self._highspy.Highs().version()}"

    def least(
        self, program: Program, start: tuple[IntArray, FloatArray] | None, budget: Budget
    ) -> Solved:
        """Return the values of least cost; ``start``: columns and their values to begin from."""
        if budget.ended:
            return Solved(None, -math.inf, Stopped.TIME)
        solver = self._highspy.Highs()
        options = {  # presolve: that of 1.14.0 may call optimal what is not (its issue 3043)
            "output_flag": False,
            "random_seed": budget.seed,
            "threads": 1,
            "parallel": "off",
            "presolve": "off",
            "mip_rel_gap": PROVED_WITHIN / 10,
            "mip_abs_gap": 1e-9,
            "mip_max_nodes": budget.nodes,
            "time_limit": budget.seconds_left(),
        }
        for option, setting in options.items():
            solver.setOptionValue(option, setting)
        solver.passModel(self._lp(program))
        if start is not None:
            solver.setSolution(len(start[0]), start[0], start[1])
        solver.HandleUserInterrupt = True
        run_within(solver, budget)
        return self._solved(solver, is_whole=bool(program.whole.any()))

    def _lp(self, program: Program) -> Any:  # noqa: ANN401 - highspy tells no types
        lp = self._highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(program.cost), len(program.low)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = program.cost, program.lower, program.upper
        lp.row_lower_, lp.row_upper_ = program.low, program.high
        matrix = lp.a_matrix_
        matrix.format_ = self._highspy.MatrixFormat.kRowwise
        matrix.start_, matrix.index_ = program.first, program.columns
        matrix.value_ = program.values
        kinds = self._highspy.HighsVarType
        if program.whole.any():
            whole = program.whole.tolist()
            lp.integrality_ = [kinds.kInteger if one else kinds.kContinuous for one in whole]
        return lp

    def _solved(self, solver: Any, *, is_whole: bool) -> Solved:  # noqa: ANN401
        status, statuses = solver.getModelStatus(), self._highspy.HighsModelStatus
        info = solver.getInfo()
        if status == statuses.kInfeasible:
            return Solved(None, math.inf, None)
        found = info.primal_solution_status == self._highspy.SolutionStatus.kSolutionStatusFeasible
        values = np.array(solver.getSolution().col_value) if found else None
        if status == statuses.kOptimal:
            bound = info.mip_dual_bound if is_whole else info.objective_function_value
            return Solved(values, float(bound), None)
        in_time = (statuses.kInterrupt, statuses.kTimeLimit)
        stopped = Stopped.TIME if status in in_time else Stopped.EFFORT
        bound = float(info.mip_dual_bound) if is_whole else -math.inf
        return Solved(values, bound if math.isfinite(bound) else -math.inf, stopped)
