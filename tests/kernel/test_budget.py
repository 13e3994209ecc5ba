"""A budget says when a search must stop."""

from __future__ import annotations

from maillage.kernel.budget import Budget


def test_a_budget_ends_when_no_second_is_left() -> None:
    """Without a clock a budget never ends; with one it does at 0."""
    assert not Budget().ended
    assert Budget(seconds_left=lambda: 0.0).ended
