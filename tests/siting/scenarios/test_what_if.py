"""« Et si on le met à Lillers plutôt qu'à Auchel ? »."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from tests.siting.scenarios.fields import EXACT, asked, goals, setting, settings, venue

from maillage.access.unreached.model import VenueKind
from maillage.kernel.errors import ImpossibleDemand, UnclearDemand
from maillage.siting.posts.judge import value
from maillage.siting.posts.model import Goal, Held
from maillage.siting.scenarios.named_venue import find_venue, find_venues, public_desks
from maillage.siting.scenarios.what_if import what_if, what_if_named
from maillage.siting.scenarios.worlds import Setting, worlds

VENUES = tuple(venue(number, None) for number in range(6))


@effort(max_examples=20)
@given(settings, goals)
def test_a_venue_in_its_own_place_changes_nothing(drawn: Setting, goal: Goal) -> None:
    """A venue swapped with itself gains and loses nobody."""
    both = worlds(drawn, asked(goal))
    held = EXACT.solve(both.low).held
    for one in {one.venue for one in held}:
        told = what_if(both, held, one, one)
        assert told.held == held
        assert (told.better_by.low, told.better_by.high) == (0, 0)
        assert told.gaining == told.losing == ()


@effort(max_examples=20)
@given(settings, goals, st.integers(0, 3))
def test_what_changes_sums_over_communes(drawn: Setting, goal: Goal, to_venue: int) -> None:
    """Gains less losses of communes are the people gained, and values are the judge's own."""
    both = worlds(drawn, asked(goal))
    held = EXACT.solve(both.low).held
    if not held:
        return
    told = what_if(both, held, held[0].venue, to_venue)
    assert told.after.low.value == value(both.low, told.held)
    changes = sum(one.people.low for one in (*told.gaining, *told.losing))
    assert np.isclose(changes, told.after.low.people - told.before.low.people)
    assert all(one.people.low > 0 or one.people.high > 0 for one in told.gaining)
    assert len(told.held) + told.unplaced == len(held)


@given(settings, st.integers(2, 3))
def test_one_half_day_moved_and_moved_back_is_worth_no_less(drawn: Setting, away: int) -> None:
    """A half-day put back where it came from finds there its old half-day, or a better one."""
    both = worlds(drawn, asked())
    held = (Held(0, 0), Held(1, 1))
    there = what_if(both, held, 0, away)
    back = what_if(both, there.held, away, 0)
    assert there.unplaced == back.unplaced == 0
    assert back.after.low.value >= value(both.low, held) - 1e-9


def test_a_place_is_found_by_commune_or_name() -> None:
    """Accents, case and hyphens do not matter; a commune, a name or an id each find a venue."""
    assert find_venue(VENUES, "NOEUX LES MINES") == 3
    assert find_venue(VENUES, "mairie 2") == 2
    assert find_venue(VENUES, "v5") == 5
    assert find_venue(VENUES, "lillers") == 2


def test_a_name_that_several_bear_is_told_with_its_commune() -> None:
    """What the choices and the plans call a venue, « nom » (commune) or commune, nom, finds it."""
    halls = tuple(replace(one, name="Mairie") for one in VENUES[:3])
    for told in ("« Mairie » (Lillers)", "Lillers, Mairie", "mairie lillers"):
        assert find_venue(halls, told) == 2


def test_a_name_of_several_communes_is_refused_with_its_choices() -> None:
    """A name that venues of several communes share is told as such, with the choices."""
    with pytest.raises(ImpossibleDemand, match=r"plusieurs lieux.*Mairie 0.*Auchel"):
        find_venues(VENUES, "mairie")


def test_an_unknown_name_lists_the_choices() -> None:
    """An unknown name is told as such: what is written nearly so, or that it is elsewhere."""
    with pytest.raises(
        UnclearDemand, match=r"^« Lilliers » n'est pas connu : vouliez-vous dire Lillers \?$"
    ):
        find_venues(VENUES, "Lilliers")
    with pytest.raises(UnclearDemand, match=r"« Paris » n'est pas dans le territoire.*Auchel"):
        find_venues(VENUES, "Paris")


def test_a_commune_means_its_public_desk_first() -> None:
    """France Services, then the town hall; any venue where the commune has neither."""
    kinds = (VenueKind.LIEU, VenueKind.TOWN_HALL, VenueKind.FRANCE_SERVICES)
    some = tuple(replace(VENUES[0], id=kind.code, kind=kind) for kind in kinds)
    assert public_desks(some, (0, 1, 2)) == (2, 1)
    assert public_desks(some, (0,)) == (0,)


def test_only_held_venues_can_be_left() -> None:
    """« plutôt qu'à Auchel » means a venue of the plan, not another of that commune."""
    assert find_venue(VENUES, "Auchel", among=(1, 4)) == 4


def test_the_question_of_an_elected_official_is_answered() -> None:
    """« À Lillers plutôt qu'à Auchel »: told by name, valued by the judge."""
    drawn = setting(8)
    both = worlds(drawn, asked())
    held = (Held(0, 0), Held(1, 1))
    told = what_if_named(both, held, drawn.venues, instead_of="auchel", at="LILLERS")
    assert (told.from_venue, told.to_venue) == (0, 2)
    assert {one.venue for one in told.held} == {1, 2}
    assert told.better_by.low == value(both.low, told.held) - value(both.low, held)
