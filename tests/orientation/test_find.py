"""Laws of orienting that hold whatever the directory and the situation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import BETHUNE, DEMARCHES, OUTILS, Place, east_of, make_directory
from tests.orientation.scenes import ON, PARAMETERS, desk, desk_over, need_of, permanence_of

from maillage.access.visits.model import Certainty
from maillage.directory.model import Directory
from maillage.orientation.find import find_help
from maillage.orientation.model import Going, Orientation, Person, Reason, Situation, When
from maillage.orientation.needs.model import Need, Who
from maillage.standard import mednum

HOURS = ("Mo-Fr 09:00-12:00", "Tu 14:00-17:00", "We 09:00-10:30", "off", "24/7", None)
COSTS = ((mednum.Frais.GRATUIT,), (mednum.Frais.PAYANT,), None)
DAYS = [ON + dt.timedelta(days=n) for n in range(1, 8)]
NEED = Need(DEMARCHES, 1.0, None, ())
HOME = Situation((NEED,), "62000", going=Going.CAR)

places = st.builds(
    lambda km, gives, hours, cost, moves: Place(
        point=None if km is None else east_of(BETHUNE, km),
        gives=gives,
        horaires=hours,
        itinerant=moves,
        record={"frais_a_charge": cost},
    ),
    st.one_of(st.none(), st.sampled_from((0.2, 1.0, 3.0, 12.0, 29.0, 200.0))),
    st.sampled_from((((DEMARCHES,),), ((OUTILS,),), (None,), ((DEMARCHES,), (DEMARCHES, OUTILS)))),
    st.sampled_from(HOURS),
    st.sampled_from(COSTS),
    st.booleans(),
)
directories = st.lists(places, max_size=6).map(lambda some: make_directory(*some))
situations = st.builds(
    lambda going, days, free: replace(
        HOME,
        going=going,
        when=When(tuple(sorted(days)) or None),
        person=Person(free_only=free),
    ),
    st.sampled_from((Going.WALK, Going.BICYCLE, Going.CAR)),
    st.sets(st.sampled_from(DAYS), max_size=3),
    st.booleans(),
)


def ask(directory: Directory, situation: Situation = HOME) -> Orientation:
    """Return the answer of a desk over a directory."""
    return find_help(situation, desk_over(directory))


def proposed(found: Orientation) -> list[str]:
    """Return the permanences proposed, in order."""
    return [one.permanence_id for one in found.proposals]


@given(directories, situations)
@settings(max_examples=30, deadline=None)
def test_who_is_proposed_is_not_refused(directory: Directory, situation: Situation) -> None:
    """At most three are proposed; every other candidate is refused once, none both."""
    found = ask(directory, situation)
    refused = [one.permanence_id for one in found.refusals]
    known = desk_over(directory)
    near = {
        known.candidates.each[int(at)].permanence.id for at in known.near(known.home(situation))[0]
    }
    assert len(found.proposals) <= 3
    assert len(set(refused)) == len(refused)
    assert set(refused) | set(proposed(found)) == near
    assert not set(refused) & set(proposed(found))
    good = [one for one in found.proposals if not one.least_bad]
    assert (found.unmet is None) == bool(good)
    assert not good or good == list(found.proposals)


@given(directories, situations)
@settings(max_examples=30, deadline=None)
def test_nobody_is_sent_to_a_closed_door(directory: Directory, situation: Situation) -> None:
    """Every visit is within what opens that day, whole, and on a day asked unless it is said."""
    found = ask(directory, situation)
    desk_there = desk_over(directory)
    opened = {one.permanence.id: one.opened for one in desk_there.candidates.each}
    for one in found.proposals:
        visit = one.visit
        if visit is None:
            continue
        day = next(each for each in opened[one.permanence_id] if each.date == visit.date)
        assert any(a * 60 <= visit.start and visit.end <= b * 60 for a, b in day.ranges)
        assert visit.leave <= visit.start < visit.end <= visit.back
        wanted = situation.when.days or desk_there.next_open_days()
        assert one.least_bad or visit.date in wanted


@given(directories, situations, st.integers(0, 24 * 3600))
@settings(max_examples=30, deadline=None)
def test_nobody_is_sent_back_in_time(directory: Directory, situation: Situation, now: int) -> None:
    """From an hour told on, today is one of the days looked at, and nobody leaves before it."""
    when = When(None, situation.when.half_days, now)
    found = ask(directory, replace(situation, when=when))
    desk_there = desk_over(directory)
    days = desk_there.next_open_days(today=True)
    assert desk_there.on in days
    for one in found.proposals:
        if one.visit is not None and not one.least_bad:
            assert one.visit.date in days
            assert one.visit.date > desk_there.on or one.visit.leave >= now


def test_today_comes_first_while_there_is_time() -> None:
    """A door open all day is proposed today in the morning, another day once it is too late."""
    directory = make_directory(Place(east_of(BETHUNE, 0.2), horaires="24/7"))
    told = replace(HOME, going=Going.WALK)
    dates = []
    for hour in (9, 23):
        found = ask(directory, replace(told, when=When(None, None, hour * 3600)))
        (one,) = found.proposals
        assert one.visit is not None
        dates.append(one.visit.date)
    on = desk_over(directory).on
    assert dates[0] == on < dates[1]
    later = ask(directory, replace(told, when=When((on,), None, 23 * 3600)))
    assert [one.least_bad for one in later.proposals] == [True]


@given(directories, situations)
@settings(max_examples=20, deadline=None)
def test_more_days_are_never_fewer_choices(directory: Directory, situation: Situation) -> None:
    """Who can come on more days finds at least as many permanences."""

    def possible(days: Sequence[dt.date]) -> set[str]:
        """Return the permanences that can be gone to on some days."""
        found = ask(directory, replace(situation, when=When(tuple(days))))
        also = {Reason.SAME_LIEU, Reason.RANKED_LOWER}
        good = {one.permanence_id for one in found.proposals if not one.least_bad}
        return good | {one.permanence_id for one in found.refusals if one.reason in also}

    assert possible(DAYS[:2]) <= possible(DAYS[:5])


@given(directories, situations, st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_directory_changes_nothing(
    directory: Directory, situation: Situation, chance: object
) -> None:
    """The same directory told in another order gives the same answer."""
    turned = Directory(
        directory.structures[::-1],
        directory.lieux[::-1],
        directory.services[::-1],
        directory.permanences[::-1],
    )
    assert ask(turned, situation) == ask(directory, situation)


@given(directories, situations)
@settings(max_examples=20, deadline=None)
def test_one_more_out_of_reach_changes_nothing(directory: Directory, situation: Situation) -> None:
    """A permanence that is too far to be looked at leaves the answer as it was."""
    far = make_directory(Place(east_of(BETHUNE, 500.0), horaires="24/7"))
    more = Directory(
        (*directory.structures, *(replace(one, id="structure-z") for one in far.structures)),
        (*directory.lieux, *(replace(one, id="lieu-z") for one in far.lieux)),
        (
            *directory.services,
            *(replace(one, id="service-z", structure_id="structure-z") for one in far.services),
        ),
        (
            *directory.permanences,
            replace(
                far.permanences[0],
                id="permanence-z",
                structure_id="structure-z",
                lieu_id="lieu-z",
                service_ids=("service-z",),
            ),
        ),
    )
    assert ask(more, situation) == ask(directory, situation)


def test_of_too_many_the_nearest_are_looked_at() -> None:
    """Where a desk knows more than it looks at, those far away are left out first."""
    three = make_directory(*[Place(east_of(BETHUNE, km)) for km in (9.0, 1.0, 5.0)])
    few = PARAMETERS.replaced("orientation.candidates.most", 2)
    near, km = desk_over(three, few).near(desk().home(HOME))
    assert near.tolist() == [1, 2]
    assert km.round().tolist() == [1.0, 5.0]


def test_not_three_times_the_same_lieu() -> None:
    """Two permanences of a lieu at most, and another lieu before the second of the same."""
    best = Place(BETHUNE, ((DEMARCHES,),) * 4, horaires="Mo-Fr 09:00-12:00")
    other = Place(east_of(BETHUNE, 20.0), horaires="Th 09:00-12:00")
    lieux = [one.lieu_id for one in ask(make_directory(best, other)).proposals]
    assert sorted(lieux) == ["lieu-0000", "lieu-0000", "lieu-0001"]
    assert len(ask(make_directory(best)).proposals) == 2


def test_the_answer_rate_counts_where_it_is_known() -> None:
    """Of two alike, the structure that answers comes first; untold, the criterion is absent."""
    two = make_directory(*[Place(BETHUNE, horaires="Mo-Fr 09:00-12:00")] * 2)
    rates = {"structure-0000-0": 0.2, "structure-0001-0": 0.9}
    found = find_help(HOME, desk_over(two, answer_rates=rates))
    assert proposed(found) == ["permanence-0001-0", "permanence-0000-0"]
    assert "answers" in {one.code for one in found.proposals[0].criteria}
    assert "answers" not in {one.code for one in ask(two).proposals[0].criteria}


def test_the_score_is_the_mean_of_what_is_shown() -> None:
    """Each criterion is shown with its value and weight, and they make the score."""
    for one in find_help(replace(HOME, needs=(need_of("compte-ameli"),)), desk()).proposals:
        total = sum(each.weight for each in one.criteria)
        mean = sum(each.weight * each.value for each in one.criteria) / total
        assert one.score == pytest.approx(mean, abs=2e-3)
        assert all(each.sentence for each in one.criteria)


def test_who_may_do_the_formality_is_told() -> None:
    """With a mandate, a training or a partner: who is habilitated for it is worth more, and why."""
    need = need_of("compte-ameli")
    assert need.errand is not None
    how = {one.who: one.how for one in need.errand.may_do}
    by_id = {
        one.permanence_id: {each.code: each for each in one.criteria}["errand"]
        for one in find_help(replace(HOME, needs=(need,)), desk()).proposals
    }
    mandate = by_id[permanence_of("mairie")]
    partner = by_id[permanence_of("france-services")]
    assert (mandate.value, mandate.sentence) == (1.0, how[Who.AIDANTS_CONNECT])
    assert (partner.value, partner.sentence) == (0.8, how[Who.FRANCE_SERVICES])
    assert by_id[permanence_of("sante")].value < partner.value


def test_hours_that_are_usual_only_are_to_be_checked() -> None:
    """A place that tells no hours is supposed open as usual, ranked lower, and to be called."""
    two = make_directory(Place(BETHUNE), Place(BETHUNE, horaires="Mo-Fr 09:00-12:00"))
    sure, supposed = ask(two).proposals
    assert sure.permanence_id == "permanence-0001-0"
    assert supposed.visit is not None
    assert supposed.visit.certainty is Certainty.POSSIBLE
    assert supposed.to_check
    assert not sure.to_check


def test_a_day_that_the_desk_does_not_open_is_refused() -> None:
    """Far days, unknown communes and no need at all are errors, not empty answers."""
    late = replace(HOME, when=When((dt.date(2027, 1, 4),)))
    with pytest.raises(ValueError, match="2027-01-04"):
        find_help(late, desk())
    with pytest.raises(LookupError):
        find_help(replace(HOME, code_insee="99999"), desk())
    with pytest.raises(ValueError, match="no need"):
        find_help(replace(HOME, needs=()), desk())


def test_reduced_mobility_walks_less_far() -> None:
    """Who climbs no step reaches fewer places on foot."""
    walking = replace(HOME, going=Going.WALK)
    slow = replace(walking, person=Person(reduced_mobility=True))
    refused = {one.permanence_id: one.reason for one in find_help(slow, desk()).refusals}
    assert refused[permanence_of("sante")] is Reason.TOO_FAR
    assert permanence_of("sante") in proposed(find_help(walking, desk()))
    assert PARAMETERS.on == ON
