"""The criteria of the fragility score: each a name, an indicator, and the scale that reads it.

Why these scales. A rank among the communes of France says how fragile a commune is, wherever it
stands: where the published index (IFN) gives it, it is read as it is, and territories compare. For
a raw share there is no national distribution here: its place among the zones of the territory is
taken instead, brought to the same 1-10. A raw share that has a published national rank is used to
*tell why*, not to score twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from maillage.kernel.geometry import FloatArray
from maillage.territory.model import Indicator

Scale = Callable[[FloatArray, Indicator], FloatArray]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a criterion: an indicator, and how its values become 0-10."""

    indicator_code: str
    scale: Scale


@dataclass(frozen=True, slots=True)
class CriterionRule:
    """A reason to be fragile, the ways to read it from the best, and the figure that tells it.

    ``told_by`` names the raw share that a reader understands, where it is known.
    """

    code: str
    label: str
    readings: tuple[Reading, ...]
    told_by: tuple[str, ...] = ()


def national_decile(values: FloatArray, indicator: Indicator) -> FloatArray:  # noqa: ARG001
    """Return the published rank among the communes of France, already 0-10."""
    return values


def place_in_territory(values: FloatArray, indicator: Indicator) -> FloatArray:
    """Return each zone's place among the zones of the territory, 1 (least fragile) to 10.

    1 + 9 × (zones less fragile + half of those equal) ÷ zones that have a figure; NaN stays NaN.
    """
    known = np.isfinite(values)
    told = values[known] if indicator.higher_is_more_fragile else -values[known]
    below = (told[None, :] < told[:, None]).sum(axis=1)
    equal = (told[None, :] == told[:, None]).sum(axis=1)
    places = np.full(values.shape, np.nan)
    places[known] = 1.0 + 9.0 * (below + 0.5 * equal) / max(1, told.size)
    return places


def _published(code: str) -> Reading:
    return Reading(code, national_decile)


def _raw(code: str) -> Reading:
    return Reading(code, place_in_territory)


_OLD = "part_65_plus_parmi_15_plus_pct"
_LOW_DIPLOMA = "part_cap_bep_ou_moins_parmi_15_plus_pct"
_LOW_INCOME = "part_foyers_fiscaux_rfr_moins_12k_pct"
_FIXED = "locaux_eligibles_30mbits_plus_pct_2019"
_ALONE = "part_menages_1_personne_pct"
_ONE_PARENT = "part_familles_monoparentales_pct"
_SEEKERS = "demandeurs_emploi_abc_sur_actifs_pct"
_JOBLESS = "rp2018_chomage_pct"

RULES: tuple[CriterionRule, ...] = (
    CriterionRule("age_65", "65 ans et plus", (_published("ifn_65"), _raw(_OLD)), (_OLD,)),
    CriterionRule(
        "diplome",
        "Peu ou pas de diplôme",
        (_published("ifn_diplome"), _raw(_LOW_DIPLOMA)),
        (_LOW_DIPLOMA,),
    ),
    CriterionRule(
        "revenu", "Bas revenus", (_published("ifn_pauvrete"), _raw(_LOW_INCOME)), (_LOW_INCOME,)
    ),
    CriterionRule("personne_seule", "Ménages d'une personne", (_raw(_ALONE),), (_ALONE,)),
    CriterionRule("monoparentale", "Familles monoparentales", (_raw(_ONE_PARENT),), (_ONE_PARENT,)),
    CriterionRule(
        "emploi", "Demandeurs d'emploi", (_raw(_SEEKERS), _raw(_JOBLESS)), (_SEEKERS, _JOBLESS)
    ),
    CriterionRule(
        "internet_fixe", "Internet fixe sans très haut débit", (_published("ifn_thd"), _raw(_FIXED))
    ),
    CriterionRule("internet_mobile", "Territoire sans 4G", (_published("ifn_4g"),)),
)
"""All the criteria of the score: to add one, add a line and its weight in fragility.yaml."""
