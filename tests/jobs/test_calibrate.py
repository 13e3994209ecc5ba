"""The fit of the straight line to a table of times: what is impossible teaches nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from maillage.access.calibration import Fitted
from maillage.access.points import read_points
from maillage.access.travel import Mode
from maillage.jobs.calibrate import TIME_IMPOSSIBLE, TIME_UNREADABLE, calibrate_from
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 1))


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("0", TIME_IMPOSSIBLE.code),
        ("1e-300", TIME_IMPOSSIBLE.code),
        ("1e300", TIME_IMPOSSIBLE.code),
        ("-4", TIME_UNREADABLE.code),
    ],
)
def test_times_that_nobody_takes_are_left_out(tmp_path: Path, told: str, code: str) -> None:
    """Each is told, and the fit is that of the others."""
    points = [f"p{i},{2.6 + i / 100},50.5" for i in range(1, 13)]
    (tmp_path / "ends.csv").write_text("\n".join(["id,lon,lat", "o,2.6,50.5", *points]))
    ends = read_points(tmp_path / "ends.csv")
    times = [f"o,p{i},{2 * i}" for i in range(1, 12)]
    fits = []
    for name, rows in (("sound.csv", times), ("odd.csv", [*times, f"o,p12,{told}"])):
        (tmp_path / name).write_text("\n".join(["from_id,to_id,minutes", *rows]))
        path = tmp_path / name
        read = calibrate_from(path, (ends, ends), Mode.CAR, Fitted.SPEED, PARAMETERS)
        fits.append(read.fit)
    assert [finding.code for finding in read.findings] == [code]
    assert fits[0] is not None
    assert fits[0] == fits[1]
