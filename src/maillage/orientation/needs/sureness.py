"""Whether what was read is sure enough to be answered, or must be asked back."""

from __future__ import annotations

from maillage.kernel.parameters import Parameters
from maillage.orientation.needs.model import NeedsRead


def is_doubtful(read: NeedsRead, parameters: Parameters) -> bool:
    """Say whether needs were read so faintly, or two so alike, that one asks which is meant."""
    if not read.needs:
        return False
    first, *others = (need.score for need in read.needs)
    sure, close, below = (
        parameters.number(f"orientation.needs.{name}")
        for name in ("sure", "close_share", "close_below")
    )
    alike = bool(others) and others[0] >= close * first and first < below
    return first < sure or alike
