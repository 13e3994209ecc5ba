"""The map of a network as SVG: areas by colour, kinds by sign, links by line; numbers for a list.

Everything stands in attributes: the drawing is the same in a page, in a picture and in print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.ties.drawing import WIDTH, Dot, Drawing, Line
from maillage.ties.model import Link

AREA_FILLS = (
    "#3c8098", "#e08a3c", "#8b7cc0", "#7a9a4a", "#c0647a", "#c9a227", "#4d7fc0", "#8c8c8c",
)  # fmt: skip
"""Told apart by colour-blind readers as far as eight may be; the list beside says the area too."""
LINKS = {
    Link.KNOWS: ("#9aa3ab", 0.7, ""),
    Link.WORKS_WITH: ("#14505c", 1.0, ""),
    Link.SENDS_TO: ("#b5541c", 1.1, "5 3"),
}
"""Of each link: the colour, the width and the dash of its line."""
OPACITY = {Link.KNOWS: 0.4, Link.WORKS_WITH: 0.5, Link.SENDS_TO: 0.6}
_FONT = 'font-family="Arial, Liberation Sans, DejaVu Sans, sans-serif"'
_FAINT = 0.1
_ARM = 0.38
_SIGNS = (
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((0, -1.15), (1.1, 0.85), (-1.1, 0.85)),
    ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    ((0, 1.15), (1.1, -0.85), (-1.1, -0.85)),
    ((-1, -0.55), (0, -1.15), (1, -0.55), (1, 0.55), (0, 1.15), (-1, 0.55)),
    (
        (-_ARM, -1), (_ARM, -1), (_ARM, -_ARM), (1, -_ARM), (1, _ARM), (_ARM, _ARM), (_ARM, 1),
        (-_ARM, 1), (-_ARM, _ARM), (-1, _ARM), (-1, -_ARM), (-_ARM, -_ARM),
    ),
    ((-1.2, 0.7), (-0.7, -0.7), (1.2, -0.7), (0.7, 0.7)),
    ((0, -1.15), (1.1, -0.3), (0.7, 1), (-0.7, 1), (-1.1, -0.3)),
)  # fmt: skip
"""The corners of the signs of kinds but the first, a disc: in radii, y downwards."""
_ROW = 22


def map_svg(
    drawing: Drawing,
    kinds: Mapping[str, str],
    focus: frozenset[str] | None = None,
    links: frozenset[Link] | None = None,
) -> str:
    """Return the map with its legend. ``kinds``: the words of each kind, by code.

    ``focus``: keys of the members to show, the others made faint (None: all); ``links``: which
    lines to draw (None: all).
    """
    legend = list(_legend(drawing, kinds))
    legend_height = _ROW * (1 + -(-len(legend) // 4))
    height = round(drawing.height + legend_height)
    label = tr("Carte du réseau : {n} structures").format(n=len(drawing.dots))
    box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
    parts = [
        f'<svg {box} role="img" aria-label="{escape(label)}" {_FONT}>',
        f'<rect width="{WIDTH}" height="{height}" fill="{colours.PAPER}"/>',
        *_lines(drawing, focus, links),
        *_band(drawing),
        *(_dot(one, is_faint=_is_faint(one, focus)) for one in drawing.dots),
        *_names(drawing, focus),
        *_placed(legend, drawing.height + 10),
        "</svg>",
    ]
    return "\n".join(parts)


def _is_faint(dot: Dot, focus: frozenset[str] | None) -> bool:
    return focus is not None and dot.member.key not in focus


def _lines(
    drawing: Drawing, focus: frozenset[str] | None, links: frozenset[Link] | None
) -> Iterator[str]:
    for one in drawing.lines:
        if links is None or one.link in links:
            ends = drawing.dots[one.first], drawing.dots[one.last]
            yield _line(one, ends, is_faint=any(_is_faint(end, focus) for end in ends))


def _line(line: Line, ends: tuple[Dot, Dot], *, is_faint: bool) -> str:
    colour, width, dash = LINKS[line.link]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    first, last = ends
    areas = " ".join(sorted({f"a{one.area}" for one in ends}))
    kinds = " ".join(sorted({f"k{one.kind}" for one in ends}))
    opacity = _FAINT if is_faint else OPACITY[line.link]
    return (
        f'<path class="line l-{line.link.code} {areas} {kinds}" d="M{first.x:.0f} {first.y:.0f}'
        f'L{last.x:.0f} {last.y:.0f}" stroke="{colour}" stroke-width="{width}" '
        f'opacity="{opacity}"{dashed}/>'
    )


def _band(drawing: Drawing) -> Iterator[str]:
    if drawing.band_from is None:
        return
    y = round(drawing.band_from)
    yield f'<path d="M0 {y}H{WIDTH}" stroke="{colours.LINE}"/>'
    said = tr("Sans lien connu : entendues (signe plein) ou non (signe creux)")
    yield f'<text x="34" y="{y + 18}" font-size="13" fill="{colours.MUTED}">{escape(said)}</text>'


def _dot(dot: Dot, *, is_faint: bool) -> str:
    fill = AREA_FILLS[dot.area % len(AREA_FILLS)] if dot.area >= 0 else "#8c8c8c"
    inside = fill if dot.member.is_heard else colours.PAPER
    opacity = _FAINT if is_faint else 1
    number = ""
    if dot.r >= 5:
        ink = colours.INK
        number = (
            f'<text x="{dot.x:.1f}" y="{dot.y + 2.8:.1f}" font-size="8.5" text-anchor="middle" '
            f'fill="{ink}">{dot.number}</text>'
        )
    return (
        f'<g class="dot a{dot.area} k{dot.kind}" opacity="{opacity}">'
        f"<title>{escape(f'{dot.number}. {dot.member.name}')}</title>"
        f'<path d="{sign(dot.kind, dot.x, dot.y, dot.r)}" fill="{inside}" stroke="{fill}" '
        f'stroke-width="2"/>{number}</g>'
    )


def _names(drawing: Drawing, focus: frozenset[str] | None) -> Iterator[str]:
    """Give the names of who stands between others, above their dots, on a pale ground."""
    for one in drawing.dots:
        if one.named and not _is_faint(one, focus):
            name = escape(_short(one.member.name))
            x = min(max(one.x, 90.0), WIDTH - 90.0)
            y = one.y - one.r - 5
            where = f'x="{x:.1f}" y="{y:.1f}" font-size="12" text-anchor="middle"'
            where = f'class="name a{one.area} k{one.kind}" {where}'
            halo = f'stroke="{colours.PAPER}" stroke-width="4" stroke-linejoin="round"'
            yield f'<text {where} {halo} fill="{colours.PAPER}">{name}</text>'
            yield f'<text {where} font-weight="bold" fill="{colours.INK}">{name}</text>'


def _short(name: str, most: int = 34) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _legend(drawing: Drawing, kinds: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the signs of the legend and their words: areas, kinds, links."""
    for rank, area in enumerate(drawing.areas):
        fill = AREA_FILLS[rank % len(AREA_FILLS)]
        yield f'<path d="{sign(0, 9, 9, 7)}" fill="{fill}"/>', area
    for rank, kind in enumerate(drawing.kinds):
        edge = f'fill="{colours.PAPER}" stroke="{colours.INK}" stroke-width="1.6"'
        yield f'<path d="{sign(rank, 9, 9, 7)}" {edge}/>', kinds.get(kind, kind)
    for link, (colour, width, dash) in LINKS.items():
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        line = f'<path d="M0 9H18" stroke="{colour}" stroke-width="{width * 1.6}"{dashed}/>'
        yield line, link.label


def _placed(legend: list[tuple[str, str]], y: float) -> Iterator[str]:
    for at, (mark, words) in enumerate(legend):
        row, column = divmod(at, 4)
        where = f"translate({34 + column * 288},{round(y + row * _ROW)})"
        text = escape(_short(words, 40))
        yield (
            f'<g transform="{where}">{mark}<text x="26" y="13.5" font-size="13" '
            f'fill="{colours.INK}">{text}</text></g>'
        )


def sign(kind: int, x: float, y: float, r: float) -> str:
    """Return the path of the sign of a kind: nine of them, then again from the first."""
    rank = max(kind, 0) % (len(_SIGNS) + 1)
    if rank == 0:
        half = f"a{r:.1f} {r:.1f} 0 1 0 "
        return f"M{x - r:.1f} {y:.1f}{half}{2 * r:.1f} 0{half}{-2 * r:.1f} 0z"
    corners = (f"{x + r * dx:.1f} {y + r * dy:.1f}" for dx, dy in _SIGNS[rank - 1])
    return "M" + "L".join(corners) + "z"
