"""Small signs that stand on maps and in legends: told apart by shape as well as by colour."""

from __future__ import annotations

from maillage.reports import colours

MARKS = ("square", "dot", "ring", "diamond", "line", "striped", "dotted")
SIDE = 24
"""The side of the box that a legend's mark is drawn in."""


def dot(x: int, y: int, r: int = 8) -> str:
    """Return a full dot."""
    return f'<circle cx="{x}" cy="{y}" r="{r}"/>'


def diamond(x: int, y: int, r: int = 11) -> str:
    """Return a full diamond."""
    return f'<path d="M{x} {y - r}l{r} {r}l{-r} {r}l{-r} {-r}z"/>'


def legend_mark(mark: str, fill: str) -> str:
    """Return the SVG elements of one legend mark, in a ``SIDE`` × ``SIDE`` box.

    ``mark`` is one of ``MARKS``; a ``line`` reads the dash after ``fill`` (« #123456 9 5 »).
    Raises KeyError for a mark that is not known.
    """
    colour, _, dash = fill.partition(" ")
    square = (
        f'<rect x="2" y="4" width="20" height="16" fill="{colour}" stroke="{colours.OUTLINE}"/>'
    )
    edge = f'fill="{colour}" stroke="{colours.DOT}" stroke-width="2"'
    stripes = f'stroke="{colours.INK}" stroke-width="1.6" d="M2 12L10 4M4 20L20 4M12 20L22 10"'
    dashed = f'stroke-dasharray="{dash}"'
    drawn = {
        "square": square,
        "striped": f"{square}<path {stripes}/>",
        "dotted": f'{square}<circle cx="8" cy="12" r="1.8"/><circle cx="16" cy="12" r="1.8"/>',
        "dot": f'<circle cx="12" cy="12" r="7" {edge}/>',
        "ring": f'<circle cx="12" cy="12" r="6" {edge}/>',
        "diamond": f'<path d="M12 3l9 9l-9 9l-9 -9z" {edge}/>',
        "line": f'<path d="M0 12H24" stroke="{colour}" stroke-width="4" {dashed}/>',
    }
    return drawn[mark]
