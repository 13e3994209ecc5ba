"""Laws of the usual hours: open where half of the places are, and the parameters say so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from bench.national_places import read_national
from bench.usual_hours import LEAST, told_week, told_weeks, typologies_of, usual

from maillage.directory.week import osm_of, week_of
from maillage.kernel.parameters import load_parameters
from maillage.standard import mednum
from maillage.standard.record import MednumRecord

PARAMETERS = load_parameters(dt.date(2026, 11, 22))


def test_half_of_the_places_open_make_it_usual() -> None:
    """Two of four open from 9 to 10, all until 11, one until 12; quarters half open don't count."""
    told = ["Mo 09:00-11:00", "Mo 09:05-11:00", "Mo 10:00-12:00", "Mo 09:00-11:00"]
    assert osm_of(usual([week_of(hours) for hours in told])) == "Mo 09:00-11:00"


@pytest.mark.parametrize("hours", [None, "24/7", "Sa 09:00-12:00", "off"])
def test_what_says_nothing_of_a_week_is_left_out(hours: str | None) -> None:
    """No hours, all hours, or what a conversion left of them."""
    assert told_week(MednumRecord("a", horaires=hours)) is None


def test_a_place_that_moves_is_left_out() -> None:
    """Its hours are those of one stop."""
    moving = (mednum.Itinerance.ITINERANT,)
    assert told_week(MednumRecord("a", horaires="Mo 09:00-12:00", itinerance=moving)) is None


def test_a_name_tells_the_typologie_where_nothing_else_does() -> None:
    """A told typologie is believed first."""
    assert typologies_of(MednumRecord("a", nom="Médiathèque Élie Wiesel")) == ["BIB"]
    assert typologies_of(MednumRecord("a", nom="Chez Paul")) == []
    both = MednumRecord("a", nom="Mairie", typologie=(mednum.Typologie.RFS,))
    assert typologies_of(both) == ["RFS"]


@pytest.mark.mirror
@pytest.mark.full
def test_the_parameters_are_what_the_files_tell(mirror: Path) -> None:
    """Every usual hour of ``visits.yaml`` is computed, and none is forgotten."""
    told = told_weeks(sourced.record for sourced in read_national(mirror))
    computed = {
        "default" if code == "*" else code: osm_of(usual(weeks))
        for code, weeks in told.items()
        if len(weeks) >= LEAST
    }
    prefix = "visits.usual_hours."
    dated = {one.name.removeprefix(prefix): one.value for one in PARAMETERS.under(prefix[:-1])}
    assert dated == computed
