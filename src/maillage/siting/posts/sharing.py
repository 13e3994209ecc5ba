"""Half-days held, shared out among the posts: who is where when."""

from __future__ import annotations

from collections import Counter

from maillage.siting.posts.rules import Held


def shared_out(held: tuple[Held, ...], n_posts: int) -> tuple[tuple[Held, ...], ...]:
    """Return the half-days of each post, in order.

    Each half-day goes to the posts that hold the least so far, so that loads differ by one at
    most; among those, a post stays where it was in the morning, or comes back where it was another
    day. ValueError where a half-day is held by more than there are posts.
    """
    posts: list[list[Held]] = [[] for _ in range(n_posts)]
    for half_day in sorted({one.half_day for one in held}):
        venues = sorted(one.venue for one in held if one.half_day == half_day)
        if len(venues) > n_posts:
            message = f"half-day {half_day} is held {len(venues)} times by {n_posts} posts"
            raise ValueError(message)
        for venue, post in _matched(venues, posts, half_day):
            posts[post].append(Held(venue, half_day))
    return tuple(tuple(sorted(one, key=lambda h: h.half_day)) for one in posts)


def shared_near(
    held: tuple[Held, ...], before: tuple[tuple[Held, ...], ...], n_posts: int, each: int
) -> tuple[tuple[Held, ...], ...]:
    """Return the half-days of each post, those of before left with the post that held them.

    The others go to posts that are free then, those that hold the least first, never more than
    ``each``; for want of one, a post gives one half-day to another. Where even that does not do,
    all are shared out anew. ValueError as ``shared_out``.
    """
    left = Counter(held)
    posts: list[list[Held]] = [[] for _ in range(n_posts)]
    for mine, had in zip(posts, before, strict=False):
        for one in had[:each]:
            if left[one] and all(other.half_day != one.half_day for other in mine):
                left[one] -= 1
                mine.append(one)
    for one in sorted(left.elements(), key=lambda h: (h.half_day, h.venue)):
        free = [mine for mine in posts if _is_free(mine, one.half_day, each)]
        post = min(free, key=len) if free else _relieved(posts, one.half_day, each)
        if post is None:
            return shared_out(held, n_posts)
        post.append(one)
    return tuple(tuple(sorted(one, key=lambda h: h.half_day)) for one in posts)


def _relieved(posts: list[list[Held]], half_day: int, each: int) -> list[Held] | None:
    """Return a post free then, once another has taken one of its half-days; None where none can."""
    for post in posts:
        if any(one.half_day == half_day for one in post):
            continue
        for one in sorted(post, key=lambda h: (h.half_day, h.venue)):
            other = next((mine for mine in posts if _is_free(mine, one.half_day, each)), None)
            if other is not None:
                post.remove(one)
                other.append(one)
                return post
    return None


def _is_free(post: list[Held], half_day: int, each: int) -> bool:
    return len(post) < each and all(one.half_day != half_day for one in post)


def _matched(venues: list[int], posts: list[list[Held]], half_day: int) -> list[tuple[int, int]]:
    """Return a post for each venue: the least loaded, those that know a venue first."""
    order = sorted(len(one) for one in posts)
    most = order[len(venues) - 1]
    left = list(venues)
    n_must = sum(load < most for load in order)
    found: list[tuple[int, int]] = []
    wishes = sorted(
        (-_liking(venue, posts[post], half_day), len(posts[post]), venue, post)
        for venue in set(venues)
        for post in range(len(posts))
        if len(posts[post]) <= most
    )
    taken: set[int] = set()
    n_may = len(venues) - n_must
    for _, load, venue, post in wishes:
        if venue not in left or post in taken or (load == most and n_may == 0):
            continue
        left.remove(venue)
        taken.add(post)
        n_may -= load == most
        found.append((venue, post))
    return found


def _liking(venue: int, post: list[Held], half_day: int) -> int:
    """Say how well a post knows a venue: 2 there this morning, 1 there another day, 0 never."""
    if half_day % 2 and Held(venue, half_day - 1) in post:
        return 2
    return int(any(one.venue == venue for one in post))
