"""Where help is missing (« zones blanches »), how sure that is, and where it nearly is.

A gap is a zone beyond the dated threshold of a mode. It is put to the test of every variant that
could make it vanish; a zone within the threshold, of every variant that could push it beyond.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.access.model import NearestTimes
from maillage.access.offer import SERVICE_KEYS
from maillage.diagnosis.model import Certainty, Gap, HiddenGap
from maillage.diagnosis.variants import (
    MODES,
    Ground,
    Variant,
    favourable,
    stacked,
    unfavourable,
)
from maillage.kernel.geometry import FloatArray
from maillage.kernel.parameters import Parameters

BoolArray = npt.NDArray[np.bool_]
CountArray = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class _Trials:
    """For each variant (n_variants, 10, 3, n_zones): does it speak, and is the zone beyond?"""

    labels: tuple[str, ...]
    speaks: BoolArray
    beyond: BoolArray

    def n_speaking(self) -> CountArray:
        """Return the (10, 3, n_zones) number of variants that speak of each place."""
        return np.asarray(self.speaks.sum(axis=0), dtype=np.intp)

    def share_beyond(self) -> FloatArray:
        """Return the (10, 3, n_zones) share of variants in which the zone is beyond."""
        share: FloatArray = self.beyond.sum(axis=0) / self.n_speaking()
        return share

    def named(self, service: int, mode: int, zone: int, *, beyond: bool) -> tuple[str, ...]:
        """Return the labels of the variants in which the zone is (or is not) beyond."""
        answers = self.beyond[:, service, mode, zone] == beyond
        seen = self.speaks[:, service, mode, zone] & answers
        return tuple(label for label, here in zip(self.labels, seen, strict=True) if here)


def find_gaps(
    ground: Ground, nearest: NearestTimes
) -> tuple[tuple[Gap, ...], tuple[HiddenGap, ...]]:
    """Return the gaps and the hidden gaps, each by service, then mode, then zone.

    Thresholds are ``diagnosis.gap.<mode>``; certainty is cut at ``diagnosis.certainty.*``.
    """
    base = stacked(nearest.minutes)
    thresholds = _thresholds(ground.parameters)
    far = base > thresholds
    gaps = _gaps(ground, base, far, _try(favourable(ground, base), thresholds))
    hidden = _hidden(ground, base, far, _try(unfavourable(ground, base), thresholds))
    return gaps, hidden


def _thresholds(parameters: Parameters) -> FloatArray:
    """Return the (3, 1) thresholds in minutes."""
    return np.array([[parameters.number(f"diagnosis.gap.{mode.code}")] for mode in MODES])


def _try(variants: Sequence[Variant], thresholds: FloatArray) -> _Trials:
    minutes = np.array([variant.minutes for variant in variants])
    shifts = np.array([variant.threshold_shift for variant in variants])[:, None, None, None]
    return _Trials(
        labels=tuple(variant.label for variant in variants),
        speaks=~np.isnan(minutes),
        beyond=minutes > thresholds + shifts,
    )


def _gaps(ground: Ground, base: FloatArray, far: BoolArray, trials: _Trials) -> tuple[Gap, ...]:
    survival, n_variants = trials.share_beyond(), trials.n_speaking()
    thresholds = _thresholds(ground.parameters)
    found = []
    for s, m, z in np.argwhere(far):
        zone = ground.territory.zones[z]
        found.append(
            Gap(
                zone_id=zone.id,
                service=SERVICE_KEYS[s],
                mode=MODES[m],
                minutes=float(base[s, m, z]),
                threshold_minutes=float(thresholds[m, 0]),
                n_people=zone.population or 0,
                survival=float(survival[s, m, z]),
                n_variants=int(n_variants[s, m, z]),
                certainty=_certainty(float(survival[s, m, z]), ground.parameters),
                broken_by=trials.named(s, m, z, beyond=False),
            )
        )
    return tuple(found)


def _hidden(
    ground: Ground, base: FloatArray, far: BoolArray, trials: _Trials
) -> tuple[HiddenGap, ...]:
    share = trials.share_beyond()
    from_share = ground.parameters.number("diagnosis.certainty.hidden_from")
    found = []
    for s, m, z in np.argwhere(~far & (share >= from_share)):
        zone = ground.territory.zones[z]
        found.append(
            HiddenGap(
                zone_id=zone.id,
                service=SERVICE_KEYS[s],
                mode=MODES[m],
                minutes=float(base[s, m, z]),
                n_people=zone.population or 0,
                share_variants=float(share[s, m, z]),
                reasons=trials.named(s, m, z, beyond=True),
            )
        )
    return tuple(found)


def _certainty(survival: float, parameters: Parameters) -> Certainty:
    if survival >= parameters.number("diagnosis.certainty.sure_from"):
        return Certainty.SURE
    if survival >= parameters.number("diagnosis.certainty.likely_from"):
        return Certainty.LIKELY
    return Certainty.UNSURE
