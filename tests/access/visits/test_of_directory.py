"""What visits are made to in a territory: permanences known by place and by service."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from tests.access.strategies import directories
from tests.builders import BETHUNE, DEMARCHES, OUTILS, Place, east_of, make_directory

from maillage.access.visits.calendar import days_of
from maillage.access.visits.model import Certainty
from maillage.access.visits.of_directory import presences_of
from maillage.directory.model import Directory
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 7))
DAYS = days_of(dt.date(2026, 9, 7))
HOURS = "Mo-Fr 09:00-12:00"


def test_only_what_can_be_visited_for_something_counts() -> None:
    """A lieu that stands nowhere, or a permanence whose services nobody told, is left out."""
    directory = make_directory(
        Place(BETHUNE, ((DEMARCHES, OUTILS), None), horaires=HOURS),
        Place(None, horaires=HOURS),
        Place(east_of(BETHUNE, 3.0), in_territory=False, horaires=HOURS),
    )
    to = presences_of(directory, DAYS, PARAMETERS)
    assert [(one.permanence_id, one.lieu_id, one.services) for one in to.presences] == [
        ("permanence-0000-0", "lieu-0000", {DEMARCHES, OUTILS}),
        ("permanence-0002-0", "lieu-0002", {DEMARCHES}),
    ]
    assert to.places["lieu-0000"].tolist() == [BETHUNE.lon, BETHUNE.lat]


def test_hours_are_told_or_usual_or_unknown() -> None:
    """Told hours are certain, untold ones possible, and nothing is supposed of what moves."""
    directory = make_directory(
        Place(BETHUNE, horaires=HOURS), Place(BETHUNE), Place(BETHUNE, itinerant=True)
    )
    opened = presences_of(directory, DAYS, PARAMETERS).opened
    assert [{one.certainty for one in opened[key]} for key in sorted(opened)] == [
        {Certainty.CERTAIN},
        {Certainty.POSSIBLE},
        {None},
    ]


@given(directory=directories)
def test_every_presence_has_a_place_and_its_days(directory: Directory) -> None:
    """Each presence stands somewhere and tells every day, whatever the order of the directory."""
    to = presences_of(directory, DAYS, PARAMETERS)
    for one in to.presences:
        assert one.lieu_id in to.places
        assert [opening.date for opening in to.opened[one.permanence_id]] == list(DAYS)
    turned = replace(directory, permanences=directory.permanences[::-1])
    assert presences_of(turned, DAYS, PARAMETERS).presences == to.presences
