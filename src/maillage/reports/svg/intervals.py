"""Shares in a column, each with the interval that holds it, and what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from maillage.reports import colours
from maillage.reports.blocks import Picture

WIDTH = 480
_LEFT, _RIGHT = 8, 66
_LETTERS = 48
_LINE, _TRACK, _GAP = 23, 26, 20
_DOT, _RING = 8, 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One share (0-1) and its interval, in words too; ``before`` = in the wave before, or None."""

    label: str
    told: str
    share: float
    low: float
    high: float
    before: float | None = None


def intervals(bars: Sequence[Bar]) -> Picture:
    """Return the picture of shares on one scale of 0 to 100 %, in the order given."""
    y, body = 22, []
    for bar in bars:
        lines = _lines(bar.label)
        for rank, line in enumerate(lines):
            body.append(_text(_LEFT, y + rank * _LINE, line))
        y += len(lines) * _LINE
        body.append(_drawn(bar, y))
        y += _TRACK + _GAP
    return Picture(WIDTH, y + 14, f"{_axis(y)}{''.join(body)}")


def _at(share: float) -> int:
    return _LEFT + round(share * (WIDTH - _LEFT - _RIGHT))


def _text(x: int, y: int, words: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}" font-size="18" fill="{colours.INK}"{more}>{escape(words)}</text>'


def _axis(bottom: int) -> str:
    quarters = [step / 4 for step in range(5)]
    ticks = "".join(f"M{_at(one)} 4V{bottom - 12}" for one in quarters)
    style = f'font-size="15" fill="{colours.MUTED}" text-anchor="middle"'
    marks = "".join(
        f'<text x="{max(_at(one), 20)}" y="{bottom + 8}">{round(one * 100)} %</text>'
        for one in quarters
    )
    return f'<path d="{ticks}" stroke="{colours.LINE}" fill="none"/><g {style}>{marks}</g>'


def _drawn(bar: Bar, y: int) -> str:
    low, high = _at(bar.low), max(_at(bar.high), _at(bar.low) + 2)
    drawn = (
        f'<path d="M{_LEFT} {y}H{_at(1.0)}" stroke="{colours.BAR_REST}" stroke-width="2"/>'
        f'<path d="M{low} {y}H{high}" stroke="{colours.BAR}" stroke-width="9"/>'
        f'<circle cx="{_at(bar.share)}" cy="{y}" r="{_DOT}" fill="{colours.ACCENT}"/>'
    )
    if bar.before is not None:
        drawn += (
            f'<circle cx="{_at(bar.before)}" cy="{y}" r="{_RING}" fill="{colours.SERIES[1]}" '
            f'stroke="{colours.DOT}" stroke-width="2"/>'
        )
    told = _text(WIDTH - 4, y + 6, bar.told, ' font-weight="700" text-anchor="end"')
    return drawn + told


def _lines(label: str) -> list[str]:
    """Return a label cut where it is too long for one line."""
    lines = [""]
    for word in label.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > _LETTERS:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
