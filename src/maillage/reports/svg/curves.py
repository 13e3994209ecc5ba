"""The Lorenz curve: how far from even sharing a territory stands."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from maillage.reports import colours
from maillage.reports.blocks import Picture

_SIDE = 560
_LEFT = 96
_TOP = 20
_BOTTOM = 84
_MOST_POINTS = 60

Curve = Sequence[tuple[float, float]]


def lorenz(curves: Sequence[Curve], x_label: str, y_label: str) -> Picture:
    """Return the curves (points in 0-1) under the diagonal of even sharing, each its own dash."""
    lines = "".join(_line(curve, rank) for rank, curve in enumerate(curves))
    body = _grid() + _axes(x_label, y_label) + lines
    return Picture(_LEFT + _SIDE + 40, _TOP + _SIDE + _BOTTOM, body)


def _place(x: float, y: float) -> tuple[int, int]:
    return _LEFT + round(x * _SIDE), _TOP + round((1.0 - y) * _SIDE)


def _grid() -> str:
    steps = (0.0, 0.25, 0.5, 0.75, 1.0)
    lines = "".join(
        f"M{_place(s, 0)[0]} {_TOP}v{_SIDE}M{_LEFT} {_place(0, s)[1]}h{_SIDE}" for s in steps
    )
    (x0, y0), (x1, y1) = _place(0, 0), _place(1, 1)
    return (
        f'<path d="{lines}" stroke="{colours.LINE}" fill="none"/>'
        f'<path d="M{x0} {y0}L{x1} {y1}" stroke="{colours.MUTED}" stroke-width="2" fill="none"/>'
    )


def _axes(x_label: str, y_label: str) -> str:
    style = f'font-size="20" fill="{colours.INK}"'
    marks = []
    for step in (0.0, 0.25, 0.5, 0.75, 1.0):
        text = f"{round(step * 100)} %"
        (x, below), (before, y) = _place(step, 0), _place(0, step)
        marks.append(f'<text x="{x}" y="{below + 28}" text-anchor="middle">{text}</text>')
        marks.append(f'<text x="{before - 10}" y="{y + 7}" text-anchor="end">{text}</text>')
    middle = _LEFT + _SIDE // 2
    turn = _TOP + _SIDE // 2
    marks.append(
        f'<text x="{middle}" y="{_TOP + _SIDE + 66}" text-anchor="middle">{escape(x_label)}</text>'
    )
    marks.append(
        f'<text x="22" y="{turn}" text-anchor="middle" transform="rotate(-90 22 {turn})">'
        f"{escape(y_label)}</text>"
    )
    return f"<g {style}>{''.join(marks)}</g>"


def _line(curve: Curve, rank: int) -> str:
    places = [_place(x, y) for x, y in thinned(curve)]
    path = "M" + "L".join(f"{x} {y}" for x, y in places)
    dash = colours.DASHES[rank % len(colours.DASHES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    colour = colours.SERIES[rank % len(colours.SERIES)]
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="4"{dashed}/>'


def thinned(curve: Curve) -> Curve:
    """Return at most ``_MOST_POINTS`` + 1 points of a curve, its two ends kept."""
    if len(curve) <= _MOST_POINTS:
        return curve
    step = (len(curve) - 1) / _MOST_POINTS
    return [curve[round(i * step)] for i in range(_MOST_POINTS + 1)]
