"""The lines of a NeTEx publication, and which of them each run belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from maillage.access.intake import netex_doubts as doubt
from maillage.access.intake.netex_runs import Run
from maillage.access.intake.netex_told import JourneyTold, LineTold, Told
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import Line, Vehicle

_MODES = {
    "bus": Vehicle.BUS,
    "coach": Vehicle.BUS,
    "trolleybus": Vehicle.TROLLEYBUS,
    "tram": Vehicle.TRAM,
    "metro": Vehicle.METRO,
    "rail": Vehicle.TRAIN,
    "intercityrail": Vehicle.TRAIN,
    "urbanrail": Vehicle.TRAIN,
    "water": Vehicle.FERRY,
    "ferry": Vehicle.FERRY,
    "cableway": Vehicle.CABLE_CAR,
    "telecabin": Vehicle.CABLE_CAR,
    "funicular": Vehicle.FUNICULAR,
    "snowandice": Vehicle.OTHER,
    "taxi": Vehicle.OTHER,
    "air": Vehicle.OTHER,
    "other": Vehicle.OTHER,
    "selfdrive": Vehicle.OTHER,
}
_UNTOLD = LineTold("", "", "", "", None, -1)


def line_of(journey: JourneyTold, told: Told) -> str:
    """Return the id of a run's line: its own, else its pattern's, else its route's; "" = none."""
    if journey.line:
        return journey.line
    pattern = told.patterns.get(journey.pattern)
    if pattern is None:
        return ""
    return pattern.line or told.routes.get(pattern.route) or ""


def read_lines(told: Told, runs: Iterable[Run], doubts: Doubts) -> tuple[Line, ...]:
    """Return the lines told and those that runs name, in order of ids.

    What a line doesn't tell of itself (vehicle, operator) is taken from its runs where they agree.
    """
    modes: dict[str, set[str]] = {}
    operators: dict[str, set[str]] = {}
    for run in runs:
        key = line_of(run.journey, told)
        modes.setdefault(key, set()).add(run.journey.mode)
        operators.setdefault(key, set()).add(run.journey.operator)
    described = dict(told.lines.items())
    lines = []
    for key in sorted({*described, *modes}):
        line = described.get(key)
        if line is None:
            doubts.tell(doubt.LINE_UNKNOWN, "", key)
            line = _UNTOLD
        mode = line.mode or _only(modes.get(key, set()))
        operator = line.operator or _only(operators.get(key, set()))
        name = told.operators.get(operator) or ""
        vehicle = _vehicle(key, mode, doubts)
        lines.append(Line(key, line.short_name, line.long_name, vehicle, name, line.colour))
    return tuple(lines)


def _only(told: set[str]) -> str:
    return next(iter(told)) if len(told) == 1 else ""


def _vehicle(key: str, mode: str, doubts: Doubts) -> Vehicle:
    known = _MODES.get(mode.lower())
    if known is None:
        doubts.tell(doubt.VEHICLE_UNKNOWN, "", mode or key)
    return known or Vehicle.OTHER
