"""Times, days, durations and yes-or-no as NeTEx writes them."""

from __future__ import annotations

import pytest

from maillage.access.intake.netex_values import flag, has_zone, offset, seconds, span


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("00:00:00", 0),
        ("08:05:09", 29_109),
        ("08:05", 29_100),
        ("08:05:09.500", 29_109),
        ("24:00:00", 86_400),
        ("08:05:09+01:00", 29_109),
        ("8h05", None),
        ("08:60:00", None),
        ("08:00:61", None),
        ("", None),
    ],
)
def test_times_are_seconds(told: str, expected: int | None) -> None:
    """A time is read to the whole second, what is no time is not."""
    assert seconds(told) == expected


def test_a_zone_is_seen() -> None:
    """Only times that carry a zone have one."""
    assert [has_zone(t) for t in ("08:00:00Z", "08:00:00-02:00", "08:00:00", "08:00:00.25")] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("PT20M", 1200),
        ("PT1H5M", 3900),
        ("P1DT1S", 86_401),
        ("PT90S", 90),
        ("PT1.5S", 1),
        ("PT0S", 0),
        ("PT", None),
        ("P", None),
        ("P1M", None),
        ("20", None),
        ("PT99999999999S", None),
    ],
)
def test_durations_are_seconds(told: str, expected: int | None) -> None:
    """A duration of days to seconds is read; months, and what passes a week, are not."""
    assert span(told) == expected


def test_days_and_flags_fall_back_on_nothing_told() -> None:
    """No number of days is None, and no yes or no is what the profile presumes."""
    assert [offset(t) for t in ("", "0", "1", "-1", "demain", "1.5")] == [
        None,
        0,
        1,
        -1,
        None,
        None,
    ]
    assert [flag(t, default=True) for t in ("", "true", "1", "false", "0")] == [
        True, True, True, False, False,
    ]  # fmt: skip
