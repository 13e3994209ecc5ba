"""The one problem that all of siting comes to, kept as the pairs that can still matter.

Choose exactly ``n_sites`` of the free sites; each demand pays its ``near`` (the cheapest of what is
already there: sites opened, or going without), or less at a chosen site. Only pairs cheaper than
``near`` are kept: opening and closing sites makes the problem smaller.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from maillage.kernel.errors import TooLarge
from maillage.kernel.french import number
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.siting.model import Covering, PMedian, Problem

IndexArray = npt.NDArray[np.int32]
FlagArray = npt.NDArray[np.bool_]

BYTES_A_PAIR = 100
"""Memory that the search takes for each pair of a demand and a site, measured with a margin."""
BYTES_A_SWAP = 24
"""The same for each pair of a chosen site and a candidate, in the local search."""


@dataclass(frozen=True, slots=True, eq=False)
class Core:
    """Sites still free, demands that they can still help, and the pairs of both.

    Pairs lie side by side, by demand then from the cheapest: ``rows``, ``columns``, ``costs``.
    ``near`` (n_rows,) is what a demand pays otherwise, at least; ``demands`` and ``sites`` are the
    numbers of rows and columns in the problem told. ``opened`` sites are chosen already,
    ``constant`` is what the demands left out pay.
    """

    rows: IndexArray
    columns: IndexArray
    costs: FloatArray
    near: FloatArray
    demands: IndexArray
    sites: IndexArray
    n_sites: int
    opened: tuple[int, ...] = ()
    constant: float = 0.0

    @property
    def n_rows(self) -> int:
        """How many demands are left."""
        return len(self.near)

    @property
    def n_free(self) -> int:
        """How many sites are free."""
        return len(self.sites)

    @property
    def first(self) -> npt.NDArray[np.int64]:
        """Where the pairs of each demand begin, (n_rows + 1,)."""
        return np.searchsorted(self.rows, np.arange(self.n_rows + 1))

    @property
    def settled(self) -> bool:
        """Whether nothing is left to choose: no demand to help, or all or none of the sites."""
        return self.n_rows == 0 or not 0 < self.n_sites < self.n_free

    @property
    def any_choice(self) -> FlagArray:
        """The first free sites, as many as are to be chosen; flags (n_free,)."""
        return np.arange(self.n_free) < self.n_sites

    @property
    def floor(self) -> float:
        """What no choice can be under: every demand at the cheapest of all."""
        first = self.first[:-1]
        return self.constant + float(self.costs[first].sum())

    def value(self, chosen: FlagArray) -> float:
        """Return what all demands pay with the free sites flagged in ``chosen`` (n_free,)."""
        return self.constant + float(paid(self, chosen).sum())

    def told(self, chosen: FlagArray) -> tuple[int, ...]:
        """Return the sites of a choice, opened ones with them, by their numbers in the problem."""
        return tuple(sorted({*self.opened, *(int(site) for site in self.sites[chosen])}))


def needed_bytes(n_pairs: int, n_sites: int, n_candidates: int) -> int:
    """Return an estimate of the memory that solving will take at its highest."""
    return BYTES_A_PAIR * n_pairs + BYTES_A_SWAP * n_sites * n_candidates


def check_size(n_pairs: int, n_sites: int, n_candidates: int, memory_bytes: float) -> None:
    """Raise TooLarge, telling the estimate, where it passes the memory allowed."""
    needed = needed_bytes(n_pairs, n_sites, n_candidates)
    if needed <= memory_bytes:
        return
    message = tr(
        "Ce problème demanderait environ {needed} Gio de mémoire, et {allowed} Gio sont "
        "permis : regroupez les points de demande, retenez moins de candidats, ou ne gardez que "
        "les trajets assez courts."
    )
    gib = 2**30
    raise TooLarge(
        message.format(needed=number(needed / gib, 1), allowed=number(memory_bytes / gib, 1))
    )


def core_of(problem: Problem) -> Core:
    """Return the core of a problem: forced sites opened, forbidden ones closed.

    A covering is told by what is *not* covered: its cost is the whole weight less its value.
    """
    core = _of_covering(problem) if isinstance(problem, Covering) else _of_costs(problem)
    choice = problem.choice
    opened = np.isin(core.sites, sorted(choice.forced))
    closed = np.isin(core.sites, sorted(choice.forbidden))
    return narrowed(core, opened, closed)


def _of_costs(problem: PMedian) -> Core:
    n, m = problem.costs.shape
    order = np.argsort(problem.costs, axis=1, kind="stable").astype(np.int32)
    costs = np.take_along_axis(problem.costs, order, axis=1).ravel().astype(np.float64)
    near = np.full(n, np.inf) if problem.unserved is None else problem.unserved.astype(np.float64)
    rows = np.repeat(np.arange(n, dtype=np.int32), m)
    return _core(rows, order.ravel(), costs, near, problem)


def _of_covering(problem: Covering) -> Core:
    costs = problem.weights[problem.reached] - problem.covered
    order = np.lexsort((problem.candidates, costs, problem.reached))
    rows = problem.reached[order].astype(np.int32)
    columns = problem.candidates[order].astype(np.int32)
    return _core(rows, columns, costs[order], problem.weights.astype(np.float64), problem)


def _core(
    rows: IndexArray, columns: IndexArray, costs: FloatArray, near: FloatArray, problem: Problem
) -> Core:
    demands = np.arange(problem.n_demands, dtype=np.int32)
    sites = np.arange(problem.n_candidates, dtype=np.int32)
    whole = Core(rows, columns, costs, near, demands, sites, problem.choice.n_sites)
    return _without_useless(whole)


def narrowed(core: Core, opened: FlagArray, closed: FlagArray) -> Core:
    """Return the core with free sites opened or closed, (n_free,) flags, and nothing useless kept.

    Of two free sites to leave out, the third cheapest site of a demand is the most it can pay:
    ``near`` falls to that, and the pairs from there on are left.
    """
    near = paid(core, opened) if opened.any() else core.near
    kept = ~(opened | closed)
    n_sites = core.n_sites - int(opened.sum())
    columns = np.cumsum(kept, dtype=np.int32) - np.int32(1)
    pairs = kept[core.columns]
    smaller = replace(
        core,
        rows=core.rows[pairs],
        columns=columns[core.columns[pairs]],
        costs=core.costs[pairs],
        near=near,
        sites=core.sites[kept],
        n_sites=n_sites,
        opened=tuple(sorted((*core.opened, *(int(site) for site in core.sites[opened])))),
    )
    return _without_useless(_with_near_lowered(smaller))


def _with_near_lowered(core: Core) -> Core:
    n_left_out = core.n_free - core.n_sites
    if not 0 <= n_left_out < core.n_free:
        return core
    first = core.first
    worst = first[:-1] + n_left_out
    has = worst < first[1:]
    near = core.near.copy()
    near[has] = np.minimum(near[has], core.costs[worst[has]])
    return replace(core, near=near)


def _without_useless(core: Core) -> Core:
    pairs = core.costs < core.near[core.rows]
    rows = core.rows[pairs]
    helped = np.zeros(core.n_rows, dtype=bool)
    helped[rows] = True
    numbers = np.cumsum(helped, dtype=np.int32) - np.int32(1)
    return replace(
        core,
        rows=numbers[rows],
        columns=core.columns[pairs],
        costs=core.costs[pairs],
        near=core.near[helped],
        demands=core.demands[helped],
        constant=core.constant + float(core.near[~helped].sum()),
    )


def paid(core: Core, chosen: FlagArray) -> FloatArray:
    """Return what each demand pays (n_rows,) with the free sites flagged in ``chosen``."""
    return two_cheapest(core, chosen)[0]


def two_cheapest(core: Core, chosen: FlagArray) -> tuple[FloatArray, FloatArray, IndexArray]:
    """Return for each demand what it pays, would pay without its site, and its site (-1: none).

    All (n_rows,); the site is a column of the core.
    """
    at = np.flatnonzero(chosen[core.columns])
    rows = core.rows[at]
    begins = np.ones(len(at), dtype=bool)
    begins[1:] = rows[1:] != rows[:-1]
    paid_now, paid_then = core.near.copy(), core.near.copy()
    site = np.full(core.n_rows, -1, dtype=np.int32)
    best = at[begins]
    paid_now[rows[begins]] = core.costs[best]
    site[rows[begins]] = core.columns[best]
    seconds = np.zeros(len(at), dtype=bool)
    seconds[1:] = begins[:-1] & ~begins[1:]
    paid_then[rows[seconds]] = core.costs[at[seconds]]
    return paid_now, paid_then, site


def step_of(problem: Problem) -> float:
    """Return by how much two values differ at least: the divisor of whole costs, 0 of others."""
    told = problem.covered if isinstance(problem, Covering) else problem.costs
    others = problem.weights if isinstance(problem, Covering) else problem.unserved
    arrays = [told[np.isfinite(told)]] + ([] if others is None else [others])
    divisor = 0
    for array in arrays:
        if not np.array_equal(array, np.rint(array)) or array.max(initial=0) > 2**53:
            return 0.0
        whole = np.unique(array).astype(np.int64)
        divisor = math.gcd(divisor, int(np.gcd.reduce(whole)) if len(whole) else 0)
    return float(divisor)
