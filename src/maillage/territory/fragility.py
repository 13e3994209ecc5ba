"""The fragility score: the weighted mean of named criteria, and how sure the ranks are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage.kernel import french
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.territory.criteria import (
    RULES,
    CriterionRule,
    Scale,
    national_decile,
    place_in_territory,
)
from maillage.territory.fragility_model import Criterion, Fragility
from maillage.territory.model import IndicatorTable, Territory
from maillage.territory.ranking import rank_from_most, rank_spread
from maillage.territory.reasons import explain

__all__ = ["explain", "score_fragility", "weighted_score"]


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A criterion that this territory has figures for, and its 0-10 by zone."""

    criterion: Criterion
    detail: FloatArray
    scale: Scale


def score_fragility(territory: Territory, parameters: Parameters, *, seed: int) -> Fragility:
    """Return the score of each zone, its detail, its rank, and how the rank moves.

    A criterion without figure in a zone weighs nothing there: the others share its weight. One that
    less than ``fragility.least_share_of_zones`` of the zones have a figure for is set aside, and
    named in ``missing``. Ranks are recomputed with weights drawn around the chosen ones (Dirichlet)
    and with each criterion left out in turn.
    """
    parts: list[_Part] = []
    missing: list[str] = []
    for rule in RULES:
        part = _read(rule, territory, parameters)
        if part is None:
            missing.append(_why_missing(rule, territory.indicators))
        else:
            parts.append(part)
    n_zones = len(territory.zones)
    details = _columns([part.detail for part in parts], n_zones)
    weights = np.array([part.criterion.weight for part in parts], dtype=np.float64)
    score = weighted_score(details, weights[None, :])[0]
    rank = rank_from_most(score)
    drawn, left_out = _drawn(weights, parameters, seed), _left_out(weights)
    share = parameters.number("fragility.interval_share")
    low, high = rank_spread(
        weighted_score(details, drawn), weighted_score(details, left_out), share
    )
    return Fragility(
        method=_method(parts, n_drawn=len(drawn), n_left_out=len(left_out), share=share),
        criteria=tuple(part.criterion for part in parts),
        details=details,
        score=score,
        rank=rank,
        rank_low=np.where(low > 0.0, np.minimum(low, rank), rank),
        rank_high=np.maximum(high, rank),
        n_variants=len(drawn) + len(left_out),
        missing=tuple(missing),
    )


def weighted_score(details: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the (n_variants, n_zones) weighted means of (n_zones, n_criteria) details.

    ``weights`` is (n_variants, n_criteria). Criteria without figure leave their weight to the
    others; NaN where none has one. Summed criterion by criterion, so that the order of the zones
    changes nothing, to the last bit.
    """
    total = np.zeros((weights.shape[0], details.shape[0]))
    weight = np.zeros_like(total)
    for column in range(details.shape[1]):
        known = np.isfinite(details[:, column])
        each = weights[:, column, None] * known[None, :]
        total += each * np.where(known, details[:, column], 0.0)[None, :]
        weight += each
    return np.where(weight > 0.0, total / np.where(weight > 0.0, weight, 1.0), np.nan)


def _columns(columns: Sequence[FloatArray], n_zones: int) -> FloatArray:
    if not columns:
        return np.empty((n_zones, 0))
    return np.stack(columns, axis=1)


def _read(rule: CriterionRule, territory: Territory, parameters: Parameters) -> _Part | None:
    least = parameters.number("fragility.least_share_of_zones")
    weight = parameters.number(f"fragility.weight.{rule.code}")
    for reading in rule.readings:
        indicator = territory.indicators.get(reading.indicator_code)
        if indicator is None:
            continue
        values = territory.indicators.column(reading.indicator_code)
        if np.isfinite(values).sum() < max(1.0, least * values.size):
            continue
        criterion = Criterion(rule.code, tr(rule.label), reading.indicator_code, weight)
        return _Part(criterion, reading.scale(values, indicator), reading.scale)
    return None


def _drawn(weights: FloatArray, parameters: Parameters, seed: int) -> FloatArray:
    """Return (n_draws, n_criteria) weights drawn around the chosen ones, none where one counts.

    Criteria of weight zero are out of the draw, so that they change nothing.
    """
    counted = np.flatnonzero(weights > 0.0)
    if counted.size < 2:
        return np.empty((0, weights.size))
    shares = weights[counted] / weights[counted].sum()
    n_draws = int(parameters.number("fragility.n_draws"))
    spread = shares * parameters.number("fragility.concentration")
    drawn = np.zeros((n_draws, weights.size))
    drawn[:, counted] = np.random.default_rng(seed).dirichlet(spread, n_draws)
    return drawn


def _left_out(weights: FloatArray) -> FloatArray:
    """Return the weights without each criterion that counts in turn, none where one counts."""
    counted = np.flatnonzero(weights > 0.0)
    if counted.size < 2:
        return np.empty((0, weights.size))
    left_out = np.tile(weights, (counted.size, 1))
    left_out[np.arange(counted.size), counted] = 0.0
    return left_out


def _why_missing(rule: CriterionRule, indicators: IndicatorTable) -> str:
    told = [
        (int(np.isfinite(values).sum()), values.size)
        for reading in rule.readings
        if indicators.get(reading.indicator_code) is not None
        for values in [indicators.column(reading.indicator_code)]
    ]
    label = tr(rule.label)
    if not told or max(told)[0] == 0:
        return tr("{label} (aucun chiffre publié)").format(label=label)
    n, total = max(told)
    message = tr("{label} (publié pour {n} sur {total} seulement)")
    communes = french.plural(n, tr("commune"), tr("communes"))
    return message.format(label=label, n=communes, total=french.number(total))


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _method(parts: Sequence[_Part], *, n_drawn: int, n_left_out: int, share: float) -> str:
    if not parts:
        return tr("Aucun critère de fragilité n'est publié pour ce territoire.")
    national = [_lower(p.criterion.label) for p in parts if p.scale is national_decile]
    local = [_lower(p.criterion.label) for p in parts if p.scale is place_in_territory]
    sentences = [tr("Moyenne pondérée de critères notés jusqu'à 10 (le plus fragile).")]
    if national:
        sentences.append(
            tr("Rang parmi les communes de France (indice publié) : {names}.").format(
                names=french.listed(national)
            )
        )
    if local:
        sentences.append(
            tr(
                "Rang parmi les communes du territoire, faute de référence nationale : {names}."
            ).format(names=french.listed(local))
        )
    if n_drawn:
        sentences.append(
            tr(
                "La fourchette du rang contient {share} des rangs obtenus en tirant {n_drawn} fois "
                "des poids autour de ceux retenus, et tous ceux obtenus en retirant tour à tour "
                "chacun des {n_left_out} critères."
            ).format(
                share=french.percent(share),
                n_drawn=french.number(n_drawn),
                n_left_out=french.number(n_left_out),
            )
        )
    return " ".join(sentences)
