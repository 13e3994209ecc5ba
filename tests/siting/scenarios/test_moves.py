"""What changes from one plan to another."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from maillage.siting.posts.model import Held
from maillage.siting.scenarios.moves import Move, moves_between

plans = st.lists(st.builds(Held, st.integers(0, 2), st.integers(0, 2)), max_size=6).map(tuple)


@given(plans, plans)
def test_moves_make_the_one_plan_of_the_other(
    before: tuple[Held, ...], after: tuple[Held, ...]
) -> None:
    """Nothing is told twice or left out, nothing that stays is told, and few stand alone."""
    moves = moves_between(before, after)
    gone = Counter(move.left for move in moves if move.left is not None)
    came = Counter(move.came for move in moves if move.came is not None)
    assert Counter(before) - gone + came == Counter(after)
    assert not gone & came
    assert not (any(m.left is None for m in moves) and any(m.came is None for m in moves))


def test_the_same_venue_goes_together_then_the_same_time() -> None:
    """Of what leaves, Lillers stays in Lillers, Tuesday stays Tuesday, the last takes the rest."""
    before = (Held(0, 0), Held(1, 2), Held(2, 4))
    after = (Held(0, 8), Held(5, 2), Held(6, 9), Held(7, 1))
    assert moves_between(before, after) == (
        Move(Held(0, 0), Held(0, 8)),
        Move(Held(1, 2), Held(5, 2)),
        Move(Held(2, 4), Held(6, 9)),
        Move(None, Held(7, 1)),
    )
