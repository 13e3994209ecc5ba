"""Weeks of opening in the three clothes of public files."""

from __future__ import annotations

import json

import pytest
from opening_hours import OpeningHours

from maillage.demo import kinds
from maillage.demo.opening import day_text, osm, town_hall_json, week

WEEK = week("0134", "09:00-12:00", "13:30-17:00", saturday="09:00-12:00")


def test_osm() -> None:
    """Days that open alike are put together."""
    assert (
        osm(WEEK) == "Mo-Tu 09:00-12:00,13:30-17:00; Th-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00"
    )


def test_day_text() -> None:
    """A day is written as in the France Services file, a closed day is not told."""
    assert day_text(WEEK[0]) == "09:00 - 12:00 / 13:30 - 17:00"
    assert day_text(WEEK[2]) is None


def test_town_hall_json() -> None:
    """A week is written as in the file of town halls."""
    told = json.loads(town_hall_json(WEEK))
    assert told[0] == ["lundi", "mardi", [["09:00:00", "12:00:00"], ["13:30:00", "17:00:00"]]]
    assert told[-1] == ["samedi", "samedi", [["09:00:00", "12:00:00"]]]


@pytest.mark.parametrize("kind", [k for k in vars(kinds).values() if isinstance(k, kinds.Kind)])
def test_every_kind_opens(kind: kinds.Kind) -> None:
    """Every week that a kind of place can keep is understood by the hours library."""
    assert kind.hours
    for opening in kind.hours:
        assert OpeningHours(osm(opening))
