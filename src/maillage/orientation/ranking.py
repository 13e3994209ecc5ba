"""The order of what can be done: named criteria, each a value from 0 to 1, and their weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.access.timetable.model import FlagArray, IntArray
from maillage.kernel.geometry import FloatArray
from maillage.orientation.candidates import CARES, PUBLICS, SERVICES, Candidate
from maillage.orientation.needs.model import Errand, MayDo, Who
from maillage.orientation.query import Query, Reach
from maillage.standard import mednum

_SAME = 9  # decimals beyond which two scores are one
_SOCIAL = frozenset(
    mednum.Typologie[name] for name in ("CCAS", "CIAS", "MDS", "DEPT", "CDAS", "CMS", "CD")
)
_MOTOR = CARES.index(mednum.PriseEnChargeSpecifique.HANDICAPS_MOTEURS)


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """Some permanences, best first: positions in ``Query.near``, windows of the reach, scores.

    ``windows`` is -1 where no visit is told. ``values`` are by criterion, NaN where not known.
    """

    owners: IntArray
    windows: IntArray
    scores: FloatArray
    values: Mapping[str, FloatArray]


def best_windows(reach: Reach, some: FlagArray) -> tuple[IntArray, IntArray]:
    """Return, of each permanence with some (w,) windows, its position and the window worth most.

    Near, soon and sure: the weights of these three criteria decide; of two as good the earlier.
    """
    at = np.flatnonzero(some).astype(np.int32)
    desk = reach.query.desk
    values = _window_values(reach, at)
    worth = sum((desk.weights[code] * one for code, one in values.items()), np.zeros(len(at)))
    order = np.lexsort((at, -np.round(worth, _SAME), reach.owners[at]))
    owners, first = np.unique(reach.owners[at][order], return_index=True)
    return owners.astype(np.int32), at[order][first].astype(np.int32)


def _window_values(reach: Reach, at: IntArray) -> dict[str, FloatArray]:
    """Return what windows are worth by the criteria that the visit alone decides."""
    desk = reach.query.desk
    certain = desk.windows.certain[reach.rows[at]]
    sure = np.where(certain, 1.0, desk.value("value.possible_hours"))
    unsure = np.minimum(sure, desk.value("value.unsure_ride"))
    return {
        "reach": np.clip(1.0 - reach.minutes(at) / desk.kind.budget_minutes, 0.0, 1.0),
        "wait": np.clip(1.0 - reach.waits(at) / desk.value("wait.worst_days"), 0.0, 1.0),
        "hours": np.where(reach.visits.unsure[at], unsure, sure),
    }


def ranked(reach: Reach, owners: IntArray, windows: IntArray) -> Ranked:
    """Return permanences, each with a window, in order; the same whatever order they come in."""
    values = _values(reach.query, owners) | _window_values(reach, windows)
    scores = _scores(reach.query, values, len(owners))
    minutes, waits = reach.minutes(windows), reach.waits(windows)
    starts = reach.visits.trips.start[windows]
    order = np.lexsort((owners, starts, waits, minutes, -np.round(scores, _SAME)))
    return _ordered(order, (owners, windows), scores, values)


def ranked_without_way(query: Query, owners: IntArray, waits: FloatArray) -> Ranked:
    """Return permanences that help where the person is, in order; ``waits`` NaN = no date told."""
    known, desk = ~np.isnan(waits), query.desk
    late = np.clip(1.0 - waits / desk.value("wait.worst_days"), 0.0, 1.0)
    values = _values(query, owners) | {"wait": late, "hours": np.where(known, 1.0, 0.0)}
    scores = _scores(query, values, len(owners))
    order = np.lexsort((owners, np.where(known, waits, np.inf), -np.round(scores, _SAME)))
    return _ordered(order, (owners, np.full(len(owners), -1, dtype=np.int32)), scores, values)


def _ordered(
    order: npt.NDArray[np.intp],
    found: tuple[IntArray, IntArray],
    scores: FloatArray,
    values: Mapping[str, FloatArray],
) -> Ranked:
    owners, windows = found
    return Ranked(
        owners[order],
        windows[order],
        scores[order],
        {code: one[order] for code, one in values.items()},
    )


def _scores(query: Query, values: Mapping[str, FloatArray], n: int) -> FloatArray:
    """Return (n,) means of the criteria that are known, by their weights."""
    total, weights = np.zeros(n), np.zeros(n)
    for code, one in values.items():
        weight = np.where(np.isnan(one), 0.0, query.desk.weights[code])
        total += weight * np.nan_to_num(one)
        weights += weight
    return total / np.where(weights > 0.0, weights, 1.0)


def _values(query: Query, owners: IntArray) -> dict[str, FloatArray]:
    """Return what permanences are worth by the criteria that no visit decides."""
    at = query.near[owners]
    found = {
        "service": _service(query, at),
        "cost": _cost(query, at),
        "welcome": _welcome(query, at),
        "answers": _answers(query, at),
    }
    errand = query.situation.needs[0].errand
    if errand is not None:
        each = query.desk.candidates.each
        worth = [_errand(query, each[int(one)], errand) for one in at]
        found["errand"] = np.array(worth, dtype=np.float64)
    return found


def _service(query: Query, at: IntArray) -> FloatArray:
    """Return how much of the needs is served, each by how surely it was told."""
    known, needs = query.desk.candidates, query.situation.needs
    total = sum(need.score for need in needs) or 1.0
    served = np.zeros(len(at))
    for need in needs:
        served += known.gives[at, SERVICES.index(need.service)] * need.score / total
    return np.where(known.services_told[at], served, query.desk.value("value.untold_service"))


def _cost(query: Query, at: IntArray) -> FloatArray:
    known, desk = query.desk.candidates, query.desk
    partly = np.where(known.paying[at], 0.0, desk.value("value.cost_on_condition"))
    told = np.where(known.free[at], 1.0, partly)
    return np.where(known.cost_told[at], told, desk.value("value.untold"))


def _welcome(query: Query, at: IntArray) -> FloatArray:
    """Return the mean of what is told of publics, particular needs and formats."""
    known, person = query.desk.candidates, query.situation.person
    untold = query.desk.value("value.untold")
    own = np.array([public in person.publics for public in PUBLICS])
    turned = (known.publics[at] & own).any(axis=1)
    parts = [np.where(known.publics_told[at], np.where(turned, 1.0, untold), 1.0)]
    for care in sorted(person.care, key=CARES.index):
        met = known.cares[at, CARES.index(care)].astype(np.float64)
        parts.append(np.where(known.cares_told[at], met, untold))
    if person.reduced_mobility:
        told = known.cares[at, _MOTOR] | known.step_free_told[at]
        parts.append(np.where(told, 1.0, untold))
    if query.situation.needs[0].errand is not None:
        alone = known.individual[at].astype(np.float64)
        parts.append(np.where(known.formats_told[at], alone, untold))
    mean: FloatArray = np.mean(np.stack(parts), axis=0)
    return mean


def _answers(query: Query, at: IntArray) -> FloatArray:
    rates, each = query.desk.ground.answer_rates, query.desk.candidates.each
    if not rates:
        return np.full(len(at), np.nan)
    return np.array([rates.get(each[int(one)].structure.id, np.nan) for one in at])


def _errand(query: Query, candidate: Candidate, errand: Errand) -> float:
    who = helper_of(candidate, errand)
    if who is not None:
        apt = who.in_stead or who.who.training is not None
        return 1.0 if apt else query.desk.value("value.accompanies")
    beside = any(one.who is Who.BESIDE for one in errand.may_do)
    return query.desk.value("value.beside") if beside else 0.0


def helper_of(candidate: Candidate, errand: Errand) -> MayDo | None:
    """Return which of those who may do a formality a permanence is told to be, None = none told.

    Who may act in the person's stead comes before who is trained for it, and then the others.
    """
    found = [one for one in errand.may_do if _is_told(candidate, one.who)]
    return min(found, key=lambda one: (not one.in_stead, one.who.training is None), default=None)


def _is_told(candidate: Candidate, who: Who) -> bool:
    record = candidate.permanence.record
    if who.programme is not None and who.programme in (
        record.dispositif_programmes_nationaux or ()
    ):
        return True
    if who is Who.FRANCE_SERVICES:
        return mednum.Typologie.RFS in candidate.structure.typologie
    if who is Who.SOCIAL_WORKER:
        return not _SOCIAL.isdisjoint(candidate.structure.typologie)
    return who.training is not None and who.training in (record.formations_labels or ())
