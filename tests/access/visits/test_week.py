"""Laws of a week of visits."""

from __future__ import annotations

import random
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.access.visits.strategies import MONDAY, kinds, openings
from tests.access.visits.weeks import DAYS, NOON, Stand, day_visits, presences, week_of_stands
from tests.builders import DEMARCHES, OUTILS

from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.model import Certainty, Obstacle, OpeningOn, VisitKind
from maillage.access.visits.starts import starts
from maillage.access.visits.week import CERTAINTIES, VisitWeek
from maillage.access.visits.week_sums import visit_week
from maillage.directory.week import ALL_DAY

N_HOMES = 3
ROW, ANY = SERVICE_KEYS.index(DEMARCHES), SERVICE_KEYS.index(None)
SURE, MAYBE = range(2)
HOUR = VisitKind("essai", "60 minutes", 60, 60, 450, 1140, 90)
minutes = st.one_of(st.integers(0, 200).map(float), st.just(float("inf")))
stands = st.builds(
    Stand,
    minutes=st.tuples(*[minutes] * N_HOMES),
    openings=st.lists(openings, max_size=4, unique_by=lambda one: one.date).map(tuple),
    services=st.sampled_from([(DEMARCHES,), (OUTILS,), (DEMARCHES, OUTILS), ()]),
)
towns = st.lists(stands, max_size=4)


def flat(week: VisitWeek) -> list[object]:
    """Return every array of a week in plain lists."""
    arrays = [week.half_days, week.earliest]
    for part in (week.best, week.obstacles):
        arrays += [getattr(part, field.name) for field in fields(part)]
    return [array.tolist() for array in arrays]


def told(
    *ranges: tuple[int, int], day: int = 0, certainty: Certainty | None = Certainty.CERTAIN
) -> OpeningOn:
    """Return an opening of the week."""
    return OpeningOn(DAYS[day], ranges, certainty)


def alone(*stands: Stand, kind: VisitKind = HOUR) -> VisitWeek:
    """Return the week of a single home."""
    return week_of_stands(stands, kind, 1)


def test_two_places_open_the_same_morning_make_one_half_day() -> None:
    """And the nearest of them is the best visit, begun as late as may be."""
    week = alone(Stand((20.0,), (told((540, 720)),)), Stand((10.0,), (told((540, 720)),)))
    assert week.half_days[ROW, SURE, 0] == 1
    best = week.best
    assert (best.presence[ROW, SURE, 0], best.day[ROW, SURE, 0]) == (1, 0)
    assert best.leave[ROW, SURE, 0] == 10 * 3600 + 50 * 60
    assert best.start[ROW, SURE, 0] == 11 * 3600
    assert best.back[ROW, SURE, 0] == 12 * 3600 + 10 * 60
    assert week.obstacles.number[ROW, SURE, 0] == Obstacle.NONE.number


def test_half_days_are_counted_over_the_week() -> None:
    """Monday morning and afternoon, and Thursday: three; the earliest is Monday."""
    week = alone(Stand((5.0,), (told((540, 720), (840, 1020)), told((840, 1020), day=3))))
    assert week.half_days[[ROW, ANY], SURE, 0].tolist() == [3, 3]
    assert week.earliest[ROW, SURE, 0] == 0


def test_the_earliest_day_is_not_always_the_best() -> None:
    """A far place on Tuesday, a near one on Friday."""
    far, near = told((540, 720), day=1), told((540, 720), day=4)
    week = alone(Stand((40.0,), (far,)), Stand((5.0,), (near,)))
    assert (week.earliest[ROW, SURE, 0], week.best.day[ROW, SURE, 0]) == (1, 4)


def test_a_service_that_nobody_gives_says_so() -> None:
    """No presence gives it: neither hours nor ways are to blame."""
    week = alone(Stand((5.0,), (told((540, 720)),)))
    other = SERVICE_KEYS.index(OUTILS)
    assert week.obstacles.number[other, :, 0].tolist() == [Obstacle.NO_SERVICE.number] * 2
    assert week.obstacles.presence[other, SURE, 0] == -1


@pytest.mark.parametrize(
    ("stand", "sure", "maybe"),
    [
        (Stand((5.0,), (told(certainty=None),)), "UNKNOWN_HOURS", "UNKNOWN_HOURS"),
        (Stand((5.0,), (told((540, 720), certainty=Certainty.POSSIBLE),)), "UNKNOWN_HOURS", "NONE"),
        (Stand((5.0,), (told((540, 570)),)), "CLOSED", "CLOSED"),
        (Stand((5.0,), (told(certainty=Certainty.POSSIBLE),)), "UNKNOWN_HOURS", "CLOSED"),
        (Stand((float("inf"),), (told((540, 720)),)), "NO_WAY_OUT", "NO_WAY_OUT"),
        (Stand((50.0,), (told((540, 720)),)), "TOO_LONG", "TOO_LONG"),
    ],
)
def test_what_stands_in_the_way_is_told(stand: Stand, sure: str, maybe: str) -> None:
    """Certain and possible visits have their own obstacle, and it names its place."""
    week = alone(stand)
    numbers = [Obstacle[name].number for name in (sure, maybe)]
    assert week.obstacles.number[ROW, :, 0].tolist() == numbers
    hindered = [0 if number else -1 for number in numbers]
    assert week.obstacles.presence[ROW, :, 0].tolist() == hindered
    assert week.obstacles.day[ROW, :, 0].tolist() == hindered


def test_of_several_obstacles_the_nearest_to_a_visit_is_told() -> None:
    """A little too far beats closed, unknown and much too far."""
    open_then = (told((540, 720), day=2),)
    week = alone(
        Stand((5.0,), (told((540, 570)),)),
        Stand((70.0,), (told(certainty=None),)),
        Stand((70.0,), open_then),
        Stand((46.0,), open_then),
    )
    obstacles = week.obstacles
    assert obstacles.number[ROW, SURE, 0] == Obstacle.TOO_LONG.number
    assert (obstacles.presence[ROW, SURE, 0], obstacles.day[ROW, SURE, 0]) == (3, 2)


@pytest.mark.parametrize("certainty", [None, Certainty.POSSIBLE])
def test_unknown_hours_next_door_are_told_before_a_lieu_out_of_reach(
    certainty: Certainty | None,
) -> None:
    """Where a visit would work were the lieu open, nothing but its hours stands in the way."""
    out_of_reach = Stand((float("inf"),), (told((540, 720)),))
    ranges = ((540, 720),) if certainty else ()
    next_door = Stand((5.0,), (told(*ranges, certainty=certainty),))
    too_far = Stand((float("inf"),), (told(certainty=None),))
    for last, number in ((next_door, Obstacle.UNKNOWN_HOURS), (too_far, Obstacle.NO_WAY_OUT)):
        obstacles = alone(out_of_reach, last).obstacles
        assert obstacles.number[ROW, SURE, 0] == number.number
        assert obstacles.presence[ROW, SURE, 0] == (last is next_door)


def test_the_budget_is_of_travel_and_waiting() -> None:
    """Forty-five minutes each way are the ninety admitted; a second more is too long."""
    works = [alone(Stand((m,), (told((540, 720)),))).half_days[ROW, SURE, 0] for m in (45.0, 45.01)]
    assert works == [1, 0]


def test_a_day_of_another_week_is_refused() -> None:
    """What is counted must be of the week."""
    stand = Stand((5.0,), (replace(told((540, 720)), date=MONDAY.replace(year=2025)),))
    with pytest.raises(ValueError, match="not in the week"):
        alone(stand)


@settings(max_examples=60)
@given(towns, kinds)
def test_it_is_what_counting_one_by_one_finds(town: list[Stand], kind: VisitKind) -> None:
    """Half-days, best absence and obstacle are those of plain loops over every window."""
    week = week_of_stands(town, kind, N_HOMES)
    for row, service in enumerate(SERVICE_KEYS):
        giving = [s for s in town if (s.services if service is None else service in s.services)]
        for column, certainty in enumerate(CERTAINTIES):
            for home in range(N_HOMES):
                half_days, absence, obstacle = one_by_one(giving, certainty, home, kind)
                assert week.half_days[row, column, home] == half_days
                best = week.best.back - week.best.leave
                assert best[row, column, home] == (absence or 0)
                assert week.obstacles.number[row, column, home] == obstacle


def one_by_one(
    town: list[Stand], certainty: Certainty, home: int, kind: VisitKind
) -> tuple[int, int | None, int]:
    """Return how many half-days work, the least absence in seconds, and the worst obstacle."""
    done, absences, obstacles = set(), [], [Obstacle.NO_SERVICE.number]
    hours_alone = False
    for stand in town:
        for opening in stand.openings:
            if opening.certainty not in (Certainty.CERTAIN, certainty):
                obstacles.append(Obstacle.UNKNOWN_HOURS.number)
                hours_alone = hours_alone or would_do(stand, opening, home, kind)
                continue
            found = starts(opening, kind, NOON)
            obstacles.append(Obstacle.CLOSED.number)
            for half, first, last in zip(
                found.half_days.tolist(),
                found.earliest.tolist(),
                found.latest.tolist(),
                strict=True,
            ):
                walk = stand.minutes[home] * 60
                if max(first, kind.leave_after * 60 + walk) > last:
                    obstacles.append(Obstacle.NO_WAY_OUT.number)
                elif max(first, kind.leave_after * 60 + walk) > min(
                    last, kind.back_by * 60 - kind.minutes * 60 - walk
                ):
                    obstacles.append(Obstacle.NO_WAY_BACK.number)
                elif 2 * walk > kind.budget_minutes * 60:
                    obstacles.append(Obstacle.TOO_LONG.number)
                else:
                    done.add((opening.date, half))
                    absences.append(int(2 * walk + kind.minutes * 60))
    worst = Obstacle.UNKNOWN_HOURS.number if hours_alone else max(obstacles)
    return len(done), min(absences, default=None), 0 if done else worst


def would_do(stand: Stand, opening: OpeningOn, home: int, kind: VisitKind) -> bool:
    """Whether a visit works at the hours supposed of a stand, at any time where none are."""
    ranges = opening.ranges if opening.certainty else (ALL_DAY,)
    supposed = Stand(stand.minutes, (replace(opening, ranges=ranges, certainty=Certainty.CERTAIN),))
    half_days, _, _ = one_by_one([supposed], Certainty.CERTAIN, home, kind)
    return half_days > 0


@settings(max_examples=60)
@given(towns, kinds, st.randoms(use_true_random=False))
def test_the_order_of_visits_changes_nothing(
    town: list[Stand], kind: VisitKind, chance: random.Random
) -> None:
    """Whatever is met first, the week is the same to the last second."""
    visits = list(day_visits(town, kind))
    shuffled = chance.sample(visits, len(visits))
    first, second = (
        visit_week(order, presences(town), kind, DAYS, N_HOMES) for order in (visits, shuffled)
    )
    assert flat(first) == flat(second)


@settings(max_examples=60)
@given(towns, kinds)
def test_certain_is_never_more_than_possible(town: list[Stand], kind: VisitKind) -> None:
    """What is sure may be; and a visit that is possible is never longer than the sure one."""
    week = week_of_stands(town, kind, N_HOMES)
    assert np.all(week.half_days[:, SURE] <= week.half_days[:, MAYBE])
    sure = week.half_days[:, SURE] > 0
    absence = week.best.back - week.best.leave
    assert np.all(absence[:, MAYBE][sure] <= absence[:, SURE][sure])


@settings(max_examples=60)
@given(towns, kinds, st.integers(1, 60), st.booleans())
def test_opening_for_a_shorter_time_never_gives_more(
    town: list[Stand], kind: VisitKind, cut: int, late: bool
) -> None:
    """Opening later or closing earlier takes half-days away, never adds any."""
    shorter = [
        replace(stand, openings=tuple(_cut(o, cut, late) for o in stand.openings)) for stand in town
    ]
    before, after = (week_of_stands(some, kind, N_HOMES) for some in (town, shorter))
    assert np.all(after.half_days <= before.half_days)


def _cut(opening: OpeningOn, minutes: int, late: bool) -> OpeningOn:
    kept = [(a + minutes, b) if late else (a, b - minutes) for a, b in opening.ranges]
    return replace(opening, ranges=tuple((a, b) for a, b in kept if a < b))


@settings(max_examples=60)
@given(towns, stands, kinds)
def test_one_more_place_never_worsens(town: list[Stand], more: Stand, kind: VisitKind) -> None:
    """No fewer half-days, no longer absence, no later first day, no new obstacle."""
    before, after = (week_of_stands(some, kind, N_HOMES) for some in (town, [*town, more]))
    assert np.all(after.half_days >= before.half_days)
    worked = before.half_days > 0
    lengths = [(week.best.back - week.best.leave)[worked] for week in (before, after)]
    assert np.all(lengths[1] <= lengths[0])
    assert np.all(after.earliest[worked] <= before.earliest[worked])
    assert np.all(after.obstacles.number[worked] == Obstacle.NONE.number)


@settings(max_examples=60)
@given(towns, kinds)
def test_one_goes_is_served_and_comes_back(town: list[Stand], kind: VisitKind) -> None:
    """A return never precedes its service, and everything is within the day and the budget."""
    week = week_of_stands(town, kind, N_HOMES)
    best, works = week.best, week.half_days > 0
    leave, start, back = (part[works] for part in (best.leave, best.start, best.back))
    assert np.all((kind.leave_after * 60 <= leave) & (leave <= start))
    assert np.all((start + kind.minutes * 60 <= back) & (back <= kind.back_by * 60))
    assert np.all(back - leave - kind.minutes * 60 <= kind.budget_minutes * 60)
    assert np.all(best.spare[works] >= 0)
    assert np.all(best.presence[~works] == -1)


@settings(max_examples=60)
@given(towns, kinds)
def test_any_service_is_at_least_each_of_them(town: list[Stand], kind: VisitKind) -> None:
    """The last row has no fewer half-days than any other."""
    week = week_of_stands(town, kind, N_HOMES)
    assert np.all(week.half_days[:ANY] <= week.half_days[ANY])
