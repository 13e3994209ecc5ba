"""Why a commune is fragile, in two or three French sentences."""

from __future__ import annotations

import math

import numpy as np

from maillage.kernel import french
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.territory.criteria import RULES, CriterionRule, national_decile
from maillage.territory.fragility_model import Criterion, Fragility
from maillage.territory.model import Territory

_MOST = 3
# Both are drawn from the scale, and chosen by nobody: ranks run from 1 to 10 in whole steps.
_MIDDLE = 5.5
_HALF_A_STEP = 0.5  # less than that rounds to the same rank
_RULES = {rule.code: rule for rule in RULES}


def explain(fragility: Fragility, territory: Territory, zone_index: int) -> tuple[str, ...]:
    """Return at most three reasons why the zone is fragile, the heaviest first.

    A reason is a criterion of some weight, above the middle of its scale and clearly above the
    territory's own mean. It is told by the raw share that people understand where that share is
    published and shows it. Empty where nothing sets the zone apart, or nothing is published.
    """
    details = fragility.details[zone_index]
    means = [_mean(fragility.details[:, c], territory.populations) for c in range(details.size)]
    heavy = [
        (criterion.weight * (details[c] - _MIDDLE), c)
        for c, criterion in enumerate(fragility.criteria)
        if np.isfinite(details[c]) and details[c] > max(_MIDDLE, means[c] + _HALF_A_STEP)
    ]
    told = (
        _sentence(fragility.criteria[c], float(details[c]), means[c], territory, zone_index)
        for _, c in sorted((-push, c) for push, c in heavy if push > 0.0)
    )
    return tuple(sentence for sentence in told if sentence is not None)[:_MOST]


def _sentence(
    criterion: Criterion, detail: float, mean: float, territory: Territory, zone_index: int
) -> str | None:
    raw = _raw_share(_RULES.get(criterion.code), territory, zone_index)
    if raw is not None:
        return raw
    if not _is_national(criterion):
        return None
    message = tr(
        "{label} : rang {value} sur 10 parmi les communes de France, contre {usual} en moyenne "
        "dans le territoire"
    )
    return message.format(
        label=criterion.label,
        value=french.number(detail, 0 if detail == round(detail) else 1),
        usual=french.number(mean, 1),
    )


def _is_national(criterion: Criterion) -> bool:
    rule = _RULES.get(criterion.code)
    return rule is not None and any(
        reading.indicator_code == criterion.indicator_code and reading.scale is national_decile
        for reading in rule.readings
    )


def _raw_share(rule: CriterionRule | None, territory: Territory, zone_index: int) -> str | None:
    """Return the sentence of the share that tells the criterion.

    None where it is not published here, or does not show the zone above the others.
    """
    for code in rule.told_by if rule else ():
        indicator = territory.indicators.get(code)
        if indicator is None:
            continue
        column = territory.indicators.column(code)
        value, usual = float(column[zone_index]), _mean(column, territory.populations)
        if not math.isfinite(value) or value <= usual:
            continue
        if french.number(value) == french.number(usual):
            continue
        if np.isfinite(column).all():
            whole = tr("{value}{fixed}% de {label}, contre {usual}{fixed}% dans le territoire")
        else:
            whole = tr(
                "{value}{fixed}% de {label}, contre {usual}{fixed}% dans les communes où ce "
                "chiffre est publié"
            )
        return whole.format(
            value=french.number(value),
            label=indicator.label[:1].lower() + indicator.label[1:],
            usual=french.number(usual),
            fixed=french.FIXED,
        )
    return None


def _mean(values: FloatArray, populations: FloatArray) -> float:
    """Return the mean by people, NaN left out; 0 where nobody is counted."""
    known = np.isfinite(values)
    people = float(populations[known].sum())
    return float((values[known] * populations[known]).sum() / people) if people > 0.0 else 0.0
