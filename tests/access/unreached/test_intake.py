"""Candidate venues that the user lists: what is told is kept, what is doubtful is shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import BETHUNE, east_of
from tests.squares import two_squares

from maillage.access.unreached.intake import read_venues
from maillage.access.unreached.model import Venue, VenueKind
from maillage.access.unreached.venues import Venues
from maillage.kernel.errors import UnusableFile
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
SQUARES = two_squares()
LAND = replace(
    SQUARES,
    zones=tuple(
        replace(zone, name=name)
        for zone, name in zip(SQUARES.zones, ("Béthune", "Saint-Venant"), strict=True)
    ),
)
THERE = f"{BETHUNE.lon},{BETHUNE.lat}"
NEXT = east_of(BETHUNE, 4.0)


def read(folder: Path, header: str, *rows: str) -> Venues:
    """Read a list of venues."""
    path = folder / "lieux.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return read_venues(path, LAND, PARAMETERS)


def codes(told: Venues) -> list[str]:
    """Return the code of each finding."""
    return [one.code for one in told.findings]


def test_what_is_told_is_kept(tmp_path: Path) -> None:
    """Name, commune, point, half-days of the hours and room; other columns do no harm."""
    header = "id,nom,commune,longitude,latitude,horaires,places,avis"
    told = read(
        tmp_path, header, f'salle,Salle des fêtes,BETHUNE,{THERE},"Mo,Tu 09:00-12:00",2,bien'
    )
    assert told.venues == (
        Venue(
            "salle",
            "Salle des fêtes",
            "62000",
            "Béthune",
            BETHUNE.lon,
            BETHUNE.lat,
            VenueKind.GIVEN,
            frozenset({0, 2}),
            2,
        ),
    )
    assert told.findings == ()


def test_what_is_not_told_is_not_known(tmp_path: Path) -> None:
    """Without hours nor room both are unknown; the line names it, the contour tells the commune."""
    told = read(tmp_path, "nom,lon,lat", f"Salle,{NEXT.lon},{NEXT.lat}")
    (venue,) = told.venues
    assert (venue.id, venue.code_insee, venue.half_days, venue.room) == (
        "candidat-2",
        "62001",
        None,
        None,
    )
    assert told.findings == ()


def test_venues_are_in_order_of_id(tmp_path: Path) -> None:
    """Whatever the order of the rows."""
    told = read(tmp_path, "id,lon,lat", f"b,{THERE}", f"a,{THERE}")
    assert [venue.id for venue in told.venues] == ["a", "b"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("x,Salle,,62000,,,,", "venue-unplaced"),
        ("x,Salle,,62000,2.64,quarante,,", "venue-unplaced"),
        ("x,Salle,,62000,264,50.5,,", "venue-unplaced"),
        (f"x,Salle,,75056,{THERE},,", "venue-commune-unknown"),
        (f"x,Salle,Paris,,{THERE},,", "venue-commune-unknown"),
        ("x,Salle,,,3.9,50.5,,", "venue-commune-unknown"),
        (f"good,Double,,62000,{THERE},,", "venue-twice"),
    ],
)
def test_a_row_that_cannot_be_used_is_shown_and_set_aside(
    tmp_path: Path, row: str, code: str
) -> None:
    """No point, a commune that nobody knows, an id twice: one finding, the others stay."""
    header = "id,nom,commune,code_insee,lon,lat,horaires,places"
    told = read(tmp_path, header, f"good,Bonne,,62000,{THERE},,", row)
    assert [venue.name for venue in told.venues] == ["Bonne"]
    assert codes(told) == [code]
    assert told.findings[0].where.line == 3


@pytest.mark.parametrize(
    ("row", "code", "half_days"),
    [
        (f"x,,62000,{THERE},ouvert quand il fait beau,", "hours-unreadable", None),
        (f"x,,62000,{THERE},Mo 12:00-13:00,", "venue-never-open", frozenset[int]()),
        (f"x,,62000,{THERE},,deux", "venue-room-unreadable", None),
        (f"x,,62000,{THERE},,0", "venue-room-unreadable", None),
        (f"x,St Venant,,{THERE},,", "venue-commune-other", None),
    ],
)
def test_what_is_doubtful_is_shown_and_the_venue_kept(
    tmp_path: Path, row: str, code: str, half_days: frozenset[int] | None
) -> None:
    """Hours or room not understood are unknown; a point of another commune is told."""
    told = read(tmp_path, "id,commune,code_insee,lon,lat,horaires,places", row)
    (venue,) = told.venues
    assert codes(told) == [code]
    assert (venue.half_days, venue.room) == (half_days, None)


@pytest.mark.parametrize(
    ("header", "row"), [("nom,commune", "Salle,Béthune"), ("nom,lon,lat", "Salle,,")]
)
def test_a_list_without_any_usable_place_is_refused(tmp_path: Path, header: str, row: str) -> None:
    """No columns of coordinates, or no row with any."""
    with pytest.raises(UnusableFile):
        read(tmp_path, header, row)
