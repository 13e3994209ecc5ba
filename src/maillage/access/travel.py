"""Travel times: the protocol that engines answer to, and the straight-line engine.

An engine takes points and gives minutes. Which engine, at which speeds, is written beside every
figure made from it: ``describe()`` gives the sentence.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from maillage.kernel.geometry import FloatArray, distances_km
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters


class Mode(enum.Enum):
    """How a person moves."""

    WALK = ("walk", "à pied")
    BICYCLE = ("bicycle", "à vélo")
    CAR = ("car", "en voiture")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


@dataclass(frozen=True, slots=True)
class Trip:
    """What is asked of an engine: the mode, and how far is of use.

    Beyond ``within`` minutes an engine may answer inf, and so look less far; None = as far as it
    looks. ``step_free``: on foot without steps nor stiles, as far as the engine knows of them (the
    straight line knows of none).
    """

    mode: Mode
    within: float | None = None
    step_free: bool = False


class TravelTimes(Protocol):
    """An engine that gives travel times."""

    @property
    def name(self) -> str:
        """Short stable name (``straight-line``)."""

    def describe(self, modes: Sequence[Mode] = tuple(Mode)) -> str:
        """Return one French sentence: what is measured of these modes, at which speeds."""

    def matrix(self, origins: FloatArray, destinations: FloatArray, trip: Trip) -> FloatArray:
        """Return the (n, m) minutes from (n, 2) to (m, 2) lon/lat degrees; inf = unreachable."""


class StraightLine:
    """Minutes estimated from the straight line: distance × detour ÷ speed, plus a fixed time.

    The honest twin where there are no streets; parameters are ``travel.<mode>.speed_kmh``,
    ``.detour`` and ``.fixed_minutes``.
    """

    name = "straight-line"

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters

    def describe(self, modes: Sequence[Mode] = tuple(Mode)) -> str:
        """Return one French sentence naming detours, speeds and fixed times of these modes."""
        each = " ; ".join(self._told(mode) for mode in modes)
        return tr("Temps estimés à vol d'oiseau ({each}).").format(each=each)

    def _told(self, mode: Mode) -> str:
        fixed = self._of(mode, "fixed_minutes")
        told = tr("{mode} : détour × {detour}, {speed} km/h").format(
            mode=mode.label,
            detour=f"{self._of(mode, 'detour'):g}".replace(".", ","),
            speed=f"{self._of(mode, 'speed_kmh'):g}".replace(".", ","),
        )
        return told + (f", + {fixed:g} min".replace(".", ",") if fixed else "")

    def matrix(self, origins: FloatArray, destinations: FloatArray, trip: Trip) -> FloatArray:
        """Return the (n, m) minutes from (n, 2) to (m, 2) lon/lat degrees."""
        hours = (
            distances_km(origins, destinations)
            * self._of(trip.mode, "detour")
            / self._of(trip.mode, "speed_kmh")
        )
        minutes: FloatArray = np.asarray(hours * 60.0 + self._of(trip.mode, "fixed_minutes"))
        return minutes

    def _of(self, mode: Mode, what: str) -> float:
        return self._parameters.number(f"travel.{mode.code}.{what}")
