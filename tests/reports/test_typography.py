"""French spacing."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.french import FIXED
from maillage.reports.blocks import Cell, Column, Figure, Picture, Table
from maillage.reports.typography import polished, shown, spaced


def test_signs_do_not_stand_alone_on_a_line() -> None:
    """A no-break space stands before double signs and inside quotes, and nowhere else."""
    assert spaced("Où : « ici » ? Oui ; 3 %.") == (
        f"Où{FIXED}: «{FIXED}ici{FIXED}»{FIXED}? Oui{FIXED}; 3{FIXED}%."
    )


def test_hours_and_addresses_are_left_alone() -> None:
    """A sign without space before it is not touched."""
    assert spaced("https://exemple.fr 09:30") == "https://exemple.fr 09:30"


@given(st.text())
def test_spacing_changes_only_spaces_and_once(text: str) -> None:
    """Spacing puts no sign in or out, and doing it twice is doing it once."""
    assert spaced(text).replace(FIXED, " ") == text.replace(FIXED, " ")
    assert spaced(spaced(text)) == spaced(text)


def test_drawings_are_left_alone() -> None:
    """Every text of a block is spaced, but not the SVG of its drawing."""
    table = Table("t", "Quoi ?", (Column("a !"),), ((Cell("b :"),),))
    figure = Figure("f", "Où ?", "Là !", Picture(1, 1, "<g> ; </g>"), "S : x", table=table)
    done = polished(figure)
    assert done.picture.body == "<g> ; </g>"
    assert done.title == f"Où{FIXED}?"
    assert done.table is not None
    assert done.table.rows[0][0].text == f"b{FIXED}:"


@given(st.text(alphabet=st.characters(codec=None)))
def test_what_is_shown_can_be_written_anywhere(text: str) -> None:
    """Text made to be shown is one line of UTF-8 without controls, and showing it again is it."""
    done = shown(text)
    done.encode()
    assert not any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in done)
    assert shown(done) == done


def test_unseen_signs_go_and_foreign_words_stay() -> None:
    """Controls and marks that turn the line go; names in any writing stay as they are."""
    assert shown("A\x00\x07\u202eB\n\ud800C\u200f") == "AB C"
    assert shown("مركز 中文 Café ☕") == "مركز 中文 Café ☕"


def test_drawings_hold_no_control() -> None:
    """A control sign in a drawing, which XML forbids, is taken out."""
    assert polished(Picture(1, 1, "<text>A\x07</text>")).body == "<text>A</text>"
