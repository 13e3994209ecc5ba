"""What a share may be where those who did not answer are different (Manski 1989)."""

from __future__ import annotations

from maillage.survey.estimates.model import Bounds


def bounds_of(share: float, n_heard: float, n_silent: float, delta: float) -> Bounds | None:
    """Return where the share of all lies, whatever ``n_silent`` people would have said.

    ``share`` (0-1) is that of the ``n_heard`` who answered; ``delta`` (0-1) is how far, at most,
    the share of the others is thought to be from it. None where nobody is silent.

    >>> told = bounds_of(0.5, 140, 20, 0.2)
    >>> round(told.worst_low, 4), round(told.worst_high, 4), round(told.soft_low, 4)
    (0.4375, 0.5625, 0.475)
    """
    if n_silent <= 0 or n_heard <= 0:
        return None
    heard = n_heard / (n_heard + n_silent)
    silent = 1 - heard
    return Bounds(
        n_silent=round(n_silent),
        worst_low=share * heard,
        worst_high=share * heard + silent,
        soft_low=share * heard + max(share - delta, 0.0) * silent,
        soft_high=share * heard + min(share + delta, 1.0) * silent,
        delta=delta,
    )
