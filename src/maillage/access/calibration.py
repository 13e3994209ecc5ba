"""The straight line fitted to real times: which detour or speed, which fixed minutes, how far off.

minutes = km × (detour ÷ speed × 60) + fixed. Times tell the product only: of detour and speed one
is kept as it stands in the parameters, the other is found. The fit is of least absolute deviations:
a few times gone wrong do not pull it.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np

from maillage.access.travel import Mode
from maillage.kernel.french import number
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters

_LEAST_TIMES = 10
_LEAST_KM = 0.05  # nearer places tell the fixed minutes only
_GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0
_STEPS = 60


class Fitted(enum.Enum):
    """Which of the two is found, the other being kept."""

    DETOUR = "detour"
    SPEED = "speed_kmh"


@dataclass(frozen=True, slots=True)
class RealTimes:
    """Real times of one mode: (n,) straight-line km and minutes from door to door."""

    mode: Mode
    km: FloatArray
    minutes: FloatArray


@dataclass(frozen=True, slots=True)
class Calibration:
    """The straight line that fits best, and how far from the real times it remains.

    ``n`` times were used, ``n_left_out`` were not (unreachable, or places that nearly touch).
    Errors are absolute minutes: the median, and what nine in ten do not exceed.
    """

    mode: Mode
    detour: float
    speed_kmh: float
    fixed_minutes: float
    n: int
    n_left_out: int
    median_error: float
    p90_error: float

    def describe(self) -> str:
        """Return one French sentence: the fit, on how many times, and its error."""
        return tr(
            "Vol d'oiseau calé {mode} sur {n} temps : détour × {detour}, {speed} km/h, "
            "+ {fixed} min ; erreur médiane {median} min, neuf fois sur dix sous {p90} min."
        ).format(
            mode=self.mode.label,
            n=number(self.n),
            detour=number(self.detour, 2),
            speed=number(self.speed_kmh, 1),
            fixed=number(self.fixed_minutes, 1),
            median=number(self.median_error, 1),
            p90=number(self.p90_error, 1),
        )

    def applied(self, parameters: Parameters) -> Parameters:
        """Return the parameters with this fit in the place of the mode's own."""
        found = {
            "detour": self.detour,
            "speed_kmh": self.speed_kmh,
            "fixed_minutes": self.fixed_minutes,
        }
        for what, value in found.items():
            parameters = parameters.replaced(f"travel.{self.mode.code}.{what}", value)
        return parameters


def calibrate(times: RealTimes, parameters: Parameters, fitted: Fitted) -> Calibration | None:
    """Return the straight line that fits real times best; None where they are too few.

    Detour is never under 1 nor the fixed minutes under 0. Of unreachable pairs (inf, NaN) nothing
    is learnt.
    """
    used = np.isfinite(times.minutes) & np.isfinite(times.km) & (times.km >= _LEAST_KM)
    km, minutes = times.km[used], times.minutes[used]
    if len(km) < _LEAST_TIMES:
        return None
    mode = times.mode.code
    detour = parameters.number(f"travel.{mode}.detour")
    speed = parameters.number(f"travel.{mode}.speed_kmh")
    least = 60.0 / speed if fitted is Fitted.DETOUR else 0.0
    per_km, fixed = _least_absolute(km, minutes, least)
    if fitted is Fitted.DETOUR:
        detour = per_km * speed / 60.0
    else:
        speed = detour * 60.0 / per_km
    errors = np.abs(km * per_km + fixed - minutes)
    return Calibration(
        mode=times.mode,
        detour=float(detour),
        speed_kmh=float(speed),
        fixed_minutes=float(fixed),
        n=len(km),
        n_left_out=int(len(used) - len(km)),
        median_error=float(np.median(errors)),
        p90_error=float(np.quantile(errors, 0.9)),
    )


def _least_absolute(km: FloatArray, minutes: FloatArray, least: float) -> tuple[float, float]:
    """Return the minutes per km (at least ``least``) and the fixed ones (at least 0).

    For given fixed minutes the best slope is a weighted median; what remains has one lowest point,
    closed in on by golden sections.
    """

    def off(fixed: float) -> float:
        """Return how far all points are off, with the best slope."""
        return float(np.abs(km * _slope(km, minutes - fixed, least) + fixed - minutes).sum())

    low, high = 0.0, float(max(minutes.max(), 0.0))
    one, other = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_one, at_other = off(one), off(other)
    for _ in range(_STEPS):
        if at_one <= at_other:
            high, other, at_other = other, one, at_one
            one = high - _GOLDEN * (high - low)
            at_one = off(one)
        else:
            low, one, at_one = one, other, at_other
            other = low + _GOLDEN * (high - low)
            at_other = off(other)
    fixed = min((0.0, (low + high) / 2.0), key=off)
    return _slope(km, minutes - fixed, least), fixed


def _slope(km: FloatArray, minutes: FloatArray, least: float) -> float:
    slopes = minutes / km
    order = np.argsort(slopes, kind="stable")
    weight = np.cumsum(km[order])
    middle = float(slopes[order][np.searchsorted(weight, weight[-1] / 2.0)])
    return max(middle, least, 1e-9)
