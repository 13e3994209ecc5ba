"""Lorenz curves."""

from __future__ import annotations

from maillage.reports.svg.curves import lorenz, thinned


def test_each_curve_has_its_own_dash() -> None:
    """Two curves differ by more than their colour."""
    curve = [(0.0, 0.0), (0.5, 0.2), (1.0, 1.0)]
    body = lorenz([curve, curve], "Habitants", "Total").body
    assert body.count('stroke-width="4"') == 2
    assert body.count("stroke-dasharray") == 1


def test_labels_are_escaped() -> None:
    """Axis labels hold no markup."""
    assert "a &lt; b" in lorenz([[(0.0, 0.0), (1.0, 1.0)]], "a < b", "c").body


def test_thinning_keeps_both_ends() -> None:
    """A long curve keeps few points, its first and last among them; a short one is left alone."""
    long = [(i / 1000, (i / 1000) ** 2) for i in range(1001)]
    kept = thinned(long)
    assert len(kept) < 70
    assert (kept[0], kept[-1]) == (long[0], long[-1])
    assert thinned(long[:10]) == long[:10]
