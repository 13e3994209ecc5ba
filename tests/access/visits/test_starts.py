"""Laws of the windows in which a visit may begin."""

from __future__ import annotations

from hypothesis import given
from tests.access.visits.strategies import MONDAY, kinds, noons, openings

from maillage.access.visits.model import Certainty, OpeningOn, VisitKind
from maillage.access.visits.starts import AFTERNOON, MORNING, starts

HOUR = VisitKind("essai", "essai", 60, 90, 450, 1140, 150)


def windows(*ranges: tuple[int, int], kind: VisitKind = HOUR) -> list[tuple[int, ...]]:
    """Return the windows that these ranges leave, noon at 13:00."""
    found = starts(OpeningOn(MONDAY, ranges, Certainty.CERTAIN), kind, 780)
    assert found.closings is not None
    columns = (found.half_days, found.earliest, found.latest, found.closings)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_a_lunch_break_leaves_two_windows() -> None:
    """Each ends at last admission, an hour and a half before its own closing."""
    assert windows((540, 720), (840, 1080)) == [
        (MORNING, 9 * 3600, 10.5 * 3600, 12 * 3600),
        (AFTERNOON, 14 * 3600, 16.5 * 3600, 18 * 3600),
    ]


def test_an_opening_all_day_is_cut_at_noon() -> None:
    """A visit that begins at noon is of the afternoon; both may last until closing."""
    assert windows((540, 1080)) == [
        (MORNING, 9 * 3600, 13 * 3600 - 1, 18 * 3600),
        (AFTERNOON, 13 * 3600, 16.5 * 3600, 18 * 3600),
    ]


def test_ranges_that_touch_are_one() -> None:
    """Half an hour and half an hour make an hour."""
    short = VisitKind("essai", "essai", 60, 0, 450, 1140, 150)
    assert windows((540, 570), (570, 600), kind=short) == [(MORNING, 32400, 32400, 36000)]


def test_too_short_an_opening_leaves_none() -> None:
    """A workshop does not fit in an hour, nor before dawn."""
    assert windows((540, 600)) == []
    assert windows((300, 500)) == []


@given(openings, kinds, noons)
def test_every_window_can_be_lived(opening: OpeningOn, kind: VisitKind, noon: int) -> None:
    """Begun at either end, the visit is inside one range, within the day, on its side of noon."""
    found = starts(opening, kind, noon)
    assert found.closings is not None
    for half, first, last, closing in zip(
        found.half_days.tolist(),
        found.earliest.tolist(),
        found.latest.tolist(),
        found.closings.tolist(),
        strict=True,
    ):
        assert kind.leave_after * 60 <= first <= last
        assert last + kind.minutes * 60 <= min(kind.back_by * 60, closing)
        assert last + kind.last_admission_minutes * 60 <= closing
        assert any(a * 60 <= first and closing == b * 60 for a, b in opening.ranges)
        assert (last < noon * 60) if half == MORNING else (first >= noon * 60)


@given(openings, kinds, noons)
def test_every_possible_beginning_is_in_a_window(
    opening: OpeningOn, kind: VisitKind, noon: int
) -> None:
    """Minute by minute, what the definition allows and what the windows hold are the same."""
    found = starts(opening, kind, noon)
    held = {
        minute
        for first, last in zip(found.earliest.tolist(), found.latest.tolist(), strict=True)
        for minute in range(-(-first // 60), last // 60 + 1)
    }
    longest = max(kind.minutes, kind.last_admission_minutes)
    allowed = {
        minute
        for minute in range(1440)
        if kind.leave_after <= minute <= kind.back_by - kind.minutes
        and any(opens <= minute <= closes - longest for opens, closes in opening.ranges)
    }
    assert held == allowed
