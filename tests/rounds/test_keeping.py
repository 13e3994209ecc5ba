"""A month kept to: its weeks, what falls of it, what is past, and what is told of the changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.rounds.months import AMES, OPERATOR, TODAY, asked, grounded, small_month

from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.french import FIXED
from maillage.kernel.progress import Silent
from maillage.rounds.bounded import BoundedRounds
from maillage.rounds.changes_words import changes_words
from maillage.rounds.checks import violations
from maillage.rounds.keeping import (
    KeptTo,
    asked_again,
    before_of,
    brought_to,
    kept_plan,
    what_is_left,
)
from maillage.rounds.model import Frequency, Range, RoundPlan, RoundProblem
from maillage.rounds.month import Changes, HeldStop

HABITS = (20.0, 15)
MONDAY = dt.date(2027, 1, 4)


def the_stops() -> tuple[HeldStop, ...]:
    """Return the stops of the small month, none received before 10 o'clock: the road is long."""
    return tuple(
        replace(
            stop,
            sessions=tuple(
                replace(one, received=Range(600, 720)) if one.received.start < 600 else one
                for one in stop.sessions
            ),
        )
        for stop in small_month().stops
    )


def kept_to(**told: object) -> KeptTo:
    """Return the small month, to keep to."""
    kept = KeptTo(OPERATOR, small_month().days, the_stops())
    return replace(kept, **told)  # type: ignore[arg-type]


def kept_on(today: dt.date = TODAY, **told: object) -> tuple[RoundProblem, RoundPlan, Changes]:
    """Return the problem left, the plan that keeps to the small month, and what it changes."""
    kept = kept_to(**told)
    problem = grounded(wanted=asked_again(asked(), kept, today)).problem
    before = before_of(problem, kept)
    left = what_is_left(problem, before, kept, today)
    anew = BoundedRounds(*HABITS).solve(left, Budget(iterations=2), Silent())
    return left, *kept_plan(left, before, anew, (kept.moves, today), HABITS)


def said(changes: Changes) -> str:
    """Return what is told of the changes, a sentence a line."""
    return "\n".join(changes_words(changes)).replace(FIXED, " ")


def test_where_nothing_falls_nothing_changes() -> None:
    """The month is the same, to the minute, and it is said."""
    _, plan, changes = kept_on()
    assert len(plan.sessions) == 7
    assert (changes.moved, changes.dropped, changes.added) == ((), (), ())
    assert changes.people_before == changes.people_left == changes.people
    assert "Rien ne change" in said(changes)


def test_a_stop_that_falls_takes_its_sessions_and_no_other() -> None:
    """Without Ames, its two sessions go; the five others stay; the time goes to somebody else."""
    left, plan, changes = kept_on(fallen=("Ames",))
    assert {one.stop.commune for one in changes.dropped} == {"Ames"}
    assert (len(changes.dropped), changes.moved) == (2, ())
    assert changes.people_left < changes.people
    assert violations(left, plan) == ()
    assert "Sur 7 venues, 5 restent où elles étaient" in said(changes)
    assert "Mairie, place d'Ames : la venue du mardi 5 janvier à 14 h est supprimée." in said(
        changes
    ).replace("de Ames", "d'Ames")


def test_a_day_lost_is_caught_up_the_same_week() -> None:
    """The weekly session of a lost Tuesday passes to another day of its week, and it is told so."""
    day = dt.date(2027, 1, 12)
    _, plan, changes = kept_on(lost=(day,))
    assert all(plan_day != day for plan_day in (one.date for _, one in changes.moved))
    assert [one.date for one, _ in changes.moved] == [day]
    assert "la venue du mardi 12 janvier à 10 h passe au " in said(changes)
    assert len(plan.sessions) == 7
    assert changes.people_left < changes.people


def test_what_is_past_neither_changes_nor_counts_as_a_change() -> None:
    """From the middle of the month on, the stop that falls keeps what it has held."""
    today = dt.date(2027, 1, 11)
    left, plan, changes = kept_on(today, fallen=("Ames",))
    first = [one for one in plan.sessions if left.dates[one.date] < today]
    assert changes.n_past == 3
    assert len(first) <= 3
    assert all(one.date >= today for one in changes.dropped)
    assert "Les 3 venues d'avant aujourd'hui ont eu lieu" in said(changes)


def test_a_month_that_is_over_gives_the_next_the_same() -> None:
    """Four weeks later, each session stands on the same weekday at the same hour."""
    kept = kept_to()
    again = asked_again(asked(), kept, dt.date(2027, 2, 1))
    assert again.start == MONDAY + dt.timedelta(days=28)
    assert again.most_sessions == 7
    later = brought_to(kept, again.start)
    pairs = zip(kept.stops, later.stops, strict=True)
    assert all(
        two.date - one.date == dt.timedelta(days=28)
        for old, new in pairs
        for one, two in zip(old.sessions, new.sessions, strict=True)
    )


def test_what_is_asked_goes_before_what_was_done() -> None:
    """A first day, a number of sessions, frequencies that are told are not those of before."""
    told = asked(start=MONDAY, most_sessions=3, frequencies=(Frequency.MONTHLY,))
    again = asked_again(told, kept_to(), dt.date(2027, 3, 1))
    assert (again.start, again.most_sessions) == (MONDAY, 3)
    assert again.frequencies == (Frequency.MONTHLY,)


def test_a_stop_is_known_by_its_name_once_its_id_has_changed() -> None:
    """Adopted, a town hall is a lieu of the directory: its sessions are still its own."""
    stops = tuple(
        replace(
            one,
            stop=replace(one.stop, id="lieu-1") if one.stop.code_insee == AMES else one.stop,
        )
        for one in the_stops()
    )
    kept = kept_to(stops=stops)
    problem = grounded().problem
    assert before_of(problem, kept).plan.sessions == before_of(problem, kept_to()).plan.sessions


def test_a_place_that_is_no_longer_there_is_told_to_be_dropped() -> None:
    """A stop that no candidate is any more is not passed over in silence."""
    first, *others = the_stops()
    gone = replace(first.stop, id="nowhere", name="Salle démolie")
    sessions = tuple(replace(one, stop=gone) for one in first.sessions)
    lost = replace(first, stop=gone, sessions=sessions)
    _, _, changes = kept_on(stops=(lost, *others))
    assert {one.stop.name for one in changes.dropped} == {"Salle démolie"}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            {"fallen": ("Paris",)},
            "aucun arrêt du plan d'avant ne s'appelle « Paris » ; il tient : ",
        ),
        ({"lost": (dt.date(2027, 1, 10),)}, "aucun véhicule ne sort le 10 janvier 2027"),
    ],
)
def test_what_cannot_fall_is_told(told: dict[str, object], words: str) -> None:
    """A stop that was not held, a day when nobody went out: a sentence, with what there is."""
    with pytest.raises(ImpossibleDemand) as refused:
        kept_on(**told)  # type: ignore[arg-type]
    assert words in str(refused.value).replace(FIXED, " ")


def test_other_vehicles_ask_for_the_file_of_before() -> None:
    """Two vehicles of before and one now: nobody guesses which is which."""
    first, *others = the_stops()
    sessions = tuple(replace(one, vehicle="Bus B") for one in first.sessions)
    kept = kept_to(stops=(replace(first, sessions=sessions), *others))
    with pytest.raises(ImpossibleDemand, match="Bus B"):
        before_of(grounded().problem, kept)
