"""What a fragility score is: criteria, details, and ranks that say how sure they are."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.kernel.geometry import FloatArray


@dataclass(frozen=True, slots=True)
class Criterion:
    """One named reason to be fragile: the indicator it reads and its weight in the score."""

    code: str
    label: str
    indicator_code: str
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Fragility:
    """A score by zone with its detail, and the ranks it takes when weights and criteria vary.

    ``details`` is (n_zones, n_criteria), ``score`` (n_zones,), both 0 (least) to 10 (most fragile),
    NaN where nothing is published. ``rank`` counts from 1 = most fragile, 0 where there is no
    score; ``rank_low``..``rank_high`` hold the central ``fragility.interval_share`` of the ranks
    under drawn weights and every rank with one criterion left out: ``n_variants`` in all.
    ``missing`` names the criteria of the method that this territory has no figures for.
    """

    method: str
    criteria: tuple[Criterion, ...]
    details: FloatArray
    score: FloatArray
    rank: FloatArray
    rank_low: FloatArray
    rank_high: FloatArray
    n_variants: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class FragilePeople:
    """How much each zone weighs when fragile people are counted.

    ``weights`` is (n_zones,). ``are_people`` True: an estimated number of people, adjusted to the
    published total, with ``low``/``high`` bounds and ``unadjusted_total``. False: population
    weighted by the fragility score, of which only shares mean anything. ``method`` is a French
    sentence for the report.
    """

    weights: FloatArray
    are_people: bool
    method: str
    low: FloatArray | None = None
    high: FloatArray | None = None
    unadjusted_total: float | None = None
