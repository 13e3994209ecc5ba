"""What a report is made of: chapters of plain blocks that every medium can lay out.

The page and the PDF are filled from the same blocks: what one says, the other says. Texts are
French, already translated and formatted, without any markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

LONG_TABLE = 16
"""Rows beyond which a table is folded on screen, and sent to the annex on paper."""
WORDY = 50
"""Letters beyond which the text of a cell is a sentence."""


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph."""

    kind: ClassVar[str] = "prose"
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headlines:
    """The few sentences that say everything, in large letters."""

    kind: ClassVar[str] = "headlines"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure that an elected official will remember: value, what it counts, whence."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A row of key figures."""

    kind: ClassVar[str] = "key_figures"
    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A framed warning that must not be missed."""

    kind: ClassVar[str] = "note"
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``group`` is the heading it shares with its neighbours."""

    label: str
    numeric: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, the step of the heat ramp under it (0 = palest), a bar's length (0-1)."""

    text: str
    heat: int | None = None
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A heading over ``width`` columns."""

    text: str
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names its rows. ``source`` says where its figures come from."""

    kind: ClassVar[str] = "table"
    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str = ""

    @property
    def long(self) -> bool:
        """Whether it has too many rows to stand among sentences."""
        return len(self.rows) > LONG_TABLE

    @property
    def wordy(self) -> tuple[bool, ...]:
        """Whether each column holds sentences, which need room even on a phone."""
        return tuple(
            any(len(row[index].text) > WORDY for row in self.rows)
            for index in range(len(self.columns))
        )

    @property
    def spans(self) -> tuple[Span, ...]:
        """The upper row of headings, empty where no column has a group."""
        spans: list[Span] = []
        for column in self.columns:
            if spans and spans[-1].text == column.group and column.group:
                spans[-1] = Span(column.group, spans[-1].width + 1)
            else:
                spans.append(Span(column.group, 1))
        return tuple(spans) if any(span.text for span in spans) else ()


@dataclass(frozen=True, slots=True)
class LegendItem:
    """One line of a legend: a mark (see ``svg/marks.py``) and what it means."""

    mark: str
    fill: str
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: SVG elements in a ``width`` × ``height`` box, in user units.

    They may ``<use>`` the shapes that the report declares once (``Report.shapes``).
    """

    width: int
    height: int
    body: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A map or a chart: title, legend, what it shows in words, and the same figures as a table."""

    kind: ClassVar[str] = "figure"
    id: str
    title: str
    alt: str
    picture: Picture
    source: str
    legend: tuple[LegendItem, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Plate:
    """One small picture among several drawn alike."""

    title: str
    alt: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class Plates:
    """Small pictures drawn alike, to be compared at a glance."""

    kind: ClassVar[str] = "plates"
    id: str
    title: str
    plates: tuple[Plate, ...]
    source: str
    legend: tuple[LegendItem, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms and what they mean."""

    kind: ClassVar[str] = "definitions"
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part of a chapter."""

    kind: ClassVar[str] = "heading"
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Quotes:
    """Words of people, as they were said, each with who said it by kind (« une médiathèque »)."""

    kind: ClassVar[str] = "quotes"
    said: tuple[tuple[str, str], ...]


Block = (
    Prose
    | Bullets
    | Headlines
    | KeyFigures
    | Note
    | Table
    | Figure
    | Plates
    | Definitions
    | Heading
    | Quotes
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: an id for links, a title, and its blocks in reading order."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report of one diagnosis, ready to be laid out.

    ``on_iso`` is the date of the diagnosis (YYYY-MM-DD), ``on`` the same in French words;
    ``shapes`` are the SVG definitions that pictures use, written once per document.
    """

    title: str
    territory: str
    subtitle: str
    on: str
    on_iso: str
    engine: str
    fictional: bool
    shapes: str
    chapters: tuple[Chapter, ...]
