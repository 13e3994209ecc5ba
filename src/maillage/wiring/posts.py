"""Which half-days posts should hold, in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.kernel.errors import MissingExtra

if TYPE_CHECKING:
    from maillage.siting.posts.model import PostSolver


def post_solver() -> PostSolver:
    """Return the solver: exact with HiGHS, the twin with its bound where it is not installed."""
    from maillage.siting.posts.twin import PostTwin
    from maillage.wiring.siting import siting_solver

    try:
        from maillage.engines.highs_posts import HighsPrograms
        from maillage.siting.posts.exact import ExactPosts

        return ExactPosts(HighsPrograms(), siting_solver())
    except MissingExtra:
        return PostTwin(siting_solver())
