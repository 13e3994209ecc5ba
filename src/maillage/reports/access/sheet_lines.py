"""One person's sheet as plain lines: for a terminal, an e-mail or a text file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from maillage.access.visits.sheet_words import Part, SheetText

WIDTH = 80
_COLUMN = 12  # letters that the clock takes before what is to be done


def sheet_lines(text: SheetText) -> tuple[str, ...]:
    """Return the sheet line by line, the times in a column of their own, none wider than WIDTH."""
    return tuple(_lines(text))


def _lines(text: SheetText) -> Iterator[str]:
    yield f"{text.over} : {text.title}"
    yield text.when
    yield from text.about
    for part in text.parts:
        yield ""
        yield part.title
        yield from _part(part)
    yield ""
    for sentence in text.how:
        yield from textwrap.wrap(sentence, WIDTH)


def _part(part: Part) -> Iterator[str]:
    column = _COLUMN if part.timed else 2
    for step in part.steps:
        begin = f"  {step.time or ''}".ljust(column)
        yield from textwrap.wrap(
            step.text,
            WIDTH,
            initial_indent=begin,
            subsequent_indent=" " * column,
            break_long_words=False,
            break_on_hyphens=False,
        )
