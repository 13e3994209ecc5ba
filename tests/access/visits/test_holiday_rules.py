"""Laws of the rules of opening hours that speak of holidays."""

from __future__ import annotations

import pytest

from maillage.access.visits.holiday_rules import rules_on, speaks_of

PLAIN, PH, SH = frozenset[str](), frozenset({"PH"}), frozenset({"SH"})


@pytest.mark.parametrize(
    ("hours", "holidays", "expected"),
    [
        ("Mo-Fr 09:00-12:00", PH, "Mo-Fr 09:00-12:00"),
        ("Mo-Fr 09:00-12:00; PH off", PLAIN, "Mo-Fr 09:00-12:00"),
        ("Mo-Fr 09:00-12:00; PH off", PH, "Mo-Fr 09:00-12:00; off"),
        ("Mo-Fr 09:00-12:00; PH,SH off", SH, "Mo-Fr 09:00-12:00; off"),
        ("Mo-Fr,SH 09:00-12:00", PLAIN, "Mo-Fr 09:00-12:00"),
        ("Mo-Fr,SH 09:00-12:00", SH, "09:00-12:00"),
        ("SH Mo-Fr 10:00-11:00", SH, "Mo-Fr 10:00-11:00"),
        ("SH Mo-Fr 10:00-11:00", PLAIN, "off"),
        ("Jul-Aug SH Mo 10:00-11:00", SH, "Jul-Aug Mo 10:00-11:00"),
        ('Mo 09:00-12:00 "fermé; SH"; SH off', PLAIN, 'Mo 09:00-12:00 "fermé; SH"'),
    ],
)
def test_rules_of_holidays_hold_on_their_days(
    hours: str, holidays: frozenset[str], expected: str
) -> None:
    """On a holiday its rules lose their sign; on other days they go."""
    assert rules_on(hours, holidays) == expected


@pytest.mark.parametrize(
    "hours", ["Mo 09:00-12:00, PH 10:00-11:00", "Mo 09:00-12:00 || PH off", "PH 9:00-10:00, SH off"]
)
def test_what_is_not_understood_is_not_told(hours: str) -> None:
    """Two holidays in one rule, or one after a time, are left to a human."""
    assert rules_on(hours, PH) is None


def test_a_comment_speaks_of_nothing() -> None:
    """Words between quotes are not rules."""
    assert speaks_of('Mo 09:00-12:00 "sauf PH"') == frozenset()
