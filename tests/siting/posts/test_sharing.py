"""Half-days held are shared out fairly, and people stay where they are known."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.siting.posts.model import Held
from maillage.siting.posts.sharing import shared_near, shared_out


@st.composite
def weeks(draw: st.DrawFn) -> tuple[tuple[Held, ...], int]:
    """Draw half-days held by at most so many posts at once."""
    n_posts = draw(st.integers(1, 4))
    held = [
        Held(venue, half_day)
        for half_day in range(12)
        for venue in draw(st.lists(st.integers(0, 3), max_size=n_posts))
    ]
    return tuple(held), n_posts


@given(week=weeks())
def test_every_half_day_has_one_post_and_loads_are_even(
    week: tuple[tuple[Held, ...], int],
) -> None:
    """All are held, nobody is in two places, and no post holds two more than another."""
    held, n_posts = week
    posts = shared_out(held, n_posts)
    assert Counter(one for post in posts for one in post) == Counter(held)
    for post in posts:
        assert len({one.half_day for one in post}) == len(post)
    loads = [len(post) for post in posts]
    assert max(loads) - min(loads) <= 1


def test_a_post_stays_from_morning_to_afternoon_and_comes_back() -> None:
    """Of two posts each keeps its venue all day, and finds it again on Thursday."""
    held = tuple(Held(venue, half_day) for half_day in (0, 1, 6) for venue in (0, 1))
    assert [{one.venue for one in post} for post in shared_out(held, 2)] == [{0}, {1}]


def test_more_venues_than_posts_are_refused() -> None:
    """Two venues at once cannot be held by one post."""
    with pytest.raises(ValueError, match="held 2 times by 1 posts"):
        shared_out((Held(0, 0), Held(1, 0)), 1)


@given(week=weeks(), each=st.integers(3, 12))
def test_whoever_held_a_half_day_keeps_it(week: tuple[tuple[Held, ...], int], each: int) -> None:
    """A plan shared out near itself does not change hands."""
    held, n_posts = week
    before = shared_out(held, n_posts)
    most = max((len(post) for post in before), default=0)
    assert shared_near(held, before, n_posts, max(each, most)) == before


@given(week=weeks(), other=weeks())
def test_what_comes_is_held_once_by_somebody_free(
    week: tuple[tuple[Held, ...], int], other: tuple[tuple[Held, ...], int]
) -> None:
    """Whatever was before, all is held, and nobody is in two places or holds too much."""
    held, n_posts = week
    before = shared_out(*other)
    each = -(-len(held) // n_posts)
    posts = shared_near(held, before, n_posts, each)
    assert Counter(one for post in posts for one in post) == Counter(held)
    assert len(posts) == n_posts
    for post in posts:
        assert len({one.half_day for one in post}) == len(post) <= each


def test_for_want_of_a_free_post_one_half_day_changes_hands() -> None:
    """The second post, full, gives its Monday to the first, and takes the Thursday."""
    before = ((Held(0, 0), Held(1, 6)), (Held(2, 0), Held(3, 8)))
    held = (Held(1, 6), Held(2, 0), Held(3, 8), Held(4, 6))
    posts = shared_near(held, before, 2, 2)
    assert posts == ((Held(2, 0), Held(1, 6)), (Held(4, 6), Held(3, 8)))
