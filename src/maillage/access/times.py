"""A table of times between named points, and on what it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillage.kernel.findings import Finding
from maillage.kernel.geometry import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class TimesTable:
    """Minutes from each of n points to each of m; ``minutes`` is (n, m), inf = unreachable.

    ``ends`` are the (n, 2) and (m, 2) lon/lat degrees of the points. ``how`` are French sentences:
    engine, speeds, timetables. ``day`` is the day whose timetable was read, None where no timetable
    was.
    """

    origins: tuple[str, ...]
    destinations: tuple[str, ...]
    minutes: FloatArray
    how: tuple[str, ...]
    day: dt.date | None
    findings: tuple[Finding, ...]
    ends: tuple[FloatArray, FloatArray]
