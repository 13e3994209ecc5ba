"""The compiled search on real timetables, against the brute force and the timetable itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.transit_exact import scored
from bench.transit_ground import GROUNDS, Ground


@pytest.mark.mirror
@pytest.mark.parametrize("ground", GROUNDS[1:3], ids=lambda ground: ground.name)
def test_small_feeds_are_answered_exactly(ground: Ground, mirror: Path) -> None:
    """Forty random questions both ways: every arrival is the brute force's, each journey holds."""
    score = scored(ground, mirror, questions=40, replayed=10)
    assert score.alike == score.asked == 80
    assert score.held == score.replayed == 10


@pytest.mark.full
@pytest.mark.mirror
@pytest.mark.parametrize("ground", GROUNDS, ids=lambda ground: ground.name)
def test_every_feed_is_answered_exactly(ground: Ground, mirror: Path) -> None:
    """Three hundred random questions both ways, on all feeds."""
    score = scored(ground, mirror, questions=300, replayed=60)
    assert score.alike == score.asked == 600
    assert score.held == score.replayed == 60
