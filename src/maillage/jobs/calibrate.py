"""The straight line fitted to real times between points, wherever these come from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maillage.access.calibration import Calibration, Fitted, RealTimes, calibrate
from maillage.access.points import Points
from maillage.access.travel import Mode
from maillage.kernel import french
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.geometry import coordinates, distances_km
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.tables.read import read_table

TIME_UNREADABLE = FindingKind(
    "time-unreadable",
    Severity.WARNING,
    "Ces minutes ne sont pas un nombre positif : « {value} ».",
    "Écrivez les minutes en chiffres ; laissez vide quand on ne peut pas y aller.",
)
TIME_IMPOSSIBLE = FindingKind(
    "time-impossible",
    Severity.WARNING,
    "« {value} » minutes pour {km} km à vol d'oiseau : personne ne met ce temps-là, il n'est pas "
    "compté.",
    "Vérifiez l'unité (des minutes) et les deux points.",
)
TIME_OF_NO_POINT = FindingKind(
    "time-of-no-point",
    Severity.WARNING,
    "Ce temps parle d'un point qui n'est dans aucun des deux fichiers : {value}.",
    "Vérifiez les identifiants from_id et to_id.",
)
_COLUMNS = ("from_id", "to_id", "minutes")
_LONGEST_MINUTES = 24 * 60.0
_FASTEST_KM_A_MINUTE = 5.0  # 300 km/h in a straight line, which no road and few trains know


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The fit, None where there were too few times, and what was doubtful in the table."""

    fit: Calibration | None
    findings: tuple[Finding, ...]


def calibrate_from(
    times: Path, ends: tuple[Points, Points], mode: Mode, fitted: Fitted, parameters: Parameters
) -> Calibrated:
    """Return the straight line that fits a table of ``from_id, to_id, minutes`` best.

    ``ends`` are the origins and the destinations. Raises UnusableFile where a column is missing.
    """
    table = read_table(times)
    missing = [column for column in _COLUMNS if column not in table.columns]
    if missing:
        message = tr("il manque les colonnes {names}.").format(names=", ".join(missing))
        raise UnusableFile(times, message)
    origins, destinations = ({one.id: one.point for one in points.points} for points in ends)
    pairs: list[tuple[float, float]] = []
    findings = [*table.findings, *ends[0].findings, *ends[1].findings]
    for row in table.rows:
        where = Where(times.name, row.line)
        start, end = origins.get(row.get("from_id") or ""), destinations.get(row.get("to_id") or "")
        if start is None or end is None:
            told = f"{row.get('from_id')} → {row.get('to_id')}"
            findings.append(TIME_OF_NO_POINT.at(where, value=told))
            continue
        km = float(distances_km(coordinates([start]), coordinates([end]))[0, 0])
        minutes = _minutes(row.get("minutes"))
        if minutes is None:
            findings.append(TIME_UNREADABLE.at(where, value=row.get("minutes")))
        elif _is_impossible(km, minutes):
            told = french.number(km, 1)
            findings.append(TIME_IMPOSSIBLE.at(where, value=row.get("minutes"), km=told))
        else:
            pairs.append((km, minutes))
    km_told, minutes_told = np.array(pairs, dtype=np.float64).reshape(-1, 2).T
    fit = calibrate(RealTimes(mode, km_told, minutes_told), parameters, fitted)
    return Calibrated(fit, tuple(findings))


def _is_impossible(km: float, minutes: float) -> bool:
    """Tell whether nobody takes so long, or so little, for that distance; inf is no time at all."""
    if math.isinf(minutes):
        return False
    return minutes > _LONGEST_MINUTES or km > minutes * _FASTEST_KM_A_MINUTE


def _minutes(text: str | None) -> float | None:
    """Return the minutes told, inf where none is (one cannot go), None where not readable."""
    if text is None:
        return math.inf
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None
