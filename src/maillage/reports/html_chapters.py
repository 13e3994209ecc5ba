"""The chapters of the report as pieces of a site's own pages: the same blocks, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from maillage.reports import colours
from maillage.reports.blocks import Chapter, Report
from maillage.reports.html_templates import filled
from maillage.reports.style_sheet import scoped

ROOT = ".report"
"""The class of the element in which a chapter stands: its style touches nothing else."""
_USES_SHAPES = 'href="#'


@dataclass(frozen=True, slots=True)
class ChapterPiece:
    """A chapter as HTML without its title, whole by itself: the shapes it uses are in it."""

    id: str
    title: str
    html: str


def chapter_pieces(report: Report) -> tuple[ChapterPiece, ...]:
    """Return the chapters of a report in reading order."""
    return tuple(_piece(chapter, report.shapes) for chapter in report.chapters)


@lru_cache(maxsize=1)
def chapters_style() -> str:
    """Return the style sheet of the pieces, for the page of a site that has one of its own."""
    within = filled("within.css")
    return f"{scoped(filled('blocks.css', c=colours), ROOT)}\n{within}\n"


def _piece(chapter: Chapter, shapes: str) -> ChapterPiece:
    told = {"chapter": chapter, "heading": "h2"}
    html = filled("chapter.html", shapes="", **told)
    if _USES_SHAPES in html:
        html = filled("chapter.html", shapes=shapes, **told)
    return ChapterPiece(chapter.id, chapter.title, html)
